import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const incompleteKustomizationOverride = defineRule({
  id: 'generated/incomplete-kustomization-override',
  severity: 'error',
  summary: 'An override of the bootstrap leaves out the files that it is for',
  why: `kustomization_override stands in place of the kustomization file beside gotk-components.yaml and gotk-sync.yaml. If its resources do
    not list both, the provider refuses it when it is applied: Flux is not installed, or the cluster does not sync.`,
  reference: 'https://registry.terraform.io/providers/fluxcd/flux/latest/docs/resources/bootstrap_git',
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
  kustomization_override = <<-YAML # expect: generated/incomplete-kustomization-override "gotk-sync.yaml"
    resources:
      - gotk-components.yaml
  YAML
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
  kustomization_override = <<-YAML
    resources:
      - gotk-components.yaml
      - gotk-sync.yaml
  YAML
}
`,
    },
  },
});
