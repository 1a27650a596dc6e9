import { defineRule, yaml } from '../../src/rule.ts';

export const defaultAccountMissing = defineRule({
  id: 'generated/default-account-missing',
  severity: 'error',
  summary: 'A tenant gets an account by default that its namespace does not have',
  why: `With \`cluster.multitenant\` the controllers act as the account \`tenantDefaultServiceAccount\` of the namespace where an object
    names none. A namespace without it gets nothing: kustomize-controller and helm-controller cannot act as an account that
    does not exist.`,
  reference: 'https://fluxcd.control-plane.io/operator/fluxinstance/#cluster-multitenancy-configuration',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        cluster: { multitenant: true, tenantDefaultServiceAccount: flux }
      ---
      apiVersion: v1
      kind: Namespace
      metadata: { name: billing }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: "https://github.com/example/billing", interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing }
      spec: # expect: generated/default-account-missing
        interval: 10m
        path: ./deploy
        prune: true
        sourceRef: { kind: GitRepository, name: billing }
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: { name: flux, namespace: flux-system }
      spec:
        distribution: { version: 2.x, registry: ghcr.io/fluxcd }
        cluster: { multitenant: true, tenantDefaultServiceAccount: flux }
      ---
      apiVersion: v1
      kind: Namespace
      metadata: { name: billing }
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: { name: flux, namespace: billing }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: "https://github.com/example/billing", interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing }
      spec:
        interval: 10m
        path: ./deploy
        prune: true
        sourceRef: { kind: GitRepository, name: billing }
    `,
  },

  *cluster(cluster, { graph }) {
    const { account, by } = graph.clusters.lockdown(cluster);
    // Kubernetes makes `default` in every namespace.
    if (account === undefined || account === 'default' || by === 'files') return;
    for (const object of [...cluster.kustomizations.filter(({ parent }) => parent !== undefined), ...cluster.ownReleases]) {
      const { namespace } = object;
      if (namespace === undefined || object.state('/spec/serviceAccountName') !== 'absent' || object.state('/spec/kubeConfig') !== 'absent')
        continue;
      // What applies nothing without the account cannot bring it.
      const verdict = graph.existence.of(cluster.name, { kind: 'ServiceAccount', namespace, name: account }, new Set([object.root]));
      if (verdict.answer !== 'no') continue;
      yield {
        at: object.keyOrigin('/spec'),
        message: `${object.label} names no account and acts as ${namespace}/${account}, which nothing on its cluster creates: it applies nothing.`,
        hint: `Create ServiceAccount ${account} in ${namespace}, bound to what it may do, or name another one.`,
      };
    }
  },
});
