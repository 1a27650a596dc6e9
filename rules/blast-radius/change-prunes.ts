import { changesByPlace, defineRule, droppedFiles, type ObjectChange, objectName } from '../../src/rule.ts';

export const changePrunes = defineRule({
  id: 'blast-radius/change-prunes',
  severity: 'error',
  summary: 'Flux will delete objects because of the change',
  why: `What a Kustomization with \`prune: true\` renders no more, Flux deletes from the cluster, and with a namespace everything in
    it. An opt-out that comes with the removal is too late: Flux looks at the object that the cluster has.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  unless: 'Not where reviewers read `flux-lint impact` for every change anyway.',
  hint: 'Where the objects shall stay, give them kustomize.toolkit.fluxcd.io/prune: disabled in a change before this one.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'before/shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop # expect: blast-radius/change-prunes\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'before/shop/namespace.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: Disabled\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
    },
  },

  *change(impact) {
    const dropped = new Set(droppedFiles(impact).flatMap(({ removed }) => removed));
    const isPruned = (change: ObjectChange) =>
      change.isPruned && !change.head && !dropped.has(change) && !(change.isRenamed && isFlux(change));
    for (const { at, changes, clusters } of changesByPlace(impact, ({ change }) => isPruned(change))) {
      const names = [...new Set(changes.map(({ change }) => objectName(change)))];
      const precious = changes.find(({ change }) => isPrecious(change));
      const named = precious ? objectName(precious.change) : (names[0] ?? '');
      const others = names.length === 1 ? '' : names.length === 2 ? ' and one more object' : ` and ${names.length - 1} more objects`;
      yield {
        at,
        message: `Flux deletes ${named}${others}${precious ? `, and ${consequence(precious.change)}` : ''}: nothing renders ${names.length === 1 ? 'it' : 'them'} any more.`,
        related: changes
          .slice(0, 5)
          .flatMap(({ change }) => (change.base ? [{ at: change.base.origin('/metadata/name'), message: objectName(change) }] : [])),
        atMost: precious ? undefined : 'warning',
        clusters,
      };
    }
  },
});

const isFlux = ({ apiVersion }: ObjectChange): boolean => apiVersion.includes('.toolkit.fluxcd.io/');

const consequences: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Namespace: 'everything in it',
    CustomResourceDefinition: 'every object of its kind',
    PersistentVolumeClaim: 'the data with it',
    PersistentVolume: 'the data with it',
    StatefulSet: 'its pods with it',
  }),
);

const isPrecious = ({ kind }: ObjectChange): boolean => consequences.has(kind);

const consequence = ({ kind }: ObjectChange): string => consequences.get(kind) ?? '';
