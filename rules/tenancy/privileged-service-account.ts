import { defineRule, yaml } from '../../src/rule.ts';

export const privilegedServiceAccount = defineRule({
  id: 'tenancy/privileged-service-account',
  severity: 'error',
  summary: "A tenant's service account may write in every namespace",
  why: `The account a Kustomization impersonates is the fence around a tenant: Flux applies what the account may apply. A
    ClusterRoleBinding opens the fence to the whole cluster. A RoleBinding to cluster-admin in the tenant's own namespace
    is what \`flux create tenant\` makes, and fine: its rights end with the namespace. Whom the platform's own repository makes
    cluster-admin by name is no tenant but a part of the platform, unless the configuration says otherwise.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  hint: "Bind the role with a RoleBinding in the tenant's namespace.",
  examples: {
    bad: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: { name: billing }
      roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin }
      subjects: [{ kind: ServiceAccount, name: billing, namespace: billing }]
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        sourceRef: { kind: GitRepository, name: billing }
        serviceAccountName: billing # expect: tenancy/privileged-service-account
    `,
    good: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: { name: billing, namespace: billing }
      roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin }
      subjects: [{ kind: ServiceAccount, name: billing, namespace: billing }]
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        sourceRef: { kind: GitRepository, name: billing }
        serviceAccountName: billing
    `,
  },

  *kustomization(kustomization, { graph }) {
    const tenant = graph.tenants.of(kustomization);
    const name = tenant && kustomization.spec.serviceAccountName;
    const cluster = graph.clusters.get(kustomization.target);
    if (!tenant || name === undefined || !cluster) return;
    const binding = graph.rights.clusterWide(cluster, { namespace: kustomization.namespace, name });
    if (!binding) return;
    const role = binding.node('/roleRef/name');
    yield {
      at: kustomization.origin('/spec/serviceAccountName'),
      message: `${kustomization.id} runs as ${name}, which ClusterRoleBinding ${binding.name} lets write in every namespace. What tenant ${tenant.name} pushes may change any of them.`,
      related: [{ at: role ?? binding.origin('/roleRef'), message: `ClusterRoleBinding ${binding.name} gives the rights` }],
      clusters: [kustomization.target],
    };
  },
});
