/** Where a parser is in its text, and the words it reads there. */
import type { Span } from '../../model/span.ts';
import type { Place } from '../../yaml/place.ts';
import { fail, raise } from '../failure.ts';

export interface Cursor {
  readonly text: string;
  readonly place: Place;
  position: number;
  /** Expressions and blocks around what is read. */
  depth: number;
  /** Whether a line break ends what is read; inside brackets it does not. */
  isLineBound: boolean;
}

/** Blocks, brackets and operators in each other: far above what people write, far below what a stack holds. */
const maxDepth = 200;

export const createCursor = (text: string, place: Place): Cursor => ({ text, place, position: 0, depth: 0, isLineBound: false });

export const spanFrom = (cursor: Cursor, start: number, end = cursor.position): Span => cursor.place(start, end);

/** Reads with one level more around it. */
export const deeper = <T>(cursor: Cursor, read: () => T): T => {
  if (cursor.depth >= maxDepth) {
    const span = spanFrom(cursor, cursor.position, cursor.position + 1);
    raise({ message: `Nested more than ${maxDepth} deep, which is not read`, span, isLimit: true });
  }
  cursor.depth++;
  const value = read();
  cursor.depth--;
  return value;
};

/** Reads inside brackets (lines do not count) or outside of them. */
export const withLines = <T>(cursor: Cursor, isLineBound: boolean, read: () => T): T => {
  const before = cursor.isLineBound;
  cursor.isLineBound = isLineBound;
  const value = read();
  cursor.isLineBound = before;
  return value;
};

const blank = /[ \t]*/y;
const space = /[ \t\r\n]*/y;

/** Moves over blanks and comments; over line breaks, too, unless they count. */
export const skip = (cursor: Cursor): void => {
  const { text } = cursor;
  for (;;) {
    const pattern = cursor.isLineBound ? blank : space;
    pattern.lastIndex = cursor.position;
    cursor.position += pattern.exec(text)?.[0].length ?? 0;
    const character = text[cursor.position];
    const next = text[cursor.position + 1];
    if (character === '\r' && next !== '\n' && cursor.isLineBound) cursor.position++;
    else if (character === '#' || (character === '/' && next === '/')) {
      const end = text.indexOf('\n', cursor.position);
      cursor.position = end === -1 ? text.length : end;
    } else if (character === '/' && next === '*') {
      const end = text.indexOf('*/', cursor.position + 2);
      if (end === -1) fail('Unterminated comment: a comment that begins with /* goes on to the next */', errorSpan(cursor));
      cursor.position = end + 2;
    } else return;
  }
};

/** Moves over everything that has no meaning, line breaks included. */
export const skipLines = (cursor: Cursor): void => withLines(cursor, false, () => skip(cursor));

export const errorSpan = (cursor: Cursor): Span => spanFrom(cursor, cursor.position, Math.min(cursor.position + 1, cursor.text.length));

export const startsWith = (cursor: Cursor, word: string): boolean => cursor.text.startsWith(word, cursor.position);

/** Reads a sign if it comes next, behind blanks. */
export const takes = (cursor: Cursor, sign: string): boolean => {
  skip(cursor);
  if (!startsWith(cursor, sign)) return false;
  cursor.position += sign.length;
  return true;
};

export const expectSign = (cursor: Cursor, sign: string, message: string): void => {
  if (!takes(cursor, sign)) fail(message, errorSpan(cursor));
};

/** `Ident` of the grammar: hyphens may stand inside. */
const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;

/** The identifier that comes next, behind blanks. */
export const takeIdentifier = (cursor: Cursor): { readonly text: string; readonly span: Span } | undefined => {
  skip(cursor);
  identifier.lastIndex = cursor.position;
  const found = identifier.exec(cursor.text)?.[0];
  if (found === undefined) return undefined;
  const start = cursor.position;
  cursor.position += found.length;
  return { text: found, span: spanFrom(cursor, start) };
};

/** Whether an identifier comes next, without reading it. */
export const peekIdentifier = (cursor: Cursor): string | undefined => {
  const before = cursor.position;
  const found = takeIdentifier(cursor)?.text;
  cursor.position = before;
  return found;
};
