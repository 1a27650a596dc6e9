import {
  type AppliedView,
  type ClusterView,
  child,
  definedAt,
  defineRule,
  isList,
  type Node,
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
    one namespace (what \`flux create tenant\` makes), are left out.`,
  hint: 'Bind a role with the rights that are needed, or use a RoleBinding in the namespace that is meant.',
  reference: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
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
    const names = others.map(({ kind, namespace, name }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);
    yield {
      at,
      message: `ClusterRoleBinding ${binding.original.name} makes ${names.join(', ')} cluster-admin${writtenBy(binding, at)}.`,
      related: definedAt(binding, at),
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
