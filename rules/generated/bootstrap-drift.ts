import { defineRule } from '../../src/rule.ts';

/** Found where Terraform is evaluated; nothing here looks for it. */
export const bootstrapDrift = defineRule({
  id: 'generated/bootstrap-drift',
  severity: 'warning',
  summary: 'The committed sync says something else than the bootstrap in Terraform',
  why: `flux_bootstrap_git owns gotk-sync.yaml: it writes the file from its arguments. What somebody changes there by hand holds until the
    next apply, which takes it back, at a time when nobody thinks of it: the branch, the interval or the path of the whole cluster.`,
  reference: 'https://registry.terraform.io/providers/fluxcd/flux/latest/docs/resources/bootstrap_git',
  remedy: 'Change the argument in Terraform, or patch the sync with kustomization_override.',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  ref:
    branch: main
  secretRef:
    name: flux-system
  url: ssh://git@git.example.com/platform/fleet.git
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 30m0s # expect: generated/bootstrap-drift "10m0s"
  path: ./clusters/production
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
      'terraform/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production"
}
`,
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  ref:
    branch: main
  secretRef:
    name: flux-system
  url: ssh://git@git.example.com/platform/fleet.git
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m0s
  path: ./clusters/production
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
      'terraform/main.tf': `provider "flux" {
  git = {
    url = "ssh://git@git.example.com/platform/fleet.git"
  }
}
resource "flux_bootstrap_git" "this" {
  path = "clusters/production"
}
`,
    },
  },
});
