import type { Entry, Node, ScalarNode } from '../node.ts';
import { type Cursor, skipSpaces } from './cursor.ts';
import { listNode, mapNode, plainNode, quotedNode } from './nodes.ts';
import { isIndicator } from './plain.ts';
import { isQuote, readQuoted } from './quoted.ts';

/** A node, and where what follows it begins. */
export interface Read<Kind extends Node = Node> {
  readonly node: Kind;
  readonly next: number;
}

/** Deeper than this in brackets is no manifest. */
const deepest = 8;

/**
 * A list or map in brackets that closes on the cursor's line. Undefined where it does not, and for what is rare in it:
 * comments, keys or values that are missing, pairs in a list, a comma behind the last.
 */
export const readFlow = (cursor: Cursor, at: number, depth = 0): Read | undefined => {
  if (depth > deepest) return undefined;
  return cursor.text.charCodeAt(at) === 91 ? readList(cursor, at, depth) : readMap(cursor, at, depth);
};

const readList = (cursor: Cursor, at: number, depth: number): Read | undefined => {
  const { text } = cursor;
  const items: Node[] = [];
  let here = skipSpaces(text, at + 1);
  if (text.charCodeAt(here) === 93) return { node: listNode(cursor, items, at, here + 1), next: here + 1 };
  for (;;) {
    const item = readValue(cursor, here, depth);
    if (item === undefined) return undefined;
    items.push(item.node);
    here = skipSpaces(text, item.next);
    if (text.charCodeAt(here) === 93) return { node: listNode(cursor, items, at, here + 1), next: here + 1 };
    if (text.charCodeAt(here) !== 44) return undefined;
    here = skipSpaces(text, here + 1);
  }
};

const readMap = (cursor: Cursor, at: number, depth: number): Read | undefined => {
  const { text } = cursor;
  const entries: Entry[] = [];
  let here = skipSpaces(text, at + 1);
  let isClosed = text.charCodeAt(here) === 125;
  while (!isClosed) {
    const key = readScalar(cursor, here);
    if (key === undefined || key.node.text === '<<' || text.charCodeAt(key.next) !== 58 || text.charCodeAt(key.next + 1) !== 32)
      return undefined;
    const value = readValue(cursor, skipSpaces(text, key.next + 1), depth);
    if (value === undefined) return undefined;
    entries.push({ key: key.node, value: value.node });
    here = skipSpaces(text, value.next);
    isClosed = text.charCodeAt(here) === 125;
    if (!isClosed && text.charCodeAt(here) !== 44) return undefined;
    if (!isClosed) here = skipSpaces(text, here + 1);
  }
  const node = mapNode(cursor, { entries, isFlow: true, start: at, end: here + 1 });
  return node && { node, next: here + 1 };
};

const readValue = (cursor: Cursor, at: number, depth: number): Read | undefined => {
  const code = cursor.text.charCodeAt(at);
  return code === 91 || code === 123 ? readFlow(cursor, at, depth + 1) : readScalar(cursor, at);
};

const readScalar = (cursor: Cursor, at: number): Read<ScalarNode> | undefined => {
  const { text, end } = cursor;
  if (!isQuote(text.charCodeAt(at))) return readPlain(cursor, at);
  const quoted = readQuoted(text, at, end);
  return quoted && { node: quotedNode(cursor, quoted, at), next: quoted.end };
};

/** A plain scalar between brackets also ends before a comma or a bracket. */
const readPlain = (cursor: Cursor, at: number): Read<ScalarNode> | undefined => {
  const { text, end } = cursor;
  const first = text.charCodeAt(at);
  if (isIndicator(text, at) || ((first === 45 || first === 58 || first === 63) && isBracketOrComma(text.charCodeAt(at + 1))))
    return undefined;
  let last = at;
  for (let here = at; here < end; here++) {
    const code = text.charCodeAt(here);
    if (code === 32) continue;
    const isColon = code === 58 && (text.charCodeAt(here + 1) === 32 || here + 1 === end);
    if (isBracketOrComma(code) || isColon)
      return last === at ? undefined : { node: plainNode(cursor, at, last), next: isColon ? here : last };
    if (code === 35 || (code === 58 && isBracketOrComma(text.charCodeAt(here + 1)))) return undefined;
    last = here + 1;
  }
  return undefined;
};

const isBracketOrComma = (code: number): boolean => code === 44 || code === 91 || code === 93 || code === 123 || code === 125;
