import { changesByPlace, defineRule, isSwitched, type ObjectChange, readable } from '../../src/rule.ts';

export const changeEditsImmutableField = defineRule({
  id: 'blast-radius/change-edits-immutable-field',
  severity: 'error',
  summary: 'The change edits a field that Kubernetes never changes',
  why: `Selectors, the templates of Jobs, most of a StatefulSet, roles of bindings and cluster IPs are fixed when the object is made. The API
    answers \`field is immutable\`, and since Flux applies all or nothing, the whole Kustomization stays at the old revision.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#force',
  hint: 'Make the object under a new name, or let Flux recreate it with kustomize.toolkit.fluxcd.io/force: enabled.',
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
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: shop-web # expect: blast-radius/change-edits-immutable-field\n  template:\n    metadata:\n      labels:\n        app: shop-web\n    spec:\n      containers:\n        - name: web\n          image: web:1\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: web:1\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/web.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n        - name: web\n          image: web:1\n',
    },
  },

  *change(impact) {
    const isWanted = (change: ObjectChange) =>
      change.base !== undefined && change.head !== undefined && immutableField(change) !== undefined;
    for (const { changes, clusters } of changesByPlace(impact, ({ change }) => isWanted(change))) {
      const [{ change, kustomization }] = changes;
      const field = immutableField(change) ?? '';
      const isForced =
        readable(() => kustomization.head?.spec.force) === true || (change.head && isSwitched(change.head.root, 'force', 'enabled'));
      yield {
        at: change.head?.origin(field) ?? change.at,
        message: isForced
          ? `${field} of a ${change.kind} cannot change. Flux is told to force it: it deletes the object and makes it anew.`
          : `${field} of a ${change.kind} cannot change. The API refuses the object, and Flux applies nothing of ${kustomization.id}.`,
        atMost: isForced ? 'warning' : undefined,
        clusters,
      };
    }
  },
});

/** By kind, as the API server's validation has them (kubernetes/kubernetes: pkg/apis). */
const immutable: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    Deployment: /^\/spec\/selector(\/|$)/,
    DaemonSet: /^\/spec\/selector(\/|$)/,
    ReplicaSet: /^\/spec\/selector(\/|$)/,
    StatefulSet: /^\/spec\/(selector|serviceName|podManagementPolicy|volumeClaimTemplates)(\/|$)/,
    Job: /^\/spec\/(selector|template|completionMode)(\/|$)/,
    PersistentVolumeClaim: /^\/spec\/(accessModes|selector|storageClassName|volumeMode|volumeName|dataSource|dataSourceRef)(\/|$)/,
    RoleBinding: /^\/roleRef(\/|$)/,
    ClusterRoleBinding: /^\/roleRef(\/|$)/,
    Service: /^\/spec\/clusterIPs?(\/|$)/,
    StorageClass: /^\/(parameters|provisioner|reclaimPolicy|volumeBindingMode)(\/|$)/,
    Secret: /^\/type$/,
  }),
);

const immutableField = ({ kind, fields }: ObjectChange): string | undefined => {
  const pattern = immutable.get(kind);
  return fields.find(({ pointer }) => pattern?.test(pointer))?.pointer;
};
