import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const brokenRenderedYaml = defineRule({
  id: 'generated/broken-rendered-yaml',
  severity: 'error',
  summary: 'What Terraform renders is no YAML, or no object',
  why: `A template that is rendered nests as its strip markers leave it, not as its source looks: \`~\` takes the line break, and the
    indentation of the directive's own line stays. Text that is no YAML then fails in the provider when it is applied, after the plan
    has said that all is well.`,
  reference: 'https://developer.hashicorp.com/terraform/language/expressions/strings#whitespace-stripping',
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
     rate: "1" # expect: generated/broken-rendered-yaml
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
  YAML
}
`,
    },
  },
});
