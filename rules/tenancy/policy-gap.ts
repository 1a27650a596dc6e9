import { type AppliedView, type ClusterView, defineRule, type Graph, itemsOf, yaml } from '../../src/rule.ts';

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
    const tenant = graph.tenantOf(kustomization);
    if (tenant?.evidence === 'strong') for (const namespace of tenant.namespaces) names.add(namespace);
  }
  return names.size === 0 ? [] : cluster.objects.filter(({ kind, name }) => kind === 'Namespace' && names.has(name));
};

const labelState = (namespace: AppliedView, key: string) =>
  namespace.state(`/metadata/labels/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);

/** Where policies of Kubernetes, Kyverno and Gatekeeper say which namespaces they hold for. */
const selectorsOf: readonly { readonly kinds: RegExp; readonly pointers: readonly string[] }[] = [
  { kinds: /^(Validating|Mutating)AdmissionPolicyBinding$/, pointers: ['/spec/matchResources/namespaceSelector'] },
  { kinds: /^(Validating|Mutating)AdmissionPolicy$/, pointers: ['/spec/matchConstraints/namespaceSelector'] },
  { kinds: /^(ClusterPolicy|ValidatingPolicy|MutatingPolicy)$/, pointers: ['/spec/rules', '/spec/matchConstraints/namespaceSelector'] },
];

/** Label keys that a namespace must have for the policy to hold. */
const selectedLabels = (policy: AppliedView): readonly string[] => {
  const pointers = selectorsOf.filter(({ kinds }) => kinds.test(policy.kind)).flatMap((selector) => selector.pointers);
  const isConstraint = policy.apiVersion.startsWith('constraints.gatekeeper.sh/');
  const keys = [...pointers, ...(isConstraint ? ['/spec/match/namespaceSelector'] : [])].flatMap((pointer) =>
    pointer === '/spec/rules' ? kyvernoSelectors(policy) : requiredKeys(policy.node(pointer)),
  );
  return [...new Set(keys)];
};

type Node = ReturnType<AppliedView['node']>;

/** `match.any` and `match.all` of each rule; what is under `exclude` is the opposite. */
const kyvernoSelectors = (policy: AppliedView): readonly string[] => {
  const rules = policy.node('/spec/rules');
  return itemsOf(rules).flatMap((_, index) =>
    ['any', 'all'].flatMap((quantifier) =>
      itemsOf(policy.node(`/spec/rules/${index}/match/${quantifier}`)).flatMap((_resource, resource) =>
        requiredKeys(policy.node(`/spec/rules/${index}/match/${quantifier}/${resource}/resources/namespaceSelector`)),
      ),
    ),
  );
};

/** matchLabels, and matchExpressions that want the key to be there. */
const requiredKeys = (selector: Node): readonly string[] => {
  const labels = entriesOf(selector).find(({ key }) => key.text === 'matchLabels')?.value;
  const expressions = entriesOf(selector).find(({ key }) => key.text === 'matchExpressions')?.value;
  const expressed = itemsOf(expressions).flatMap((expression) => {
    const text = (name: string) => {
      const value = entriesOf(expression).find(({ key }) => key.text === name)?.value;
      return value?.type === 'scalar' ? value.text : undefined;
    };
    const key = text('key');
    return key !== undefined && /^(Exists|In)$/.test(text('operator') ?? '') ? [key] : [];
  });
  return [...entriesOf(labels).map(({ key }) => key.text), ...expressed].filter((key) => key !== 'kubernetes.io/metadata.name');
};

const entriesOf = (node: Node) => (node?.type === 'map' ? node.entries : []);
