import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const azurePruneOff = defineRule({
  id: 'generated/azure-prune-off',
  severity: 'warning',
  summary: 'Azure keeps what is removed from Git',
  why: `Azure makes Kustomizations without prune unless \`garbage_collection_enabled\` says otherwise. What somebody deletes from the repository
    goes on running on the cluster, and nobody watches it any more.`,
  reference: 'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/kubernetes_flux_configuration',
  remedy: 'Write garbage_collection_enabled = true, or false where it is meant.',
  examples: {
    bad: {
      'clusters/production/.keep': ``,
      'terraform/main.tf': `resource "azurerm_kubernetes_flux_configuration" "fleet" {
  name       = "fleet"
  cluster_id = var.cluster
  namespace  = "flux-system"
  git_repository {
    url             = "https://git.example.com/fleet.git"
    reference_type  = "branch"
    reference_value = "main"
  }
  kustomizations { # expect: generated/azure-prune-off
    name = "infra"
    path = "./clusters/production"
  }
}
variable "cluster" {}
`,
    },
    good: {
      'clusters/production/.keep': ``,
      'terraform/main.tf': `resource "azurerm_kubernetes_flux_configuration" "fleet" {
  name       = "fleet"
  cluster_id = var.cluster
  namespace  = "flux-system"
  git_repository {
    url             = "https://git.example.com/fleet.git"
    reference_type  = "branch"
    reference_value = "main"
  }
  kustomizations {
    name = "infra"
    path = "./clusters/production"
    garbage_collection_enabled = true
  }
}
variable "cluster" {}
`,
    },
  },
});
