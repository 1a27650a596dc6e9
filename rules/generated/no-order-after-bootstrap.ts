import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const noOrderAfterBootstrap = defineRule({
  id: 'generated/no-order-after-bootstrap',
  severity: 'warning',
  summary: 'Flux objects in Terraform that do not wait for what installs Flux',
  why: `Terraform makes what does not depend on each other at the same time. A Kustomization or HelmRelease that depends on nothing which
    installs Flux fails where its definition is not there yet; and when all is destroyed, the controllers may go first: the object
    then keeps its finalizer, and its namespace is never deleted.`,
  reference: 'https://developer.hashicorp.com/terraform/language/meta-arguments/depends_on',
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
resource "kubectl_manifest" "apps" { # expect: generated/no-order-after-bootstrap
  yaml_body = file("\${path.module}/apps.yaml")
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
locals {
  ready = flux_bootstrap_git.this.id
}
resource "kubectl_manifest" "apps" {
  depends_on = [local.ready]
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
