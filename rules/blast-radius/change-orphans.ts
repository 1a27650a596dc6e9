import { changesByPlace, defineRule, type ObjectChange } from '../../src/rule.ts';

export const changeOrphans = defineRule({
  id: 'blast-radius/change-orphans',
  severity: 'warning',
  summary: 'Objects stay in the cluster for ever because of the change',
  why: `A Kustomization that goes prunes as the account that it impersonates. Where the same change removes that account, Flux cannot act, logs
    it, and lets the Kustomization go: what it had applied runs on, and nothing owns it. The same where it is sent to
    another cluster with \`kubeConfig\`: the inventory stays, and nothing is deleted in the first one.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control',
  remedy: 'Remove the Kustomization in one change, and its account in the next.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: shop\n  namespace: shop\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop # expect: blast-radius/change-orphans\n  namespace: shop\nspec:\n  path: ./shop\n  prune: true\n  serviceAccountName: shop\n  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }\n',
      'before/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: shop\n  namespace: shop\n',
      'after/clusters/example/account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: shop\n  namespace: shop\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: shop\nspec:\n  path: ./shop\n  prune: true\n  serviceAccountName: shop\n  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }\n',
      'before/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n',
    },
  },

  *change(impact) {
    const isLeft = (change: ObjectChange) => change.leftBecause !== undefined && !change.head;
    for (const { at, changes, clusters } of changesByPlace(impact, ({ change }) => isLeft(change))) {
      const [{ change }] = changes;
      const names = [...new Set(changes.map((each) => nameOf(each.change)))];
      const others = names.length === 1 ? '' : ` and ${names.length - 1} more`;
      yield {
        at,
        message: `${names[0]}${others} ${names.length === 1 ? 'stays' : 'stay'} in the cluster, and nothing owns ${names.length === 1 ? 'it' : 'them'} any more: ${change.leftBecause}.`,
        hint: 'Do it in two changes: what is to be pruned first, and the account, or the move, after Flux has applied that.',
        clusters,
      };
    }
  },
});

const nameOf = ({ kind, namespace, name }: ObjectChange): string => `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
