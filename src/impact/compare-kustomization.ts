import { byText } from '../files/files.ts';
import type { AppliedView, KustomizationView } from '../graph/clusters/views.ts';
import { annotationOf } from '../kube/object-view.ts';
import type { Causes } from './causes.ts';
import { changedFields, type TextOf } from './changed-fields.ts';
import type { ChartChanges } from './charts.ts';
import type { ObjectChange } from './impact.ts';
import { type Pair, pairBy, pairObjects } from './pair-objects.ts';
import type { Pruning } from './pruning.ts';

export interface DraftChange extends ObjectChange {
  readonly type: 'added' | 'changed' | 'removed';
}

/** What changes under one Kustomization, before moves between two of them are joined. */
export interface Draft {
  readonly pair: { readonly id: string; readonly base: KustomizationView | undefined; readonly head: KustomizationView | undefined };
  readonly isHeld: boolean;
  readonly changes: readonly DraftChange[];
}

export interface Tools {
  readonly causes: Causes;
  readonly pruning: Pruning;
  readonly textOf: TextOf;
  readonly isHeld: boolean;
  readonly charts: ChartChanges;
}

/** The objects of one Kustomization on both sides. A renamed object is a removal, and an addition that says where from. */
export const compareKustomization = (owner: Draft['pair'], { causes, pruning, textOf, isHeld, charts }: Tools): Draft => {
  const generated = new Set(owner.base?.generated);
  const pairs = pairObjects(arrivingBy(owner.base), arrivingBy(owner.head));
  const formerNames = renamesAmong(pairs);
  const renamed = new Set(formerNames.values());
  const changes = pairs.flatMap(({ base, head }): readonly DraftChange[] => {
    if (base && head) {
      // Another hash behind the name is told by `from`.
      const fields = changedFields(base.root, head.root, textOf).filter(({ pointer }) => pointer !== '/metadata/name');
      const chart = charts.of(head);
      if (fields.length === 0 && !chart) return [];
      const from = base.name === head.name ? undefined : { name: base.name };
      const own = fields.length === 0 ? undefined : causes.ofFields(fields, owner);
      const origin = {
        fields: [...fields, ...(chart?.fields ?? [])],
        causedBy: [...new Set([...(own ?? []), ...(chart?.causedBy ?? [])])].sort(byText),
        at: own === undefined && chart ? chart.at : causes.placeOfFields(fields, head),
      };
      return [{ type: 'changed', ...refOf(head), base, head, from, ...origin, isRenamed: false, isPruned: false, leftBecause: undefined }];
    }
    const view = head ?? base;
    if (!view) return [];
    const former = head && formerNames.get(head);
    return [
      {
        type: head ? 'added' : 'removed',
        ...refOf(view),
        base,
        head,
        from: head && former && formerOf(former, head),
        fields: [],
        causedBy: causes.ofObject(view, owner),
        at: causes.placeOfObject(view, owner),
        isRenamed: base !== undefined && renamed.has(base),
        isPruned:
          base !== undefined &&
          owner.base !== undefined &&
          !isHeld &&
          (generated.has(base) ? !isKept(base) : pruning.isPruned(base, owner.base)),
        leftBecause: base && owner.base && !isHeld && !generated.has(base) ? pruning.leaves(base, owner.base) : undefined,
      },
    ];
  });
  return { pair: owner, isHeld, changes };
};

/** Its objects, and what ResourceSets make of some of them. */
const arrivingBy = (view: KustomizationView | undefined): readonly AppliedView[] => (view ? [...view.objects, ...view.generated] : []);

/** The operator deletes what a ResourceSet makes no more, but for what says otherwise. */
const isKept = ({ root }: AppliedView): boolean => annotationOf(root, 'fluxcd.controlplane.io/prune') === 'disabled';

const refOf = ({ apiVersion, kind, namespace, name }: AppliedView) => ({ apiVersion, kind, namespace, name });

const formerOf = (former: AppliedView, { namespace, name }: AppliedView): ObjectChange['from'] => ({
  ...(former.namespace === namespace || former.namespace === undefined ? {} : { namespace: former.namespace }),
  ...(former.name === name ? {} : { name: former.name }),
});

/** What an added object was called before: the same document under another name or in another namespace. */
const renamesAmong = (pairs: readonly Pair[]): ReadonlyMap<AppliedView, AppliedView> => {
  const gone = pairs.flatMap(({ base, head }) => (base && !head ? [base] : []));
  const came = pairs.flatMap(({ base, head }) => (head && !base ? [head] : []));
  const moved = pairBy(writtenIdentity, gone, came);
  const edited = pairBy(onlyOneIn(moved.bases, moved.heads), moved.bases, moved.heads);
  return new Map([...moved.pairs, ...edited.pairs].flatMap(({ base, head }) => (base && head ? [[head, base] as const] : [])));
};

/** The name in its file stayed, a prefix or namespace did not. */
const writtenIdentity = ({ kind, original, root }: AppliedView): string =>
  JSON.stringify([kind, original.name, pathWithoutRevision(root.span.path)]);

/** The name in its file was edited: of its kind it alone came, and one alone went, in that file. */
const onlyOneIn = (bases: readonly AppliedView[], heads: readonly AppliedView[]) => {
  const keyOf = ({ kind, root }: AppliedView) => JSON.stringify([kind, pathWithoutRevision(root.span.path)]);
  const repeated = new Set([bases, heads].flatMap((side) => duplicates(side.map(keyOf))));
  return (view: AppliedView): string | undefined => {
    const key = keyOf(view);
    return repeated.has(key) ? undefined : key;
  };
};

const duplicates = (keys: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return keys.filter((key) => seen.size === seen.add(key).size);
};

const pathWithoutRevision = (path: string): string => path.slice(path.lastIndexOf('#') + 1);
