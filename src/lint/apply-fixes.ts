import type { Finding, FindingEdit } from '../model/finding.ts';

/**
 * Texts after the fixes of findings: in order, each fix whole or not at all; one that overlaps an earlier one waits for
 * the next run.
 *
 * @returns the files that change
 */
export const applyFixes = (
  texts: Readonly<Record<string, string>>,
  findings: readonly Pick<Finding, 'fix'>[],
  safety: readonly ('safe' | 'unsafe')[] = ['safe', 'unsafe'],
): Readonly<Record<string, string>> => {
  const taken: FindingEdit[] = [];
  for (const { fix } of findings) {
    if (!fix || !safety.includes(fix.safety)) continue;
    const isFree = fix.edits.every((edit) => !taken.some((other) => overlaps(edit, other)));
    const isNew = fix.edits.some((edit) => !taken.some((other) => isSame(edit, other)));
    if (isFree && isNew) taken.push(...fix.edits);
  }
  const changed: Record<string, string> = {};
  for (const path of new Set(taken.map((edit) => edit.path))) {
    const text = texts[path];
    if (text === undefined) continue;
    const edits = taken.filter((edit) => edit.path === path).sort((a, b) => b.range[0] - a.range[0]);
    changed[path] = edits.reduce(
      (result, { range: [start, end], text: inserted }) => result.slice(0, start) + inserted + result.slice(end),
      text,
    );
  }
  return changed;
};

const isSame = (a: FindingEdit, b: FindingEdit): boolean =>
  a.path === b.path && a.range[0] === b.range[0] && a.range[1] === b.range[1] && a.text === b.text;

/** Two insertions at one place overlap, too: their order would be a guess. */
const overlaps = (a: FindingEdit, b: FindingEdit): boolean =>
  a.path === b.path &&
  a.range[0] <= b.range[1] &&
  b.range[0] <= a.range[1] &&
  (a.range[0] < b.range[1] || b.range[0] < a.range[1] || a.range[0] === b.range[0]);
