import type { Finding, FindingEdit, FindingFix } from '../../model/finding.ts';

export type Safety = FindingFix['safety'];

export interface AppliedFixes {
  /** Texts of the files that change. */
  readonly texts: Readonly<Record<string, string>>;
  /** How many findings were fixed. */
  readonly count: number;
}

/**
 * Texts after the fixes of findings: in order, each fix whole or not at all; one that overlaps an earlier one waits for
 * the next run. Equal fixes of several findings are one.
 *
 * @param textOf the text of a file; undefined where it cannot be edited
 */
export const applyFixes = (
  findings: readonly Pick<Finding, 'fix'>[],
  textOf: (path: string) => string | undefined,
  safeties: readonly Safety[],
): AppliedFixes => {
  const taken = new Map<string, FindingEdit[]>();
  const takenIn = (path: string) => taken.get(path) ?? [];
  let count = 0;
  for (const { fix } of findings) {
    if (!fix || !safeties.includes(fix.safety)) continue;
    const fresh = fix.edits.filter((edit) => !takenIn(edit.path).some((other) => isSame(edit, other)));
    const isFree = fresh.every((edit) => textOf(edit.path) !== undefined && !takenIn(edit.path).some((other) => overlaps(edit, other)));
    if (!isFree) continue;
    for (const edit of fresh) taken.set(edit.path, [...takenIn(edit.path), edit]);
    count++;
  }
  const texts = Object.fromEntries([...taken].map(([path, edits]) => [path, edited(textOf(path) ?? '', edits)] as const));
  return { texts, count };
};

const edited = (text: string, edits: readonly FindingEdit[]): string =>
  edits
    .toSorted((a, b) => b.range[0] - a.range[0])
    .reduce((result, { range: [start, end], text: inserted }) => result.slice(0, start) + inserted + result.slice(end), text);

const isSame = (a: FindingEdit, b: FindingEdit): boolean => a.range[0] === b.range[0] && a.range[1] === b.range[1] && a.text === b.text;

/** Edits that touch may be made together, but not two insertions at one place: their order would be a guess. */
const overlaps = ({ range: [start, end] }: FindingEdit, { range: [otherStart, otherEnd] }: FindingEdit): boolean =>
  (start < otherEnd && otherStart < end) || start === otherStart;
