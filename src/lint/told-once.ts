import { commonApplier } from '../graph/clusters/common-applier.ts';
import type { AppliedView, KustomizationView } from '../graph/clusters/views.ts';
import type { Problem } from '../model/problem.ts';

/** An object with a problem that others of its cluster have, too. */
export interface Affected {
  readonly object: AppliedView | KustomizationView;
  /** What is told of it where it is the only one. */
  readonly problem: Problem;
}

/** What is told of all of them; `first` is one to name. */
export type Together = (count: number, first: string) => Pick<Problem, 'message' | 'hint'>;

const shown = 5;

/**
 * One problem for everything that one edit mends: where several objects of a cluster lack the same, the place is the
 * Kustomization through which all of them come, with the count and the first of them beside it.
 */
export const toldOnce = (affected: readonly Affected[], together: Together): readonly Problem[] => {
  const [first, ...others] = affected;
  if (!first) return [];
  if (others.length === 0) return [first.problem];
  const applier = commonApplier(affected.map(({ object }) => object));
  const { message, hint } = together(affected.length, nameOf(first));
  const where = applier && `One patch under spec.patches of ${applier.id} reaches them all.`;
  const problem: Problem = {
    at: applier?.origin('/spec/patches') ?? first.problem.at,
    message,
    hint: [hint, where].filter(Boolean).join(' '),
    atMost: first.problem.atMost,
    related: (applier ? affected : others).slice(0, shown).map((one) => ({ at: one.problem.at, message: `${nameOf(one)} is one of them` })),
  };
  return [problem];
};

const nameOf = ({ object }: Affected): string => object.label;
