import {
  changesByPlace,
  defineRule,
  deletesItsObjects,
  type Graph,
  type Impact,
  isTrue,
  type ObjectChange,
  objectName,
} from '../../src/rule.ts';

export const changeMovesObject = defineRule({
  id: 'blast-radius/change-moves-object',
  severity: 'error',
  summary: 'An object gets another owner, and the old one deletes it',
  why: `When one Kustomization stops rendering an object and another starts, whichever reconciles first decides: if it is the old one,
    it deletes the object before the new one creates it again, with everything that hangs on it. A renamed Kustomization
    does so with all its objects, a renamed HelmRelease uninstalls its release.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  hint: 'In two steps: first give the objects kustomize.toolkit.fluxcd.io/prune: disabled and let Flux apply that, then move them.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: billing\n  namespace: flux-system\nspec:\n  path: ./billing\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/billing/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own-billing\n  namespace: shop\ndata:\n  colour: a\n',
      'before/shop/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own-shop\n  namespace: shop\ndata:\n  colour: a\n',
      'before/billing/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: billing\n  namespace: flux-system\nspec:\n  path: ./billing\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/billing/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own-billing\n  namespace: shop\ndata:\n  colour: a\n',
      'after/shop/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own-shop\n  namespace: shop\ndata:\n  colour: a\n',
      'after/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings # expect: blast-radius/change-moves-object\n  namespace: shop\ndata:\n  colour: red\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: billing\n  namespace: flux-system\nspec:\n  path: ./billing\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/billing/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own-billing\n  namespace: shop\ndata:\n  colour: a\n',
      'before/shop/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own-shop\n  namespace: shop\ndata:\n  colour: a\n',
      'before/billing/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: billing\n  namespace: flux-system\nspec:\n  path: ./billing\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/billing/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own-billing\n  namespace: shop\ndata:\n  colour: a\n',
      'after/shop/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own-shop\n  namespace: shop\ndata:\n  colour: a\n',
      'after/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }\n  namespace: shop\ndata:\n  colour: red\n',
    },
  },

  *change(impact) {
    const pruned = renamed(impact);
    for (const { at, changes, clusters } of changesByPlace(impact, ({ change }) => isDeletedOnTheWay(change, pruned))) {
      const [{ change, kustomization }] = changes;
      const names = [...new Set(changes.map((each) => objectName(each.change)))];
      const what = names.length === 1 ? (names[0] ?? '') : `${names[0]} and ${names.length - 1} more`;
      yield {
        at,
        message:
          change.from?.kustomization === undefined
            ? `${objectName(change)} is renamed from ${change.from?.name ?? change.from?.namespace}: Flux deletes the old one with all that it made.`
            : `${what} moves from ${change.from.kustomization} to ${kustomization.id}. The old owner prunes: it deletes what it does not render, unless the new owner is faster.`,
        clusters,
      };
    }
  },
});

const isDeletedOnTheWay = (change: ObjectChange, pruned: ReadonlySet<string>): boolean => {
  if (change.from?.kustomization !== undefined) return change.isPruned;
  return change.from !== undefined && !change.base && isFlux(change) && pruned.has(formerOf(change));
};

/** Flux objects that are deleted under the name they had. */
const renamed = ({ clusters, base }: Impact): ReadonlySet<string> =>
  new Set(
    clusters.flatMap(({ kustomizations }) =>
      kustomizations.flatMap(({ removed }) =>
        removed
          .filter((change) => change.isPruned && change.isRenamed && isFlux(change) && deletesWhatItMade(change, base))
          .map(({ kind, namespace, name }) => `${kind} ${namespace ?? ''}/${name}`),
      ),
    ),
  );

/**
 * What happens is decided by the object that is deleted, as the cluster has it: a suspended one leaves all behind, and so does a
 * Kustomization that does not prune (kustomize-controller `finalize`, helm-controller `reconcileDelete`).
 */
const deletesWhatItMade = ({ kind, base }: ObjectChange, graph: Graph): boolean => {
  if (base === undefined) return true;
  if (isTrue(base.node('/spec/suspend'))) return false;
  const kustomization = kind === 'Kustomization' ? graph.clusters.kustomization(base.cluster, base.namespace ?? '', base.name) : undefined;
  return kustomization === undefined || deletesItsObjects(kustomization);
};

const formerOf = ({ kind, namespace, name, from }: ObjectChange): string =>
  `${kind} ${from?.namespace ?? namespace ?? ''}/${from?.name ?? name}`;

const isFlux = ({ apiVersion, kind }: ObjectChange): boolean =>
  apiVersion.includes('.toolkit.fluxcd.io/') && (kind === 'Kustomization' || kind === 'HelmRelease');
