import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const manifestBeforeCrd = defineRule({
  id: 'generated/manifest-before-crd',
  severity: 'warning',
  summary: 'kubernetes_manifest of a Flux kind in the root module that installs Flux',
  why: `kubernetes_manifest asks the cluster for the definition of its kind when Terraform plans. On a new cluster there is none before
    Flux is installed, which the same plan would do: the first plan fails, and a cluster cannot be made from nothing.`,
  reference: 'https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/manifest#before-you-use-this-resource',
  examples: {
    bad: {
      'clusters/production/.keep': ``,
      'apps/.keep': ``,
      'terraform/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production"
}
resource "kubernetes_manifest" "apps" { # expect: generated/manifest-before-crd
  depends_on = [flux_bootstrap_git.this]
  manifest   = yamldecode(file("\${path.module}/apps.yaml"))
}
`,
      'terraform/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
    },
    good: {
      'clusters/production/.keep': ``,
      'apps/.keep': ``,
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
  yaml_body  = file("\${path.module}/apps.yaml")
}
`,
      'terraform/apps.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
    },
  },
});
