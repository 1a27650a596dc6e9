import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const substitutionEscape = defineRule({
  id: 'generated/substitution-escape',
  severity: 'error',
  summary: 'A variable that is meant for Flux, and that Terraform takes for its own',
  why: `In heredocs and templates \`\${NAME}\` is Terraform's: it fails where no such name is there, and otherwise puts its own value in, so
    that Flux never sees the variable. Two dollar signs leave one for Flux. A text that is only read, with file(), is as it
    stands: there both remain, and Flux takes them for an escaped variable that it leaves as text.`,
  reference: 'https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1',
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
resource "kubectl_manifest" "apps" {
  depends_on = [flux_bootstrap_git.this]
  yaml_body  = <<-YAML
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: apps
      namespace: flux-system
    spec:
      interval: 10m
      path: ./apps/\${CLUSTER} # expect: generated/substitution-escape
      prune: true
      sourceRef:
        kind: GitRepository
        name: flux-system
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
resource "kubectl_manifest" "apps" {
  depends_on = [flux_bootstrap_git.this]
  yaml_body  = <<-YAML
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata:
      name: apps
      namespace: flux-system
    spec:
      interval: 10m
      path: ./apps/$\${CLUSTER}
      prune: true
      sourceRef:
        kind: GitRepository
        name: flux-system
  YAML
}
`,
    },
  },
});
