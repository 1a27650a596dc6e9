import { defineRule, type KustomizationView, readable, sharedProblem, yaml } from '../../src/rule.ts';

export const sharedNamespace = defineRule({
  id: 'tenancy/shared-namespace',
  severity: 'warning',
  summary: 'Two tenants deploy to one namespace',
  why: `A namespace is the fence of Kubernetes: secrets, quotas, network policies and roles end there. Two tenants in one read
    each other's secrets, use up each other's quota, and can overwrite each other's objects, of which the last one to
    reconcile wins.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  hint: 'Give each tenant a namespace of its own.',
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
        targetNamespace: apps
        serviceAccountName: billing
        sourceRef: { kind: GitRepository, name: billing }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: shop } }
      spec:
        path: ./deploy
        targetNamespace: apps # expect: tenancy/shared-namespace
        serviceAccountName: shop
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
    const platform = cluster.cluster.root.sync.namespace;
    const namespacesOf = (kustomization: KustomizationView) => namespacesUsed(kustomization, platform).map((name) => ({ key: name, name }));
    for (const shared of graph.tenants.shared(cluster, namespacesOf)) {
      yield sharedProblem(shared, {
        field: '/spec/targetNamespace',
        does: `deploys to ${shared.name}`,
        alsoDoes: 'deploys there, too',
        consequence: "Neither is kept from the other's secrets and objects.",
      });
    }
  },
});

/** Where it deploys to: what it is told, what it renders, else its own namespace, where that is not the platform's. */
const namespacesUsed = (kustomization: KustomizationView, platform: string): readonly string[] => {
  const target = readable(() => kustomization.spec.targetNamespace);
  if (target !== undefined) return [target];
  const rendered = new Set(kustomization.objects.flatMap(({ namespace }) => namespace ?? []));
  const used = rendered.size > 0 ? [...rendered].sort() : [kustomization.namespace];
  return used.filter((namespace) => namespace !== platform);
};
