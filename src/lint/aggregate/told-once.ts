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
  const where = `One patch under spec.patches of ${applier.id} reaches them all.`;
  return [
    {
      ...told,
      at: applier.origin('/spec/patches'),
      hint: told.hint === undefined ? where : `${told.hint} ${where}`,
      related: placesOf(affected),
    },
  ];
};

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
