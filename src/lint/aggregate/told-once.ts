import { commonApplier } from '../../graph/clusters/common-applier.ts';
import type { AppliedView, KustomizationView } from '../../graph/clusters/views.ts';
import type { Problem, Related } from '../../model/problem.ts';

/** An object with a problem that others of its cluster have, too. */
export interface Affected {
  readonly object: AppliedView | KustomizationView;
  /** What is told of it where it is the only one. */
  readonly problem: Problem;
}

/** What is told of all of them; `first` is one to name. */
export type Together = (count: number, first: string) => Pick<Problem, 'message' | 'hint'>;

/**
 * One problem for everything that one patch mends: where several objects of a cluster lack the same, the place is the
 * Kustomization through which all of them come, with the count and the first of them beside it.
 */
export const toldOnce = (affected: readonly Affected[], together: Together): readonly Problem[] => {
  const applier = affected.length > 1 ? commonApplier(affected.map(({ object }) => object)) : undefined;
  if (!applier) return toldAtFirst(affected, together);
  const [told] = toldAtFirst(affected, together);
  if (!told) return [];
  const where = isAppliedBy(affected, applier)
    ? `One patch under spec.patches of ${applier.id} reaches them all.`
    : `One patch under spec.patches of ${applier.id} reaches them all if it adds the patch to spec.patches of the Kustomizations there.`;
  const hint = told.hint === undefined ? where : `${told.hint} ${where}`;
  const cause = { key: placesKey(affected), place: `${applier.id} applies them, too` };
  // What `flux bootstrap` wrote for the root, it writes anew: nobody edits it first.
  if (applier.parent === undefined) return [{ ...told, hint, cause }];
  return [{ ...told, at: applier.origin('/spec/patches'), hint, related: placesOf(affected), cause }];
};

/** A patch changes what its own Kustomization builds, and not what the Kustomizations build that it brings. */
const isAppliedBy = (affected: readonly Affected[], applier: KustomizationView): boolean =>
  affected.every(({ object }) => ('owner' in object ? object.owner : object.parent) === applier);

/** Equal for clusters that have them from the same files. */
const placesKey = (affected: readonly Affected[]): string =>
  JSON.stringify([...new Set(affected.map(({ problem: { at } }) => `${at.span.path}:${at.span.start}`))].sort());

/** One problem for what has one cause and many places: it stands at the first of them, with the count and the next. */
export const toldAtFirst = (affected: readonly Affected[], together: Together): readonly Problem[] => {
  const [first, ...others] = affected;
  if (!first) return [];
  if (others.length === 0) return [first.problem];
  const { at, atMost } = first.problem;
  return [{ ...together(affected.length, first.object.label), at, atMost, related: placesOf(others) }];
};

const shown = 5;

const placesOf = (affected: readonly Affected[]): readonly Related[] =>
  affected.slice(0, shown).map(({ object, problem }) => ({ at: problem.at, message: `${object.label} is one of them` }));
