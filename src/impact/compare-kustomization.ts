import type { AppliedView, KustomizationView } from '../graph/views.ts';
import type { Causes } from './causes.ts';
import { changedFields, type TextOf } from './changed-fields.ts';
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
}

/** The objects of one Kustomization on both sides. A renamed object is a removal, and an addition that says where from. */
export const compareKustomization = (owner: Draft['pair'], { causes, pruning, textOf, isHeld }: Tools): Draft => {
  const pairs = pairObjects(owner.base?.objects ?? [], owner.head?.objects ?? []);
  const formerNames = renamesAmong(pairs);
  const changes: DraftChange[] = [];
  for (const { base, head } of pairs) {
    if (base && head) {
      if (base.root === head.root) continue;
      const fields = changedFields(base.root, head.root, textOf);
      if (fields.length === 0) continue;
      const from = base.name === head.name ? undefined : { name: base.name };
      changes.push({
        type: 'changed',
        ...refOf(head),
        base,
        head,
        from,
        fields,
        causedBy: causes.ofFields(fields, owner),
        isPruned: false,
      });
    } else if (head) {
      const former = formerNames.get(head);
      const from = former && formerOf(former, head);
      changes.push({
        type: 'added',
        ...refOf(head),
        base: undefined,
        head,
        from,
        fields: [],
        causedBy: causes.ofObject(head, owner),
        isPruned: false,
      });
    } else if (base) {
      const isPruned = !isHeld && owner.base !== undefined && pruning.isPruned(base, owner.base);
      changes.push({
        type: 'removed',
        ...refOf(base),
        base,
        head,
        from: undefined,
        fields: [],
        causedBy: causes.ofObject(base, owner),
        isPruned,
      });
    }
  }
  return { pair: owner, isHeld, changes };
};

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
