import { goPattern } from './go-pattern.ts';

/**
 * Patterns of github.com/bmatcuk/doublestar v4, which source-watcher excludes by: Go's patterns for each name of a path,
 * `**` for any number of names (none, too: `docs/**` is `docs` itself), `{a,b}` for either, `[!a]` as well as `[^a]`.
 * Undefined for a malformed pattern.
 */
export const doublestar = (pattern: string): ((path: string) => boolean) | undefined => {
  const alternatives = expanded(pattern);
  if (alternatives === undefined) return undefined;
  const compiled: (readonly Segment[])[] = [];
  for (const alternative of alternatives) {
    const segments = segmentsOf(alternative);
    if (segments === undefined) return undefined;
    compiled.push(segments);
  }
  return (path) => compiled.some((segments) => matches(segments, path.split('/')));
};

type Segment = 'any depth' | ((name: string) => boolean);

const segmentsOf = (pattern: string): readonly Segment[] | undefined => {
  const segments: Segment[] = [];
  for (const part of pattern.split('/')) {
    const matchesName = goPattern(part.replaceAll('[!', '[^'));
    if (matchesName === undefined) return undefined;
    segments.push(part === '**' ? 'any depth' : matchesName);
  }
  return segments;
};

const matches = (segments: readonly Segment[], names: readonly string[]): boolean => {
  const [first, ...rest] = segments;
  if (first === undefined) return names.length === 0;
  if (first === 'any depth') return rest.length === 0 || names.some((_, index) => matches(rest, names.slice(index)));
  const [name, ...others] = names;
  return name !== undefined && first(name) && matches(rest, others);
};

/** More alternatives than source-watcher allows commas for would be refused there. */
const maxAlternatives = 1024;

/** The patterns that a pattern with braces stands for. */
const expanded = (pattern: string): readonly string[] | undefined => {
  const open = indexOf(pattern, '{', 0);
  if (open === -1) return [pattern];
  const cuts = [open];
  let depth = 0;
  for (let index = open; index < pattern.length; index++) {
    const letter = pattern[index];
    if (letter === '\\') index++;
    else if (letter === '{') depth++;
    else if (letter === ',' && depth === 1) cuts.push(index);
    else if (letter === '}' && --depth === 0) {
      const rest = pattern.slice(index + 1);
      const alternatives = cuts.map((cut, at) => pattern.slice(cut + 1, cuts[at + 1] ?? index));
      const all = alternatives.map((alternative) => expanded(pattern.slice(0, open) + alternative + rest));
      const found = all.flatMap((patterns) => patterns ?? []);
      return all.includes(undefined) || found.length > maxAlternatives ? undefined : found;
    }
  }
  return undefined;
};

/** The next such letter that no backslash precedes. */
const indexOf = (text: string, letter: string, start: number): number => {
  for (let index = start; index < text.length; index++) {
    if (text[index] === '\\') index++;
    else if (text[index] === letter) return index;
  }
  return -1;
};
