/**
 * The candidate that a person most likely meant by `word`: the one with the fewest typing mistakes, at most a third of
 * the word's length. Undefined where none is near. Of equally near ones the first.
 */
export const nearest = (word: string, candidates: Iterable<string>): string | undefined => {
  if (word.length > maxLength) return undefined;
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly candidate: string; readonly mistakes: number } | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const mistakes = distance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (mistakes <= limit && mistakes < (best?.mistakes ?? Number.POSITIVE_INFINITY)) best = { candidate, mistakes };
  }
  return best?.candidate;
};

/** The hint `Did you mean "apps"?`, where something was found that may be meant. */
export const didYouMean = (meant: string | undefined): string | undefined => (meant === undefined ? undefined : `Did you mean "${meant}"?`);

/** No name of Kubernetes is longer, nor any word that a person mistypes. */
const maxLength = 253;

/**
 * Insertions, deletions, replacements and swaps of neighbours that make `b` of `a` (optimal string alignment); more than
 * `limit` of them are not counted further.
 */
const distance = (a: string, b: string, limit: number): number => {
  let [beforeLast, last]: [readonly number[], readonly number[]] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const isSame = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const replaced = (last[column - 1] ?? 0) + (isSame ? 0 : 1);
      const swapped = isSwap ? (beforeLast[column - 2] ?? 0) + 1 : replaced;
      const mistakes = Math.min(replaced, swapped, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(mistakes);
      if (mistakes < least) least = mistakes;
    }
    // A swap reaches back two rows, and costs one: what is above by two stays above.
    if (least > limit + 1) return least;
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
};

/**
 * Whether two names differ by one typing mistake and hardly on purpose: `app1` and `app2`, `team-a` and `team-b`, `dev`
 * and `dex` do.
 */
export const isSlip = (word: string, candidate: string): boolean => {
  if (
    word === candidate ||
    word.length < 4 ||
    word.length > maxLength ||
    Math.abs(word.length - candidate.length) > 1 ||
    distance(word.toLowerCase(), candidate.toLowerCase(), 1) > 1
  )
    return false;
  if (word.replace(/\D/g, '') !== candidate.replace(/\D/g, '')) return false;
  const others = candidate.split(/[-_.]/);
  const parts = word.split(/[-_.]/);
  return parts.length !== others.length || parts.every((part, index) => part === others[index] || part.length >= 4);
};
