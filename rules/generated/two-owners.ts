import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const twoOwners = defineRule({
  id: 'generated/two-owners',
  severity: 'error',
  summary: 'The same object comes from Terraform and from Git',
  why: `Flux applies what Git says every few minutes, and Terraform what its configuration says with every apply. Where both have the same
    object, each takes back what the other one changed; and whoever of them loses it deletes it for both.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources',
  examples: {
    bad: {
      'clusters/production/prices.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: prices
  namespace: flux-system
data:
  currency: EUR
`,
      'terraform/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production"
}
resource "kubernetes_config_map" "prices" { # expect: generated/two-owners
  metadata {
    name      = "prices"
    namespace = "flux-system"
  }
  data = { currency = "USD" }
}
`,
    },
    good: {
      'clusters/production/prices.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: prices
  namespace: flux-system
data:
  currency: EUR
`,
      'terraform/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production"
}
resource "kubernetes_config_map" "prices" {
  metadata {
    name      = "prices"
    namespace = "flux-system"
  }
  data = { currency = "USD" }
  lifecycle {
    ignore_changes = [data]
  }
}
`,
    },
  },
});
