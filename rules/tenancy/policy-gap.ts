import {
  type AppliedView,
  type ClusterView,
  child,
  defineRule,
  type Graph,
  isMap,
  itemsOf,
  type Node,
  textAt,
  yaml,
} from '../../src/rule.ts';

export const policyGap = defineRule({
  id: 'tenancy/policy-gap',
  severity: 'warning',
  summary: "An admission policy selects tenants by a label that a tenant's namespace lacks",
  why: `A policy that selects namespaces by a label holds for those that carry it, and for no other. A namespace without the label
    is not refused: the policy never looks at it, and nobody is told.`,
  reference: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
  hint: 'Give the namespace the label, or let the policy hold for every namespace but the ones it names.',
  examples: {
    bad: yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: { name: signed-images }
      spec:
        policyName: signed-images
        matchResources: { namespaceSelector: { matchLabels: { acme.example/tenant: "true" } } }
      ---
      apiVersion: v1
      kind: Namespace
      metadata: { name: shop, labels: { toolkit.fluxcd.io/tenant: shop, acme.example/tenant: "true" } }
      ---
      apiVersion: v1
      kind: Namespace
      metadata:
        name: billing # expect: tenancy/policy-gap
        labels: { toolkit.fluxcd.io/tenant: billing }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: shop }
      spec: { url: ssh://git@git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        targetNamespace: billing
        serviceAccountName: billing
        sourceRef: { kind: GitRepository, name: billing }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: shop, labels: { toolkit.fluxcd.io/tenant: shop } }
      spec:
        path: ./deploy
        targetNamespace: shop
        serviceAccountName: shop
        sourceRef: { kind: GitRepository, name: shop }
    `,
    good: yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: { name: signed-images }
      spec:
        policyName: signed-images
        matchResources: { namespaceSelector: { matchLabels: { acme.example/tenant: "true" } } }
      ---
      apiVersion: v1
      kind: Namespace
      metadata: { name: shop, labels: { toolkit.fluxcd.io/tenant: shop, acme.example/tenant: "true" } }
      ---
      apiVersion: v1
      kind: Namespace
      metadata: { name: billing, labels: { toolkit.fluxcd.io/tenant: billing, acme.example/tenant: "true" } }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: shop }
      spec: { url: ssh://git@git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        targetNamespace: billing
        serviceAccountName: billing
        sourceRef: { kind: GitRepository, name: billing }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: shop, labels: { toolkit.fluxcd.io/tenant: shop } }
      spec:
        path: ./deploy
        targetNamespace: shop
        serviceAccountName: shop
        sourceRef: { kind: GitRepository, name: shop }
    `,
  },

  *cluster(cluster, { graph }) {
    const namespaces = tenantNamespaces(cluster, graph);
    if (namespaces.length < 2) return;
    for (const policy of cluster.objects) {
      for (const key of selectedLabels(policy)) {
        const without = namespaces.filter((namespace) => labelState(namespace, key) === 'absent');
        // A label that no tenant has selects something else.
        if (without.length === namespaces.length) continue;
        for (const namespace of without) {
          yield {
            at: namespace.origin('/metadata/name'),
            message: `Namespace ${namespace.original.name} lacks the label ${key}, by which ${policy.kind} ${policy.original.name} selects the other tenants' namespaces. The policy does not hold here.`,
            related: [{ at: policy.origin('/metadata/name'), message: `${policy.kind} ${policy.original.name} selects by ${key}` }],
          };
        }
      }
    }
  },
});

const tenantNamespaces = (cluster: ClusterView, graph: Graph): readonly AppliedView[] => {
  const names = new Set<string>();
  for (const kustomization of cluster.kustomizations) {
    const tenant = graph.tenants.of(kustomization);
    if (tenant) for (const namespace of tenant.namespaces) names.add(namespace);
  }
  return names.size === 0 ? [] : cluster.objects.filter(({ kind, name }) => kind === 'Namespace' && names.has(name));
};

const labelState = (namespace: AppliedView, key: string) =>
  namespace.state(`/metadata/labels/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);

/** Label keys that a namespace must have for a policy of Kubernetes, Kyverno or Gatekeeper to hold. */
const selectedLabels = (policy: AppliedView): readonly string[] => [...new Set(selectorsOf(policy).flatMap(requiredKeys))];

/** Where a policy says which namespaces it holds for. */
const selectorsOf = ({ apiVersion, kind, root }: AppliedView): readonly (Node | undefined)[] => {
  const spec = child(root, 'spec');
  if (apiVersion.startsWith('constraints.gatekeeper.sh/')) return [child(spec, 'match', 'namespaceSelector')];
  if (/^(Validating|Mutating)AdmissionPolicyBinding$/.test(kind)) return [child(spec, 'matchResources', 'namespaceSelector')];
  if (/^(Validating|Mutating)(AdmissionPolicy|Policy)$/.test(kind)) return [child(spec, 'matchConstraints', 'namespaceSelector')];
  return kind === 'ClusterPolicy' ? itemsOf(child(spec, 'rules')).flatMap(kyvernoSelectors) : [];
};

/** `match.any` and `match.all` of a rule; what is under `exclude` is the opposite. */
const kyvernoSelectors = (rule: Node): readonly (Node | undefined)[] =>
  ['any', 'all'].flatMap((quantifier) =>
    itemsOf(child(rule, 'match', quantifier)).map((filter) => child(filter, 'resources', 'namespaceSelector')),
  );

/** matchLabels, and matchExpressions that want the key to be there. */
const requiredKeys = (selector: Node | undefined): readonly string[] => {
  const labels = child(selector, 'matchLabels');
  const written = isMap(labels) ? labels.entries.map(({ key }) => key.text) : [];
  const expressed = itemsOf(child(selector, 'matchExpressions')).flatMap((expression) =>
    /^(Exists|In)$/.test(textAt(expression, 'operator') ?? '') ? (textAt(expression, 'key') ?? []) : [],
  );
  return [...written, ...expressed].filter((key) => key !== 'kubernetes.io/metadata.name');
};
