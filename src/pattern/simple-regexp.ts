import { memoByText } from '../model/memo.ts';
import { either, letter, literal, many, nothing, type Part, sequence, wholeMatcher } from './automaton.ts';

/**
 * Whether a pattern of RE2's syntax matches the whole of a text, for what patterns of names are mostly written in:
 *
 *     options = way *("|" way)
 *     way     = *(atom ["*" | "+" | "?"])
 *     atom    = letter of a name | "\" "." | "." | "(" options ")"
 *
 * @returns undefined for any other pattern: RE2 reads that, and takes longer to load and to compile it than most builds take
 */
export const simpleRegexp: (pattern: string) => ((text: string) => boolean) | undefined = memoByText((pattern) => {
  // Most are plain names, and comparing those is much faster.
  if (/^[\w-]*$/.test(pattern)) return (text) => text === pattern;
  const reader = { pattern, at: 0 };
  const part = readOptions(reader, 0);
  return part === undefined || reader.at < pattern.length ? undefined : wholeMatcher(part);
});

interface Reader {
  readonly pattern: string;
  at: number;
}

/** Patterns come from repositories, and RE2 has a limit of its own. */
const deepest = 20;

const readOptions = (reader: Reader, depth: number): Part | undefined => {
  const options: Part[] = [];
  do {
    if (options.length > 0) reader.at++;
    const way = readWay(reader, depth);
    if (way === undefined) return undefined;
    options.push(way);
  } while (reader.pattern[reader.at] === '|');
  return either(options);
};

const readWay = (reader: Reader, depth: number): Part | undefined => {
  const parts: Part[] = [];
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern.charAt(reader.at))) {
    const atom = readAtom(reader, depth);
    if (atom === undefined) return undefined;
    parts.push(repeated(reader, atom));
  }
  return sequence(parts);
};

const readAtom = (reader: Reader, depth: number): Part | undefined => {
  const found = reader.pattern.charAt(reader.at++);
  if (/^[\w/:-]$/.test(found)) return literal(found);
  if (found === '.') return letter((text) => text !== '\n');
  if (found === '\\') return reader.pattern.charAt(reader.at++) === '.' ? literal('.') : undefined;
  if (found !== '(' || depth === deepest) return undefined;
  const inside = readOptions(reader, depth + 1);
  return reader.pattern.charAt(reader.at++) === ')' ? inside : undefined;
};

/** One sign of repetition; a second is RE2's affair, and no atom. */
const repeated = (reader: Reader, atom: Part): Part => {
  switch (reader.pattern[reader.at]) {
    case '*':
      reader.at++;
      return many(atom);
    case '+':
      reader.at++;
      return sequence([atom, many(atom)]);
    case '?':
      reader.at++;
      return either([atom, nothing]);
    default:
      return atom;
  }
};
