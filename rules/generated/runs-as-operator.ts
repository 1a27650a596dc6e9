import { defineRule, yaml } from '../../src/rule.ts';

export const runsAsOperator = defineRule({
  id: 'generated/runs-as-operator',
  severity: 'warning',
  summary: "A tenant's ResourceSet acts as the operator, which may do anything",
  why: `A ResourceSet acts as the account under \`serviceAccountName\`; without one as the account that is the operator's default, and
    where there is none as the operator itself, which is cluster-admin. What keeps tenants apart does not hold then: a tenant
    who may write a ResourceSet may make anything, anywhere. The lockdown of a FluxInstance (\`cluster.multitenant\`) is for the
    controllers of Flux; the operator has a switch of its own.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourceset/#role-based-access-control',
  hint: 'Name an account, or set multitenancy.enabled in the values of the flux-operator chart.',
  kinds: ['ResourceSet'],
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
        cluster: { multitenant: true }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: previews, namespace: checkout }
      spec: # expect: generated/runs-as-operator
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata: { name: previews, namespace: checkout }
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
        cluster: { multitenant: true }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: previews, namespace: checkout }
      spec:
        serviceAccountName: previews
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata: { name: previews, namespace: checkout }
    `,
  },

  *cluster(cluster, { graph }) {
    const isLockedDown = graph.clusters.lockdown(cluster).defaultServiceAccount === 'set';
    const platform = cluster.cluster.root.sync.namespace;
    for (const object of cluster.objects) {
      if (object.kind !== 'ResourceSet' || !graph.generators.of(object) || object.state('/spec/serviceAccountName') !== 'absent') continue;
      const tenant = graph.tenants.of(object.owner);
      if (!tenant && !(isLockedDown && object.namespace !== platform)) continue;
      const account = graph.generators.operatorAccount(cluster);
      if (account === 'set') continue;
      const whose = tenant ? ` of ${tenant.name}, a tenant because ${tenant.because},` : '';
      yield {
        at: object.keyOrigin('/spec'),
        message:
          account === 'missing'
            ? `${object.label}${whose} acts as the operator, which is cluster-admin: no account is named, and the operator has no default.`
            : `${object.label}${whose} names no account: unless the operator is started with a default, it acts as cluster-admin.`,
        ...(tenant ? { tenants: [tenant.name] } : {}),
      };
    }
  },
});
