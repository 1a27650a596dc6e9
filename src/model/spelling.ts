/**
 * The candidate that a person most likely meant by `word`: the one with the fewest typing mistakes, at most a third of
 * the word's length. Undefined where none is near. Of equally near ones the first.
 */
export const nearest = (word: string, candidates: Iterable<string>): string | undefined => {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly candidate: string; readonly mistakes: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const mistakes = distance(word.toLowerCase(), candidate.toLowerCase());
    if (mistakes <= limit && mistakes < (best?.mistakes ?? Number.POSITIVE_INFINITY)) best = { candidate, mistakes };
  }
  return best?.candidate;
};

/** The hint `Did you mean "apps"?`, where something was found that may be meant. */
export const didYouMean = (meant: string | undefined): string | undefined => (meant === undefined ? undefined : `Did you mean "${meant}"?`);

/** Insertions, deletions, replacements and swaps of neighbours that make `b` of `a` (optimal string alignment). */
const distance = (a: string, b: string): number => {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const cell = (row: number, column: number): number => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= b.length; column++) {
      const replaced = cell(row - 1, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? cell(row - 2, column - 2) + 1 : replaced;
      current.push(Math.min(replaced, swapped, cell(row - 1, column) + 1, cell(row, column - 1) + 1));
    }
  }
  return cell(a.length, b.length);
};

/**
 * Whether two names differ by one typing mistake and hardly on purpose: `app1` and `app2`, `team-a` and `team-b`, `dev`
 * and `dex` do.
 */
export const isSlip = (word: string, candidate: string): boolean => {
  if (word === candidate || word.length < 4 || distance(word.toLowerCase(), candidate.toLowerCase()) > 1) return false;
  if (word.replace(/\D/g, '') !== candidate.replace(/\D/g, '')) return false;
  const others = candidate.split(/[-_.]/);
  const parts = word.split(/[-_.]/);
  return parts.length !== others.length || parts.every((part, index) => part === others[index] || part.length >= 4);
};
