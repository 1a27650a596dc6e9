import {
  type AppliedView,
  type ClusterView,
  child,
  definedAt,
  defineRule,
  type Graph,
  isList,
  type KustomizationView,
  type Node,
  objectName,
  readable,
  stringAt,
  writtenBy,
  yaml,
} from '../../src/rule.ts';

export const clusterAdminBinding = defineRule({
  id: 'security/cluster-admin-binding',
  severity: 'warning',
  securitySeverity: 6.0,
  summary: 'A ClusterRoleBinding makes someone cluster-admin',
  why: `Who is bound may read every Secret and change every object of the cluster, Flux and its RBAC included. A program that
    needs it for one thing can be talked into another. Flux's own controllers, and a RoleBinding to cluster-admin within
    one namespace (what \`flux create tenant\` makes), are left out. People and their groups, who have to be somebody's
    administrators, are an info. Where the platform's own repository binds an account as which
    Flux applies another of its repositories, that is a decision, and an info.`,
  hint: 'Bind a role with the rights that are needed, or use a RoleBinding in the namespace that is meant.',
  reference: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  unless: 'Not for the binding of the controllers themselves, which is left alone anyway.',
  examples: {
    bad: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: { name: ci }
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: ClusterRole
        name: cluster-admin # expect: security/cluster-admin-binding
      subjects: [{ kind: ServiceAccount, name: ci, namespace: ci }]
    `,
    good: yaml`
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: { name: ci, namespace: ci }
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: ClusterRole
        name: cluster-admin
      subjects: [{ kind: ServiceAccount, name: ci, namespace: ci }]
    `,
  },

  kinds: ['ClusterRoleBinding'],
  *object(binding, { graph }) {
    if (stringAt(binding.root, 'roleRef', 'name') !== 'cluster-admin') return;
    const subjects = subjectsOf(binding);
    const cluster = graph.clusters.get(binding.cluster);
    const others = subjects.filter((subject) => !isOfFlux(subject, cluster) && subject.name !== 'system:masters');
    if (others.length === 0) return;
    const at = binding.origin('/roleRef/name');
    const names = others.map(objectName);
    const appliers = isOfPlatform(binding, graph) ? appliersAs(others, cluster) : [];
    const [first, ...more] = appliers;
    // Whom the platform lets apply its own repositories has to write everywhere.
    const isDecision = first !== undefined && others.every((subject) => appliersAs([subject], cluster).length > 0);
    const purpose = first === undefined ? '' : ` Flux applies ${first.id}${more.length === 0 ? '' : ` and ${more.length} more`} as it.`;
    yield {
      at,
      message: `ClusterRoleBinding ${binding.original.name} makes ${names.join(', ')} cluster-admin${writtenBy(binding, at)}.${purpose}`,
      related: [
        ...appliers.slice(0, 5).map((applier) => ({ at: applier.origin('/spec/serviceAccountName'), message: `${applier.id} runs as it` })),
        ...definedAt(binding, at),
      ],
      atMost: isDecision || others.every(({ kind }) => kind !== 'ServiceAccount') ? 'info' : undefined,
    };
  },
});

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

const subjectsOf = ({ root }: AppliedView): readonly Subject[] => {
  const subjects: Node | undefined = child(root, 'subjects');
  if (!isList(subjects)) return [];
  return subjects.items.flatMap((subject) => {
    const name = stringAt(subject, 'name');
    return name === undefined ? [] : [{ kind: stringAt(subject, 'kind') ?? '', name, namespace: stringAt(subject, 'namespace') }];
  });
};

/** The controllers that apply everything, in the namespace of Flux. */
const isOfFlux = ({ kind, name, namespace }: Subject, cluster: ClusterView | undefined): boolean =>
  kind === 'ServiceAccount' &&
  /^((kustomize|helm)-controller|flux-operator|flux)$/.test(name) &&
  (namespace === 'flux-system' || namespace === cluster?.cluster.root.sync.namespace);

const isOfPlatform = ({ owner }: AppliedView, graph: Graph): boolean =>
  owner.parent === undefined || graph.sources.of(owner)?.isRoot === true;

/** The Kustomizations that run as one of the accounts. */
const appliersAs = (subjects: readonly Subject[], cluster: ClusterView | undefined): readonly KustomizationView[] =>
  (cluster?.kustomizations ?? []).filter((kustomization) => {
    const account = readable(() => kustomization.spec.serviceAccountName);
    return subjects.some(
      ({ kind, name, namespace }) => kind === 'ServiceAccount' && name === account && namespace === kustomization.namespace,
    );
  });
