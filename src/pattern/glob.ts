/**
 * The globs of configurations and options: `*` and `?` within a name, `**` over any number of names, `[a-z]`, `[!a]`,
 * `{a,b}`, `@(a|b)`, `?(a)`, `*(a)`, `+(a)`, a backslash before a letter that is meant as it is, and `!` before the whole
 * for what it does not match. A name that starts with a dot is like any other. No glob matches the empty text.
 */
import { memoByText } from '../model/memo.ts';
import { anything, either, letter, literal, many, nothing, type Part, sequence, wholeMatcher } from './automaton.ts';

/** Nobody writes a longer one; it matches nothing (docs/limits.md). */
const maxLength = 4096;

export const globMatcher: (pattern: string) => (text: string) => boolean = memoByText((pattern) => {
  if (pattern === '' || pattern.length > maxLength) return () => false;
  if (!mayBeGlob(pattern)) {
    const name = withoutDot(pattern);
    return (text) => text === name || text === pattern;
  }
  const negations = /^!*(?!\()/.exec(pattern)?.[0].length ?? 0;
  const matches = wholeMatcher(parsed(withoutDot(pattern.slice(negations))));
  const isNegated = negations % 2 === 1;
  return (text) => text !== '' && (text === pattern || matches(withoutDot(text)) !== isNegated);
});

/** Whether one of them matches; false without any. */
export const anyGlob = (patterns: readonly string[]): ((text: string) => boolean) => {
  const matchers = patterns.map(globMatcher);
  return (text) => matchers.some((matches) => matches(text));
};

export const matchesGlob = (text: string, pattern: string): boolean => globMatcher(pattern)(text);

/** Whether a text has a letter that globs give a meaning. */
export const mayBeGlob = (text: string): boolean => /[*?[\]{}()\\!]/.test(text);

const withoutDot = (path: string): string => (path.startsWith('./') ? path.slice(2) : path);

const isNotSlash = (found: string): boolean => found !== '/';
const inName = letter(isNotSlash);
const name = sequence([inName, many(inName)]);

interface Reader {
  readonly letters: readonly string[];
  /** Where the brackets close that stand at a place; those that never do are not among them. */
  readonly closing: ReadonlyMap<number, number>;
  at: number;
}

const parsed = (pattern: string): Part => {
  const letters = [...pattern];
  const reader: Reader = { letters, closing: closingOf(letters), at: 0 };
  return readUntil(reader, { end: letters.length, separator: '', isStart: true });
};

const closingOf = (letters: readonly string[]): ReadonlyMap<number, number> => {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < letters.length; at++) {
    const found = letters[at];
    if (found === '\\') at++;
    else if (found === '[') at = classAt(letters, at)?.end ?? at;
    else if (found === '{' || found === '(') open.push(at);
    else if ((found === '}' || found === ')') && letters[open.at(-1) ?? -1] === (found === '}' ? '{' : '('))
      closing.set(open.pop() ?? 0, at);
    if (open.length > maxDepth) return new Map();
  }
  return closing;
};

/** Where brackets are nested deeper, all of them are letters like any other. */
const maxDepth = 20;

interface Inside {
  readonly end: number;
  /** Ends what is being read, too. */
  readonly separator: string;
  /** What is read begins a name. */
  readonly isStart: boolean;
}

const readUntil = (reader: Reader, { end, separator, isStart }: Inside): Part => {
  const { letters, closing } = reader;
  const parts: Part[] = [];
  const isEnd = (at: number): boolean => at >= end || letters[at] === separator;
  let startsName = isStart;
  while (!isEnd(reader.at)) {
    const { at } = reader;
    const found = letters[at] ?? '';
    const begins = startsName;
    startsName = found === '/';
    const group = groupAt(reader);
    const isClass = found === '[' ? classAt(letters, at) : undefined;
    if (group) {
      reader.at = group.open + 1;
      const options = readOptions(reader, {
        end: closing.get(group.open) ?? at,
        separator: group.type === '{' ? ',' : '|',
        isStart: begins,
      });
      parts.push(grouped(group.type, options));
    } else if (isClass) {
      parts.push(isClass.part);
      reader.at = isClass.end + 1;
    } else if (found === '\\') {
      parts.push(literal(letters[at + 1] ?? '\\'));
      reader.at += 2;
    } else if (found === '/' && letters[at + 1] === '*' && letters[at + 2] === '*' && isEnd(at + 3)) {
      // `apps/**` is `apps` itself, and all in it.
      parts.push(either([nothing, sequence([literal('/'), anything])]));
      reader.at += 3;
    } else if (found === '*') {
      const stars = countStars(reader);
      const isWhole = begins && (isEnd(reader.at) || letters[reader.at] === '/');
      if (stars > 1 && isWhole && letters[reader.at] === '/') {
        parts.push(many(sequence([name, literal('/')])));
        reader.at++;
        startsName = true;
      } else if (stars > 1 && isWhole) parts.push(anything);
      else parts.push(isWhole ? name : many(inName));
    } else {
      parts.push(found === '?' ? inName : literal(found));
      reader.at++;
    }
  }
  return sequence(parts);
};

const countStars = (reader: Reader): number => {
  const start = reader.at;
  while (reader.letters[reader.at] === '*' && (reader.at === start || groupAt(reader) === undefined)) reader.at++;
  return reader.at - start;
};

interface Group {
  /** What it means: `{`, `(`, or the letter before the bracket. */
  readonly type: string;
  readonly open: number;
}

const groupAt = ({ letters, closing, at }: Reader): Group | undefined => {
  const found = letters[at] ?? '';
  if (closing.has(at)) return { type: found, open: at };
  return '@?*+'.includes(found) && letters[at + 1] === '(' && closing.has(at + 1) ? { type: found, open: at + 1 } : undefined;
};

/** What stands between brackets, to behind the one that closes them. */
const readOptions = (reader: Reader, inside: Inside): readonly Part[] => {
  const options = [readUntil(reader, inside)];
  while (reader.at < inside.end) {
    reader.at++;
    options.push(readUntil(reader, inside));
  }
  reader.at++;
  return options;
};

const grouped = (type: string, options: readonly Part[]): Part => {
  // Without a comma a brace is a brace.
  if (type === '{' && options.length === 1) return sequence([literal('{'), ...options, literal('}')]);
  const group = either(options);
  if (type === '?') return either([nothing, group]);
  if (type === '*') return many(group);
  return type === '+' ? sequence([group, many(group)]) : group;
};

/** `[a-z]`, `[!a]`, and where it ends; undefined for a bracket that is not closed. */
const classAt = (letters: readonly string[], start: number): { readonly part: Part; readonly end: number } | undefined => {
  let at = start + 1;
  const isNegated = letters[at] === '!' || letters[at] === '^';
  if (isNegated) at++;
  const ranges: (readonly [from: string, to: string])[] = [];
  while (at < letters.length && (letters[at] !== ']' || ranges.length === 0)) {
    if (letters[at] === '\\') at++;
    const from = letters[at++] ?? '';
    const isRange = letters[at] === '-' && at + 1 < letters.length && letters[at + 1] !== ']';
    ranges.push([from, isRange ? (letters[at + 1] ?? '') : from]);
    if (isRange) at += 2;
  }
  if (letters[at] !== ']') return undefined;
  const part = letter((found) => isNotSlash(found) && ranges.some(([from, to]) => from <= found && found <= to) !== isNegated);
  return { part, end: at };
};
