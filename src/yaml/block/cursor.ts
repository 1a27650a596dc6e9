import type { Node } from '../node.ts';
import type { Place } from '../place.ts';

/** Where a reader stands: always on a line that has content, or at the end of the text. One reader alone moves it. */
export interface Cursor {
  readonly text: string;
  readonly place: Place;
  /** Where the line starts. */
  lineStart: number;
  /** Spaces before its content; -1 at the end of the text. */
  indent: number;
  /** Where its content begins: the text's length at the end of the text. */
  first: number;
  /** Where its line break stands, or the text's length. */
  end: number;
  /**
   * Where what was read last ends for the collections around it: behind its line, and behind the comments below that
   * are indented more than what holds it.
   */
  reach: number;
  /** The deepest of the comments behind `reach`; -1 without one. A collection takes those that are not left of it. */
  deepestComment: number;
  /** A comment line was passed on the way to this line. */
  passedComment: boolean;
  /** What was read last is a key without a value. */
  endsInNothing: boolean;
  /** The anchors of this document. */
  readonly anchors: Map<string, Node>;
  /** How many nodes aliases stand for, in all documents. */
  aliased: number;
}

export const cursorAt = (text: string, place: Place): Cursor => ({
  text,
  place,
  lineStart: 0,
  indent: -1,
  first: 0,
  end: 0,
  reach: 0,
  deepestComment: -1,
  passedComment: false,
  endsInNothing: false,
  anchors: new Map(),
  aliased: 0,
});

/**
 * Goes to the next line with content.
 *
 * @param from where a line starts, behind what was read last
 * @param owner comments deeper than this belong to what was read last; Infinity for what takes none
 */
export const advance = (cursor: Cursor, from: number, owner: number): void => {
  const { text } = cursor;
  cursor.reach = Math.min(from, text.length);
  cursor.deepestComment = -1;
  cursor.passedComment = false;
  cursor.endsInNothing = false;
  let lineStart = from;
  while (lineStart < text.length) {
    const first = skipSpaces(text, lineStart);
    const end = lineEnd(text, first);
    const isComment = text.charCodeAt(first) === 35;
    if (first < end && !isComment) {
      standOn(cursor, lineStart, first, end);
      return;
    }
    if (isComment) passComment(cursor, first - lineStart, Math.min(end + 1, text.length), owner);
    lineStart = end + 1;
  }
  standOn(cursor, text.length, text.length, text.length);
  cursor.indent = -1;
};

const standOn = (cursor: Cursor, lineStart: number, first: number, end: number): void => {
  cursor.lineStart = lineStart;
  cursor.indent = first - lineStart;
  cursor.first = first;
  cursor.end = end;
};

/** The package gives a value the comments below it that are indented more than its siblings, up to the first that is not. */
const passComment = (cursor: Cursor, indent: number, next: number, owner: number): void => {
  cursor.passedComment = true;
  if (cursor.deepestComment === -1 && indent > owner) cursor.reach = next;
  else cursor.deepestComment = Math.max(cursor.deepestComment, indent);
};

export const skipSpaces = (text: string, from: number): number => {
  let at = from;
  while (text.charCodeAt(at) === 32) at++;
  return at;
};

export const lineEnd = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
};
