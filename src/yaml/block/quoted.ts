import { lineEnd, skipSpaces } from './cursor.ts';

/** A text in quotes. */
export interface Quoted {
  readonly text: string;
  readonly style: 'single' | 'double';
  /** Behind the closing quote. */
  readonly end: number;
}

/** A text in quotes that closes on its line. Undefined where it does not, or holds an escape that is not among the common ones. */
export const readQuoted = (text: string, at: number, end: number): Quoted | undefined => {
  const close = closing(text, at, end);
  return close === undefined ? undefined : quoted(text, at, close);
};

/**
 * The same of a text that may go on below, on lines that are indented more than `parent`: what holds it. Line breaks are
 * folded: one is a space, each further one stays, and spaces around them are lost.
 */
export const readQuotedLines = (text: string, at: number, parent: number): Quoted | undefined => {
  const close = closing(text, at, text.length);
  if (close === undefined) return undefined;
  for (let line = lineEnd(text, at) + 1; line <= close; line = lineEnd(text, line) + 1) {
    const first = skipSpaces(text, line);
    if (first - line <= parent && text.charCodeAt(first) !== 10) return undefined;
  }
  return quoted(text, at, close);
};

export const isQuote = (code: number): boolean => code === 34 || code === 39;

/** Where the quote closes that opens at `at`, before `end`. */
const closing = (text: string, at: number, end: number): number | undefined =>
  text.charCodeAt(at) === 39 ? closingSingle(text, at, end) : closingDouble(text, at, end);

const closingSingle = (text: string, at: number, end: number): number | undefined => {
  let close = text.indexOf("'", at + 1);
  while (close !== -1 && close < end && text.charCodeAt(close + 1) === 39) close = text.indexOf("'", close + 2);
  return close === -1 || close >= end ? undefined : close;
};

const closingDouble = (text: string, at: number, end: number): number | undefined => {
  let close = at + 1;
  while (close < end && text.charCodeAt(close) !== 34) close += text.charCodeAt(close) === 92 ? 2 : 1;
  return close >= end ? undefined : close;
};

const quoted = (text: string, at: number, close: number): Quoted | undefined => {
  const raw = text.slice(at + 1, close);
  const end = close + 1;
  if (text.charCodeAt(at) === 39) {
    const folded = foldedLines(raw);
    return { text: folded.includes("''") ? folded.replaceAll("''", "'") : folded, style: 'single', end };
  }
  const read = raw.includes('\\') ? unescaped(raw) : foldedLines(raw);
  return read === undefined ? undefined : { text: read, style: 'double', end };
};

const foldedLines = (raw: string): string => (raw.includes('\n') ? raw.replace(lineBreaks, foldedBreaks) : raw);

/** A run of spaces is tried from its first alone: from each of them, a long one would take the square of its length. */
const lineBreaks = /(?<! ) *\n[ \n]*/g;

/** What the breaks between two lines come to: one becomes a space, and each further one stays. */
export const foldedBreaks = (written: string): string => {
  let count = 0;
  for (let at = written.indexOf('\n'); at !== -1; at = written.indexOf('\n', at + 1)) count++;
  return count === 1 ? ' ' : '\n'.repeat(count - 1);
};

const escapes: ReadonlyMap<string, string> = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', ' ': ' ', n: '\n', t: '\t', r: '\r' }),
);

/** A break that is escaped is none, and the spaces below it are none, either. */
const unescaped = (raw: string): string | undefined => {
  const parts: string[] = [];
  let start = 0;
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', start)) {
    parts.push(foldedLines(raw.slice(start, at)));
    const next = raw.charAt(at + 1);
    const escaped = next === '\n' ? '' : escapes.get(next);
    if (escaped === undefined) return undefined;
    parts.push(escaped);
    start = next === '\n' ? skipSpaces(raw, at + 2) : at + 2;
  }
  parts.push(foldedLines(raw.slice(start)));
  return parts.join('');
};
