import { anything, either, letter, literal, many, nothing, type Part, sequence, wholeMatcher } from '../../pattern/automaton.ts';

/**
 * Patterns of github.com/bmatcuk/doublestar v4, which source-watcher excludes by: Go's patterns for each name of a path,
 * `**` for any number of names (none, too: `docs/**` is `docs` itself), `{a,b}` for either, `[!a]` as well as `[^a]`.
 * Undefined for a malformed pattern.
 */
export const doublestar = (pattern: string): ((path: string) => boolean) | undefined => {
  if (pattern.length > maxLength) return undefined;
  const reader: Reader = { letters: [...pattern], at: 0 };
  const part = readUntil(reader, { isStart: true, depth: 0 });
  return part === undefined || reader.at < reader.letters.length ? undefined : wholeMatcher(part);
};

/** docs/limits.md */
const maxLength = 4096;
const maxDepth = 100;

interface Reader {
  readonly letters: readonly string[];
  at: number;
}

interface Inside {
  /** What is read begins a name. */
  readonly isStart: boolean;
  /** How many braces are open. */
  readonly depth: number;
}

const inName = letter((found) => found !== '/');

/** To the end of the pattern, or of an alternative in braces. */
const readUntil = (reader: Reader, { isStart, depth }: Inside): Part | undefined => {
  const { letters } = reader;
  const parts: Part[] = [];
  const isEnd = (at: number): boolean => at >= letters.length || (depth > 0 && (letters[at] === ',' || letters[at] === '}'));
  let startsName = isStart;
  while (!isEnd(reader.at)) {
    const found = letters[reader.at++] ?? '';
    const begins = startsName;
    startsName = found === '/';
    if (found === '/' && isDoubleStar(letters, reader.at) && isEnd(reader.at + 2)) {
      reader.at += 2;
      parts.push(either([nothing, sequence([literal('/'), anything])]));
    } else if (found === '*') {
      const isDouble = begins && isDoubleStar(letters, reader.at - 1);
      if (isDouble && letters[reader.at + 1] === '/') {
        reader.at += 2;
        startsName = true;
        parts.push(many(sequence([many(inName), literal('/')])));
      } else if (isDouble && isEnd(reader.at + 1)) {
        reader.at++;
        parts.push(anything);
      } else parts.push(many(inName));
    } else if (found === '?') parts.push(inName);
    else if (found === '\\') {
      const meant = letters[reader.at++];
      if (meant === undefined) return undefined;
      parts.push(literal(meant));
    } else if (found === '[' || found === '{') {
      const part = found === '[' ? readClass(reader) : readBraces(reader, { isStart: begins, depth });
      if (part === undefined) return undefined;
      parts.push(part);
    } else if (found === '}') return undefined;
    else parts.push(literal(found));
  }
  return sequence(parts);
};

const isDoubleStar = (letters: readonly string[], at: number): boolean => letters[at] === '*' && letters[at + 1] === '*';

const readBraces = (reader: Reader, { isStart, depth }: Inside): Part | undefined => {
  if (depth >= maxDepth) return undefined;
  const options: Part[] = [];
  for (;;) {
    const option = readUntil(reader, { isStart, depth: depth + 1 });
    const ended = reader.letters[reader.at++];
    if (option === undefined || ended === undefined) return undefined;
    options.push(option);
    if (ended === '}') return either(options);
  }
};

/** Behind the bracket that opens it. It holds at least one range. */
const readClass = (reader: Reader): Part | undefined => {
  const { letters } = reader;
  const isNegated = letters[reader.at] === '^' || letters[reader.at] === '!';
  if (isNegated) reader.at++;
  const ranges: (readonly [from: string, to: string])[] = [];
  const member = (): string | undefined => {
    const first = letters[reader.at++];
    if (first === '\\') return letters[reader.at++];
    return first === '-' || first === ']' ? undefined : first;
  };
  while (letters[reader.at] !== ']' || ranges.length === 0) {
    const from = member();
    if (from === undefined) return undefined;
    const isRange = letters[reader.at] === '-';
    if (isRange) reader.at++;
    const to = isRange ? member() : from;
    if (to === undefined) return undefined;
    ranges.push([from, to]);
  }
  reader.at++;
  return letter((found) => found !== '/' && ranges.some(([from, to]) => from <= found && found <= to) !== isNegated);
};
