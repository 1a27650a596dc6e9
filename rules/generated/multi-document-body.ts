import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const multiDocumentBody = defineRule({
  id: 'generated/multi-document-body',
  severity: 'error',
  summary: 'A yaml_body of several documents, of which the provider applies the first',
  why: `kubectl_manifest takes one object. Of a text with several documents it applies the first and says nothing: the others are in no
    plan, in no state and on no cluster, though they stand in the file.`,
  reference: 'https://registry.terraform.io/providers/gavinbunney/kubectl/latest/docs/resources/kubectl_manifest',
  remedy: 'Read the text with the data source kubectl_file_documents and make a resource of each of its manifests.',
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
resource "kubectl_manifest" "prices" {
  depends_on = [flux_bootstrap_git.this]
  yaml_body  = <<-YAML
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: prices
      namespace: flux-system
    data:
      currency: EUR
    ---
    apiVersion: v1 # expect: generated/multi-document-body
    kind: Namespace
    metadata:
      name: shop
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
}
data "kubectl_file_documents" "shop" {
  content = <<-YAML
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: prices
      namespace: flux-system
    data:
      currency: EUR
    ---
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
  YAML
}
resource "kubectl_manifest" "shop" {
  depends_on = [flux_bootstrap_git.this]
  for_each   = data.kubectl_file_documents.shop.manifests
  yaml_body  = each.value
}
`,
    },
  },
});
