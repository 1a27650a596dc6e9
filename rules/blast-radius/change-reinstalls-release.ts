import { type AppliedView, changesByPlace, defineRule, isTrue, type ObjectChange, stringAt } from '../../src/rule.ts';

const sync = '# written by flux bootstrap\n';
const release = (more: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\n  namespace: shop\nspec:\n  interval: 1h\n${more}`;

export const changeReinstallsRelease = defineRule({
  id: 'blast-radius/change-reinstalls-release',
  severity: 'error',
  summary: 'A HelmRelease changes what tells one release from another: it is uninstalled first',
  why: `Helm knows a release by its name and the namespace of its record; it cannot rename or move one. Where \`releaseName\`,
    \`targetNamespace\`, \`storageNamespace\` or the chart's name changes, helm-controller uninstalls the release that it has, with
    all its objects and the data that goes with them, and installs another (helm-controller: internal/action/verify.go,
    ReleaseTargetChanged, and internal/controller/helmrelease_controller.go, reconcileRelease).`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#release-name',
  remedy: 'Keep the names that the release was installed with, or move its data before the change.',
  unless: 'Not where the release holds nothing and may be away for a while.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': sync,
      'before/clusters/example/shop.yaml': release('  releaseName: shop\n'),
      'after/clusters/example/flux-system/gotk-sync.yaml': sync,
      'after/clusters/example/shop.yaml': release('  releaseName: webshop # expect: blast-radius/change-reinstalls-release\n'),
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': sync,
      'before/clusters/example/shop.yaml': release(''),
      'after/clusters/example/flux-system/gotk-sync.yaml': sync,
      // The name that it had all the same.
      'after/clusters/example/shop.yaml': release('  releaseName: shop\n'),
    },
  },

  *change(impact) {
    for (const { at, changes, clusters } of changesByPlace(impact, ({ change }) => differenceOf(change) !== undefined)) {
      const [{ change }] = changes;
      const difference = differenceOf(change);
      if (!difference) continue;
      const others = changes.length === 1 ? '' : ` and ${changes.length - 1} more`;
      const was = difference.was === difference.is ? '' : `: ${difference.was} becomes ${difference.is}`;
      yield {
        at: difference.at ?? at,
        message: `HelmRelease ${change.namespace}/${change.name}${others} changes ${difference.what}${was}. Flux uninstalls the release with all its objects, and installs another.`,
        related: changes
          .slice(1, 6)
          .flatMap((each) =>
            each.change.head ? [{ at: each.change.head.origin('/metadata/name'), message: `${each.change.kind} ${each.change.name}` }] : [],
          ),
        clusters,
      };
    }
  },
});

interface Difference {
  readonly what: string;
  readonly was: string;
  readonly is: string;
  readonly at: ReturnType<AppliedView['origin']> | undefined;
}

/** The first of what `ReleaseTargetChanged` compares, in its order; undefined where nothing differs, or not for sure. */
const differenceOf = ({ kind, apiVersion, base, head }: ObjectChange): Difference | undefined => {
  if (kind !== 'HelmRelease' || !apiVersion.startsWith('helm.toolkit.fluxcd.io/') || !base || !head) return undefined;
  if (isTrue(head.node('/spec/suspend'))) return undefined;
  const [was, is] = [identityOf(base), identityOf(head)];
  const found = is.findIndex(({ text }, index) => text !== was[index]?.text);
  const [before, now] = [was[found], is[found]];
  if (!before?.text || !now?.text) return undefined;
  const isWritten = head.node(now.pointer) !== undefined;
  return { what: now.what, was: before.text, is: now.text, at: isWritten ? head.origin(now.pointer) : undefined };
};

interface Part {
  readonly what: string;
  readonly pointer: string;
  /** Undefined where it is not known. */
  readonly text: string | undefined;
}

/** api/v2/helmrelease_types.go: `GetStorageNamespace`, `GetReleaseNamespace`, `GetReleaseName`; and the chart of a HelmRepository. */
const identityOf = ({ root, node, name, namespace }: AppliedView): readonly Part[] => {
  const text = (field: string): string | undefined => (node(`/spec/${field}`) === undefined ? '' : known(stringAt(root, 'spec', field)));
  const [target, storage, releaseName] = [text('targetNamespace'), text('storageNamespace'), text('releaseName')];
  const byDefault = target === undefined ? undefined : target === '' ? name : `${target}-${name}`;
  return [
    { what: 'the namespace of its record', pointer: '/spec/storageNamespace', text: storage === '' ? namespace : storage },
    { what: 'the namespace that it installs into', pointer: '/spec/targetNamespace', text: target === '' ? namespace : target },
    { what: 'its release name', pointer: '/spec/releaseName', text: releaseName === '' ? byDefault : releaseName },
    ...chartOf(root),
  ];
};

const known = (text: string | undefined): string | undefined => (text?.includes('${') ? undefined : text);

const chartOf = (root: AppliedView['root']): readonly Part[] => {
  const isInPlace = stringAt(root, 'spec', 'upgrade', 'chartNameChangeStrategy') === 'InPlaceUpdate';
  if (isInPlace || stringAt(root, 'spec', 'chart', 'spec', 'sourceRef', 'kind') !== 'HelmRepository') return [];
  const chart = known(stringAt(root, 'spec', 'chart', 'spec', 'chart'));
  return [{ what: 'the name of its chart', pointer: '/spec/chart/spec/chart', text: chart }];
};
