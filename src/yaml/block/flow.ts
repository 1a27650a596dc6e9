import type { Entry, Node, ScalarNode } from '../node.ts';
import { type Cursor, lineEnd, skipSpaces } from './cursor.ts';
import { keyText } from './key-text.ts';
import { listNode, mapNode, plainNode, quotedNode } from './nodes.ts';
import { isIndicator } from './plain.ts';
import { isQuote, readQuoted } from './quoted.ts';

/** A node, and where what follows it begins. */
export interface Read<Kind extends Node = Node> {
  readonly node: Kind;
  readonly next: number;
}

/** Brackets inside brackets. Far below what the package may be given. */
const deepest = 50;

/** What is around a value: how many brackets, and the column of the collection in lines that holds them all. */
interface Around {
  readonly depth: number;
  readonly parent: number;
}

/**
 * A list or map in brackets. Undefined for what is rare in it: comments, keys or values that are missing, pairs in a list,
 * scalars over several lines, lines that are not indented more than `parent`.
 *
 * @param parent the column of what holds it; -1 for a document
 */
export const readFlow = (cursor: Cursor, at: number, parent: number): Read | undefined => readBrackets(cursor, at, { depth: 0, parent });

const readBrackets = (cursor: Cursor, at: number, around: Around): Read | undefined => {
  if (around.depth > deepest) return undefined;
  return cursor.text.charCodeAt(at) === 91 ? readList(cursor, at, around) : readMap(cursor, at, around);
};

const readList = (cursor: Cursor, at: number, around: Around): Read | undefined => {
  const { text } = cursor;
  const items: Node[] = [];
  let here = skipBlank(text, at + 1, around);
  while (text.charCodeAt(here) !== 93) {
    const item = readValue(cursor, here, around);
    if (item === undefined) return undefined;
    items.push(item.node);
    here = behindPart(text, item.next, around);
    if (here === -1) return undefined;
  }
  return { node: listNode(cursor, items, at, here + 1), next: here + 1 };
};

const readMap = (cursor: Cursor, at: number, around: Around): Read | undefined => {
  const { text } = cursor;
  const entries: Entry[] = [];
  let here = skipBlank(text, at + 1, around);
  while (text.charCodeAt(here) !== 125) {
    const key = readScalar(cursor, here);
    const isOver = key && text.charCodeAt(key.next) === 58 && (key.node.style !== 'plain' || text.charCodeAt(key.next + 1) === 32);
    if (!isOver || key.node.text === '<<') return undefined;
    const value = readValue(cursor, skipBlank(text, key.next + 1, around), around);
    if (value === undefined) return undefined;
    entries.push({ key: key.node, value: value.node });
    here = behindPart(text, value.next, around);
    if (here === -1) return undefined;
  }
  const node = mapNode(cursor, { entries, isFlow: true, start: at, end: here + 1 });
  return node && { node, next: here + 1 };
};

/** Where the next part begins, or the bracket closes, behind a part that ends at `from`; -1 where neither is. */
const behindPart = (text: string, from: number, around: Around): number => {
  const at = skipBlank(text, from, around);
  const code = text.charCodeAt(at);
  if (code === 44) return skipBlank(text, at + 1, around);
  return code === 93 || code === 125 ? at : -1;
};

/** Behind spaces and line breaks; -1 before a line that is not indented enough. What closes the outermost bracket may be as deep as `parent`. */
const skipBlank = (text: string, from: number, { depth, parent }: Around): number => {
  let at = skipSpaces(text, from);
  if (text.charCodeAt(at) !== 10) return at;
  let start = at;
  while (text.charCodeAt(at) === 10) {
    start = at + 1;
    at = skipSpaces(text, start);
  }
  const code = text.charCodeAt(at);
  const isEnd = depth === 0 && (code === 93 || code === 125);
  // `---` and `...`, or nothing of them: the package looks.
  if (at === start && (code === 45 || code === 46)) return -1;
  return at - start > parent - (isEnd ? 1 : 0) ? at : -1;
};

const readValue = (cursor: Cursor, at: number, { depth, parent }: Around): Read | undefined => {
  const code = cursor.text.charCodeAt(at);
  return code === 91 || code === 123 ? readBrackets(cursor, at, { depth: depth + 1, parent }) : readScalar(cursor, at);
};

const readScalar = (cursor: Cursor, at: number): Read<ScalarNode> | undefined => {
  const { text } = cursor;
  if (at === -1) return undefined;
  if (!isQuote(text.charCodeAt(at))) return readPlain(cursor, at);
  const quoted = readQuoted(text, at, lineEnd(text, at));
  return quoted && { node: quotedNode(cursor, quoted, at), next: quoted.end };
};

/** A plain scalar between brackets also ends before a comma or a bracket, on its line or at the beginning of one below. */
const readPlain = (cursor: Cursor, at: number): Read<ScalarNode> | undefined => {
  const { text } = cursor;
  const end = lineEnd(text, at);
  const first = text.charCodeAt(at);
  if (isIndicator(text, at) || ((first === 45 || first === 58 || first === 63) && isBracketOrComma(text.charCodeAt(at + 1))))
    return undefined;
  let last = at;
  for (let here = at; here < end; here++) {
    const code = text.charCodeAt(here);
    if (code === 32) continue;
    const isColon = code === 58 && (text.charCodeAt(here + 1) === 32 || here + 1 === end);
    if (isBracketOrComma(code) || isColon) {
      const written = text.slice(at, last);
      return last === at
        ? undefined
        : { node: plainNode(cursor, at, last, isColon ? keyText(written) : written), next: isColon ? here : last };
    }
    if (code === 35 || (code === 58 && isBracketOrComma(text.charCodeAt(here + 1)))) return undefined;
    last = here + 1;
  }
  return last > at && isPartOver(text, end) ? { node: plainNode(cursor, at, last), next: end } : undefined;
};

/** Whether a comma or a closing bracket comes first on the lines below. */
const isPartOver = (text: string, lineEnd: number): boolean => {
  let at = lineEnd;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 10) at++;
  const code = text.charCodeAt(at);
  return code === 44 || code === 93 || code === 125;
};

const isBracketOrComma = (code: number): boolean => code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
