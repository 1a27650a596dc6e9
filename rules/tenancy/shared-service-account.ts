import { defineRule, type KustomizationView, readable, sharedProblem, yaml } from '../../src/rule.ts';

export const sharedServiceAccount = defineRule({
  id: 'tenancy/shared-service-account',
  severity: 'warning',
  summary: "Two tenants' Kustomizations run as the same service account",
  why: `The account's rights are the sum of what both need, so each may write where the other does. Taking a right from the one
    takes it from both, and the audit log shows one name for two teams.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control',
  hint: 'Give each tenant an account of its own.',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: flux-system }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { url: ssh://git@git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        targetNamespace: billing
        serviceAccountName: apps
        sourceRef: { kind: GitRepository, name: billing }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: shop } }
      spec:
        path: ./deploy
        targetNamespace: shop
        serviceAccountName: apps # expect: tenancy/shared-service-account
        sourceRef: { kind: GitRepository, name: shop }
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: flux-system }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { url: ssh://git@git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        targetNamespace: billing
        serviceAccountName: billing
        sourceRef: { kind: GitRepository, name: billing }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: shop } }
      spec:
        path: ./deploy
        targetNamespace: shop
        serviceAccountName: shop
        sourceRef: { kind: GitRepository, name: shop }
    `,
  },

  *cluster(cluster, { graph }) {
    for (const shared of graph.tenants.shared(cluster, accountOf)) {
      yield sharedProblem(shared, {
        field: '/spec/serviceAccountName',
        does: `runs as ${shared.name}`,
        alsoDoes: 'runs as the same account',
        consequence: 'Each may write wherever the other may.',
      });
    }
  },
});

const accountOf = (kustomization: KustomizationView) => {
  const name = readable(() => kustomization.spec.serviceAccountName);
  return name === undefined ? [] : [{ key: `${kustomization.namespace}/${name}`, name }];
};
