import { defineRule, type KustomizationView, readable, yaml } from '../../src/rule.ts';

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
    const users = new Map<string, KustomizationView>();
    for (const kustomization of cluster.kustomizations) {
      const tenant = graph.tenantOf(kustomization);
      const account = readable(() => kustomization.spec.serviceAccountName);
      if (!tenant || tenant.evidence === 'upstream' || tenant.entry !== kustomization || account === undefined) continue;
      const key = `${kustomization.target} ${kustomization.namespace}/${account}`;
      const first = users.get(key);
      if (!first) users.set(key, kustomization);
      const other = first && graph.tenantOf(first);
      if (!first || !other || other.name === tenant.name) continue;
      yield {
        at: kustomization.origin('/spec/serviceAccountName'),
        message: `${kustomization.id} of tenant ${tenant.name} runs as ${account}, and so does ${first.id} of tenant ${other.name}. Each may write wherever the other may.`,
        related: [{ at: first.origin('/spec/serviceAccountName'), message: `${first.id} runs as the same account` }],
        tenants: [tenant.name, other.name],
      };
    }
  },
});
