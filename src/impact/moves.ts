import { changedFields, type TextOf } from './changed-fields.ts';
import type { Draft, DraftChange } from './compare-kustomization.ts';
import { identityOf } from './pair-objects.ts';

/**
 * Joins what one Kustomization of a cluster removes and another adds: the object has another owner. The old one deletes
 * it where it prunes and comes first, so what was to be pruned still is.
 */
export const joinMoves = (drafts: readonly Draft[], textOf: TextOf): readonly Draft[] => {
  const removals = new Map<string, { readonly draft: Draft; readonly change: DraftChange }>();
  const keyOf = ({ pair }: Draft, { head, base }: DraftChange): string | undefined => {
    const view = head ?? base;
    return view && JSON.stringify([(pair.head ?? pair.base)?.target, identityOf(view)]);
  };
  for (const draft of drafts) {
    for (const change of draft.changes) {
      const key = change.type === 'removed' ? keyOf(draft, change) : undefined;
      if (key !== undefined) removals.set(key, { draft, change });
    }
  }
  const moved = new Set<DraftChange>();
  const joined = drafts.map((draft) => ({
    ...draft,
    changes: draft.changes.map((change): DraftChange => {
      const removal = change.type === 'added' ? removals.get(keyOf(draft, change) ?? '') : undefined;
      const { head } = change;
      const base = removal?.change.base;
      if (!removal || !base || !head || moved.has(removal.change)) return change;
      moved.add(removal.change);
      const causedBy = [...new Set([...change.causedBy, ...removal.change.causedBy])].sort();
      const from = { kustomization: removal.draft.pair.id };
      const fields = changedFields(base.root, head.root, textOf);
      return { ...change, type: 'changed', base, from, fields, causedBy, isPruned: removal.change.isPruned };
    }),
  }));
  return joined.map((draft) => ({ ...draft, changes: draft.changes.filter((change) => !moved.has(change)) }));
};
