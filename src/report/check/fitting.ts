import type { Finding } from '../../model/finding.ts';
import { severityRank } from '../../model/severity.ts';

export interface Room<T> {
  /** The lower, the sooner it is kept; without one all are equal. */
  readonly rank?: (entry: T) => number;
  readonly size: (entry: T) => number;
  /** The sum of sizes that a reader takes. */
  readonly room: number;
}

/**
 * What there is room for: lowest ranks first, equal ones in their order, and nothing that is bigger than what is left. It comes
 * back in the order given; `cut` counts the rest.
 */
export const fitting = <T>(
  entries: readonly T[],
  { rank = () => 0, size, room }: Room<T>,
): { readonly kept: readonly T[]; readonly cut: number } => {
  const ranked = entries.map((entry, index) => ({ entry, index })).sort((a, b) => rank(a.entry) - rank(b.entry));
  const kept = new Set<number>();
  let used = 0;
  for (const { entry, index } of ranked) {
    const needed = used + size(entry);
    if (needed > room) continue;
    used = needed;
    kept.add(index);
  }
  return { kept: entries.filter((_, index) => kept.has(index)), cut: entries.length - kept.size };
};

/** Errors before warnings before infos. */
export const bySeverity = ({ severity }: Finding): number => severityRank(severity);
