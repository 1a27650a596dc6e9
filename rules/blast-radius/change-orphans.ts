import {
  type CausedChange,
  changesByPlace,
  defineRule,
  type Impact,
  isTrue,
  type ObjectChange,
  objectName,
  stringAt,
} from '../../src/rule.ts';

export const changeOrphans = defineRule({
  id: 'blast-radius/change-orphans',
  severity: 'warning',
  summary: 'Objects stay in the cluster for ever because of the change',
  why: `A Kustomization that goes prunes as the account that it impersonates. Where the same change removes that account, Flux cannot act, logs
    it, and lets the Kustomization go: what it had applied runs on, and nothing owns it. The same where it is sent to
    another cluster with \`kubeConfig\`: the inventory stays, and nothing is deleted in the first one. A HelmRelease that goes leaves
    its release installed where it is suspended, or where the account is gone (helm-controller:
    internal/controller/helmrelease_controller.go, \`reconcileDelete\` and \`reconcileReleaseDeletion\`; kustomize-controller:
    internal/controller/kustomization_controller.go, \`finalize\`).`,
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
      const names = [...new Set(changes.map((each) => objectName(each.change)))];
      const others = names.length === 1 ? '' : ` and ${names.length - 1} more`;
      yield {
        at,
        message: `${names[0]}${others} ${names.length === 1 ? 'stays' : 'stay'} in the cluster, and nothing owns ${names.length === 1 ? 'it' : 'them'} any more: ${change.leftBecause}.`,
        hint: 'Do it in two changes: what is to be pruned first, and the account, or the move, after Flux has applied that.',
        clusters,
      };
    }
    const gone = deletedIn(impact);
    for (const { at, changes, clusters } of changesByPlace(impact, (caused) => leftRelease(caused, gone) !== undefined)) {
      const [caused] = changes;
      const others = changes.length === 1 ? '' : ` and ${changes.length - 1} more`;
      yield {
        at,
        message: `${objectName(caused.change)}${others} goes, and what it has installed stays in the cluster without an owner: ${leftRelease(caused, gone)}.`,
        hint: 'Do it in two changes: resume it, and keep its account, until Flux has uninstalled the release.',
        clusters,
      };
    }
  },
});

/** Accounts and namespaces that the change deletes. */
const deletedIn = ({ clusters }: Impact): ReadonlySet<string> =>
  new Set(
    clusters.flatMap((cluster) =>
      cluster.kustomizations.flatMap(({ removed }) =>
        removed.filter(({ isPruned }) => isPruned).map((change) => `${cluster.name} ${objectName(change)}`),
      ),
    ),
  );

/** Why a HelmRelease that goes does not uninstall, as a sentence without its period; undefined where it does. */
const leftRelease = ({ change, cluster }: CausedChange, gone: ReadonlySet<string>): string | undefined => {
  const { kind, apiVersion, base, head, isPruned, isRenamed } = change;
  const isRelease = kind === 'HelmRelease' && apiVersion.startsWith('helm.toolkit.fluxcd.io/');
  if (!isRelease || !base || head || !isPruned || isRenamed) return undefined;
  if (isTrue(base.node('/spec/suspend'))) return 'it is suspended, and Flux uninstalls nothing of a suspended one';
  const account = stringAt(base.root, 'spec', 'serviceAccountName');
  const isElsewhere = base.node('/spec/kubeConfig') !== undefined || gone.has(`${cluster.name} Namespace ${change.namespace}`);
  if (account === undefined || isElsewhere || !gone.has(`${cluster.name} ServiceAccount ${change.namespace}/${account}`)) return undefined;
  return `its account ${account} goes in the same change, and without that Flux skips the uninstallation`;
};
