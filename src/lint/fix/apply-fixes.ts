import type { Finding, FindingEdit, FindingFix } from '../../model/finding.ts';
import { isFaithful } from './faithful.ts';

export type Safety = FindingFix['safety'];

export interface AppliedFixes {
  /** Texts of the files that change. */
  readonly texts: Readonly<Record<string, string>>;
  /** How many findings were fixed. */
  readonly count: number;
  /** Files with a fix that would have changed more than it should: it was not made. */
  readonly refused: readonly string[];
}

type Fixable = Pick<Finding, 'fix'>;

/**
 * Texts after the fixes of findings: in order, each fix whole or not at all; one that overlaps an earlier one waits for
 * the next run. Equal fixes of several findings are one. What comes out is held against what went in (`faithful.ts`).
 *
 * @param textOf the text of a file; undefined where it cannot be edited
 */
export const applyFixes = (
  findings: readonly Fixable[],
  textOf: (path: string) => string | undefined,
  safeties: readonly Safety[],
): AppliedFixes => {
  const fixes = findings.flatMap(({ fix }) => (fix && safeties.includes(fix.safety) ? [fix] : []));
  const together = made(fixes, textOf);
  const broken = new Set(together.broken);
  if (broken.size === 0) return { texts: together.texts, count: together.count, refused: [] };

  // Those that are wrong by themselves are left out; where each is right alone, one of them has to do for now.
  const isBroken = ({ edits }: FindingFix) => edits.some(({ path }) => broken.has(path));
  const suspects = fixes.filter(isBroken);
  const [first] = suspects.filter((fix) => made([fix], textOf).broken.length === 0);
  const wrong = suspects.filter((fix) => fix !== first && made([fix], textOf).broken.length > 0);
  const rest = made([...fixes.filter((fix) => !isBroken(fix)), ...(first ? [first] : [])], textOf);
  const refused = [...new Set(wrong.flatMap(({ edits }) => edits.map(({ path }) => path)))].filter((path) => broken.has(path));
  return { texts: rest.texts, count: rest.count, refused };
};

interface Made {
  readonly texts: Readonly<Record<string, string>>;
  readonly count: number;
  readonly broken: readonly string[];
}

const made = (fixes: readonly FindingFix[], textOf: (path: string) => string | undefined): Made => {
  const taken = new Map<string, Taken>();
  const takenIn = (path: string): Taken => {
    const known = taken.get(path) ?? { edits: [], keys: new Set() };
    taken.set(path, known);
    return known;
  };
  let count = 0;
  for (const fix of fixes) {
    const fresh = fix.edits.filter((edit) => !takenIn(edit.path).keys.has(keyOf(edit)));
    if (!fresh.every((edit) => textOf(edit.path) !== undefined && isFree(edit, takenIn(edit.path).edits))) continue;
    for (const edit of fresh) take(edit, takenIn(edit.path));
    count++;
  }
  const changed = [...taken].filter(([, { edits }]) => edits.length > 0);
  const after = changed.map(([path, { edits }]) => [path, edited(textOf(path) ?? '', edits)] as const);
  const broken = after.filter(([path, text]) => isYaml(path) && !isFaithful(textOf(path) ?? '', text, taken.get(path)?.edits ?? []));
  return { texts: Object.fromEntries(after), count, broken: broken.map(([path]) => path) };
};

const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);

/** Edits of one file in their order, none of which overlap. */
interface Taken {
  readonly edits: FindingEdit[];
  readonly keys: Set<string>;
}

const keyOf = ({ range: [start, end], text }: FindingEdit): string => `${start} ${end} ${text}`;

const take = (edit: FindingEdit, { edits, keys }: Taken): void => {
  keys.add(keyOf(edit));
  edits.splice(indexFor(edit, edits), 0, edit);
};

/** Where an edit belongs among those that are sorted by their start. */
const indexFor = ({ range: [start] }: FindingEdit, edits: readonly FindingEdit[]): number => {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle]?.range[0] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Edits that touch may be made together, but not two insertions at one place: their order would be a guess. */
const isFree = (edit: FindingEdit, edits: readonly FindingEdit[]): boolean => {
  const [start, end] = edit.range;
  const index = indexFor(edit, edits);
  const [before, after] = [edits[index - 1], edits[index]];
  return (before === undefined || before.range[1] <= start) && (after === undefined || (after.range[0] >= end && after.range[0] !== start));
};

const edited = (text: string, edits: readonly FindingEdit[]): string => {
  const parts: string[] = [];
  let copied = 0;
  for (const { range, text: inserted } of edits) {
    parts.push(text.slice(copied, range[0]), inserted);
    copied = range[1];
  }
  return [...parts, text.slice(copied)].join('');
};
