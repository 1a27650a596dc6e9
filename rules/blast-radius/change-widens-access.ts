import { type AppliedView, changesByPlace, child, defineRule, itemsOf, type Node, type ObjectChange, textAt } from '../../src/rule.ts';

export const changeWidensAccess = defineRule({
  id: 'blast-radius/change-widens-access',
  severity: 'warning',
  summary: 'The change gives a workload or an account more rights',
  why: `A privileged container is root on its node, a binding to cluster-admin is root on the cluster. In a diff of a hundred lines the one
    that grants it looks like any other, and Flux applies it with its own rights.`,
  reference: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  hint: "Have whoever answers for the cluster's security look at this line.",
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: web:1\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: web:1\n          securityContext:\n            privileged: true # expect: blast-radius/change-widens-access\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: web:1\n          securityContext:\n            privileged: true\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: web:1\n          securityContext:\n            privileged: true\n',
    },
  },

  *change(impact) {
    for (const { changes, clusters } of changesByPlace(impact, ({ change }) => newGrants(change).length > 0)) {
      const [{ change }] = changes;
      for (const { at, what } of newGrants(change)) {
        yield { at, message: `${change.kind} ${change.namespace ?? ''}/${change.name} gets ${what}.`, clusters };
      }
    }
  },
});

interface Grant {
  /** What makes two grants the same. */
  readonly key: string;
  readonly what: string;
  readonly at: Node;
}

const newGrants = ({ base, head }: ObjectChange): readonly Grant[] => {
  if (!head) return [];
  const had = new Set(base ? grantsOf(base).map(({ key }) => key) : []);
  return grantsOf(head).filter(({ key }) => !had.has(key));
};

const grantsOf = ({ kind, root }: AppliedView): readonly Grant[] => {
  if (kind === 'ClusterRoleBinding' || kind === 'RoleBinding') return bindingGrants(root, kind);
  if (kind === 'Role' || kind === 'ClusterRole') return wildcards(root);
  return podGrants(root);
};

/** A role of one's own namespace is a matter of course for an application; the whole cluster, or an administrator, is not. */
const bindingGrants = (root: Node, kind: string): readonly Grant[] => {
  const role = textAt(root, 'roleRef', 'name') ?? '';
  if (kind === 'RoleBinding' && !/^(cluster-admin|admin|edit)$/.test(role)) return [];
  return itemsOf(child(root, 'subjects')).map((subject) => {
    const name = [textAt(subject, 'namespace'), textAt(subject, 'name')].filter((part) => part !== undefined).join('/');
    return {
      key: `${role} ${textAt(subject, 'kind')} ${name}`,
      what: `the rights of ${role} for ${name}`,
      at: child(subject, 'name') ?? subject,
    };
  });
};

const wildcards = (root: Node): readonly Grant[] =>
  itemsOf(child(root, 'rules')).flatMap((rule) =>
    ['apiGroups', 'resources', 'verbs'].flatMap((field) =>
      itemsOf(child(rule, field))
        .filter((item) => textAt(item) === '*')
        .map((item) => ({
          key: `${field} ${JSON.stringify(itemsOf(child(rule, 'resources')).map((item) => textAt(item)))}`,
          what: `all ${field} there are`,
          at: item,
        })),
    ),
  );

const risky: ReadonlyMap<string, string> = new Map(
  Object.entries({
    privileged: 'a privileged container',
    hostNetwork: "the node's network",
    hostPID: "the node's processes",
    hostIPC: "the node's inter-process communication",
    allowPrivilegeEscalation: 'leave to escalate its privileges',
  }),
);

/** Wherever a pod's template lies in an object. */
const podGrants = (node: Node, path = ''): readonly Grant[] => {
  if (node.type === 'list') return node.items.flatMap((item) => podGrants(item, `${path}/${textAt(item, 'name') ?? ''}`));
  if (node.type !== 'map') return [];
  return node.entries.flatMap(({ key, value }): readonly Grant[] => {
    const here = `${path}/${key.text}`;
    const what = risky.get(key.text);
    if (what !== undefined && value.type === 'scalar' && value.value === true) return [{ key: here, what, at: value }];
    if (key.text === 'hostPath') return [{ key: `${here} ${textAt(value, 'path') ?? ''}`, what: 'a directory of the node', at: key }];
    return podGrants(value, here);
  });
};
