import { many, letter as oneLetter, prefixMatcher, sequence } from '../../pattern/automaton.ts';

/**
 * Go's `path.Match` patterns (`*`, `?`, `[a-z]`, `[^a]`, `\` before a literal) over a text without separators: what
 * `.sourceignore` means by a name and envsubst by a prefix. Undefined for a malformed pattern, which matches nothing.
 */
export const goPattern = (pattern: string): ((text: string) => boolean) | undefined => {
  // Most are a name, or `*` before the end of one.
  if (!/[*?[\\]/.test(pattern)) return (text) => text === pattern;
  const end = /^\*([^*?[\\]*)$/.exec(pattern)?.[1];
  if (end !== undefined) return (text) => text.endsWith(end);
  const terms = termsOf([...pattern]);
  return terms && ((text) => matches(terms, [...text]));
};

/** How long the shortest or longest start of a text is, of at least one letter, that a pattern matches. */
export const goPatternPrefix = (pattern: string): ReturnType<typeof prefixMatcher> | undefined => {
  const terms = termsOf([...pattern]);
  if (!terms) return undefined;
  return prefixMatcher(
    sequence(
      terms.map((term) => {
        const one = oneLetter((found) => matchesLetter(term, found));
        return term.type === 'star' ? many(one) : one;
      }),
    ),
  );
};

type Term =
  | { readonly type: 'star' }
  | { readonly type: 'any' }
  | { readonly type: 'literal'; readonly letter: string }
  | { readonly type: 'class'; readonly isNegated: boolean; readonly ranges: readonly (readonly [from: string, to: string])[] };

const termsOf = (letters: readonly string[]): readonly Term[] | undefined => {
  const terms: Term[] = [];
  for (let index = 0; index < letters.length; index++) {
    const letter = letters[index] ?? '';
    if (letter === '*') terms.push({ type: 'star' });
    else if (letter === '?') terms.push({ type: 'any' });
    else if (letter === '\\') {
      const literal = letters[++index];
      if (literal === undefined) return undefined;
      terms.push({ type: 'literal', letter: literal });
    } else if (letter === '[') {
      const found = classAt(letters, index + 1);
      if (found === undefined) return undefined;
      terms.push(found.term);
      index = found.end;
    } else terms.push({ type: 'literal', letter });
  }
  return terms;
};

/** A class whose first letter stands at `start`; `end` is where its bracket closes. It holds at least one range. */
const classAt = (letters: readonly string[], start: number): { readonly term: Term; readonly end: number } | undefined => {
  const isNegated = letters[start] === '^';
  const ranges: (readonly [string, string])[] = [];
  let index = isNegated ? start + 1 : start;
  const letter = (): string | undefined => {
    const first = letters[index++];
    if (first === '\\') return letters[index++];
    return first === '-' || first === ']' ? undefined : first;
  };
  while (letters[index] !== ']' || ranges.length === 0) {
    const from = letter();
    if (from === undefined) return undefined;
    const isRange = letters[index] === '-';
    if (isRange) index++;
    const to = isRange ? letter() : from;
    if (to === undefined) return undefined;
    ranges.push([from, to]);
  }
  return { term: { type: 'class', isNegated, ranges }, end: index };
};

/** Remembers the last star only: what an earlier one could match more of, the last one can, too. */
const matches = (terms: readonly Term[], letters: readonly string[]): boolean => {
  let term = 0;
  let position = 0;
  let retry: { readonly term: number; readonly position: number } | undefined;
  while (position < letters.length || term < terms.length) {
    const here = terms[term];
    const letter = letters[position];
    if (here?.type === 'star') {
      retry = { term, position: position + 1 };
      term++;
    } else if (here !== undefined && letter !== undefined && matchesLetter(here, letter)) {
      term++;
      position++;
    } else if (retry !== undefined && retry.position <= letters.length) {
      term = retry.term;
      position = retry.position;
    } else return false;
  }
  return true;
};

const matchesLetter = (term: Term, letter: string): boolean => {
  switch (term.type) {
    case 'star':
    case 'any':
      return true;
    case 'literal':
      return term.letter === letter;
    case 'class': {
      const code = letter.codePointAt(0) ?? 0;
      const isIn = term.ranges.some(([from, to]) => (from.codePointAt(0) ?? 0) <= code && code <= (to.codePointAt(0) ?? 0));
      return isIn !== term.isNegated;
    }
    default:
      return term satisfies never;
  }
};
