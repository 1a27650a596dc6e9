import { type Affected, type AppliedView, type ClusterView, defineRule, type Graph, toldAtFirst, yaml } from '../../src/rule.ts';

export const missingGuardrails = defineRule({
  id: 'tenancy/missing-guardrails',
  severity: 'info',
  summary: "A tenant's namespace has no ResourceQuota, LimitRange or NetworkPolicy",
  why: `Rights decide what a tenant may write; these three decide what it may use. Without a quota one tenant's mistake takes the
    memory of all, without limits one pod does, and without a network policy every pod of the cluster can be reached.`,
  hint: 'Add them beside the namespace, with what the tenant may use.',
  reference: 'https://kubernetes.io/docs/concepts/security/multi-tenancy/',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: Namespace
      metadata:
        name: billing # expect: tenancy/missing-guardrails
        labels: { toolkit.fluxcd.io/tenant: billing }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing }
      spec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }
    `,
    good: yaml`
      apiVersion: v1
      kind: Namespace
      metadata: { name: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      ---
      apiVersion: v1
      kind: ResourceQuota
      metadata: { name: billing, namespace: billing }
      ---
      apiVersion: v1
      kind: LimitRange
      metadata: { name: billing, namespace: billing }
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: { name: billing, namespace: billing }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing }
      spec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }
    `,
  },

  *cluster(cluster, { graph }) {
    const namespaces = tenantNamespaces(cluster, graph);
    if (namespaces.size === 0) return;
    const present = new Set(
      cluster.objects.flatMap(({ kind, namespace }) =>
        namespace !== undefined && namespaces.has(namespace) ? [`${kind} ${namespace}`] : [],
      ),
    );
    const found = [...namespaces].flatMap(([namespace, { tenant, view }]): readonly (Affected & { readonly tenant: string })[] => {
      const missing = guardrails.filter((kind) => !present.has(`${kind} ${namespace}`));
      if (missing.length === 0) return [];
      const message = `Namespace ${view.original.name} of tenant ${tenant} has no ${listed(missing)} that this repository knows of.`;
      return [{ object: view, tenant, problem: { at: view.origin('/metadata/name'), message, tenants: [tenant] } }];
    });
    const tenants = [...new Set(found.map(({ tenant }) => tenant))];
    for (const problem of toldAtFirst(found, (count, first) => ({
      message: `${count} namespaces of tenants, such as ${first}, lack a ResourceQuota, LimitRange or NetworkPolicy that this repository knows of.`,
    }))) {
      yield { ...problem, tenants };
    }
  },
});

const guardrails = ['ResourceQuota', 'LimitRange', 'NetworkPolicy'];

interface TenantNamespace {
  readonly tenant: string;
  readonly view: AppliedView;
}

/** Namespaces of tenants that the platform itself creates here. */
const tenantNamespaces = (cluster: ClusterView, graph: Graph): ReadonlyMap<string, TenantNamespace> => {
  const owners = new Map<string, string>();
  for (const kustomization of cluster.kustomizations) {
    const tenant = graph.tenants.of(kustomization);
    if (!tenant) continue;
    for (const namespace of tenant.namespaces) owners.set(namespace, tenant.name);
  }
  const found = new Map<string, TenantNamespace>();
  if (owners.size === 0) return found;
  for (const view of cluster.objects) {
    const tenant = view.kind === 'Namespace' ? owners.get(view.name) : undefined;
    if (tenant !== undefined) found.set(view.name, { tenant, view });
  }
  return found;
};

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', no ')} and no ${words.at(-1) ?? ''}`;
