import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const overlappingBootstraps = defineRule({
  id: 'generated/overlapping-bootstraps',
  severity: 'error',
  summary: 'Two root modules bootstrap the same path of one repository',
  why: `Each flux_bootstrap_git writes its flux-system folder into the path. Two that have one path rewrite each other's files with every
    apply, and both clusters apply everything that lies there; if one path holds the other, the outer cluster applies the inner
    cluster's sync as well, and becomes that cluster.`,
  reference: 'https://registry.terraform.io/providers/fluxcd/flux/latest/docs/resources/bootstrap_git',
  examples: {
    bad: {
      'clusters/production/.keep': ``,
      'terraform/blue/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production"
}
`,
      'terraform/green/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production" # expect: generated/overlapping-bootstraps
}
`,
    },
    good: {
      'clusters/blue/.keep': ``,
      'clusters/green/.keep': ``,
      'terraform/blue/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/blue"
}
`,
      'terraform/green/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/green"
}
`,
    },
  },
});
