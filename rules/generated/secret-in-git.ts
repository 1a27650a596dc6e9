import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const secretInGit = defineRule({
  id: 'generated/secret-in-git',
  severity: 'error',
  summary: 'Terraform commits a sensitive value to Git',
  why: `A file that Terraform writes to a repository holds a value that it knows to be sensitive. Terraform hides it in its own output, and
    Git shows it to everybody who can read the repository, for good: what was once committed stays in the history.`,
  reference: 'https://fluxcd.io/flux/security/secrets-management/',
  remedy: 'Encrypt it with SOPS before it is committed, or make a Secret on the cluster that Flux only refers to.',
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
variable "token" {
  sensitive = true
}
resource "github_repository_file" "token" {
  repository = "fleet"
  file       = "clusters/production/token.yaml"
  content    = "token: \${var.token}" # expect: generated/secret-in-git
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
variable "region" {
  default = "eu"
}
resource "github_repository_file" "region" {
  repository = "fleet"
  file       = "clusters/production/region.yaml"
  content    = "region: \${var.region}"
}
`,
    },
  },
});
