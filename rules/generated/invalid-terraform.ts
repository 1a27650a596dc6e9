import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const invalidTerraform = defineRule({
  id: 'generated/invalid-terraform',
  severity: 'error',
  summary: 'Terraform fails on what stands here',
  why: `A reference to what is not declared, an index beyond a list, a value that does not fit its type: Terraform ends the plan there, and
    nothing of the root module is changed: no cluster is bootstrapped, no tenant made, however sound the manifests beside it are.
    What only a later plan knows is not told.`,
  reference: 'https://developer.hashicorp.com/terraform/language/expressions',
  examples: {
    bad: {
      'clusters/production/.keep': ``,
      'terraform/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production"
}
locals {
  cluster = { region = "eu" }
}
resource "kubernetes_config_map" "info" {
  depends_on = [flux_bootstrap_git.this]
  metadata {
    name      = "info"
    namespace = "flux-system"
  }
  data = { REGION = local.cluster.reigon } # expect: generated/invalid-terraform "does not have an attribute"
}
`,
    },
    good: {
      'clusters/production/.keep': ``,
      'terraform/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production"
}
locals {
  cluster = { region = "eu" }
}
resource "kubernetes_config_map" "info" {
  depends_on = [flux_bootstrap_git.this]
  metadata {
    name      = "info"
    namespace = "flux-system"
  }
  data = { REGION = local.cluster.region }
}
`,
    },
  },
});
