/**
 * The part of YAML that manifests are written in, read in one pass: what the `yaml` package takes several times as long
 * for. What it reads is what `convert` makes of the package's tree, spans and ends included; a text that is not wholly
 * within this grammar, or that is wrong, is left to the package.
 *
 *     text      = *blank [document] *(marker [document])
 *     marker    = "---" [comment]              ; a text without one is one document
 *     document  = map | list | flow            ; at column 0; none below a marker is an empty document
 *     map       = 1*(key ":" value)            ; keys in one column, each written once
 *     key       = plain | quoted | alias       ; on one line; `<<` and `!!merge <<` merge a map or a list of maps
 *     value     = inline | below | list in the column of the key | nothing
 *     below     = ["&" name] (deeper map or list | deeper scalar) ; on lines of their own
 *     list      = 1*("-" (inline | map | list | below)) ; dashes in one column
 *     inline    = ["&" name] (plain | quoted | scalar | flow) | alias
 *     alias     = "*" name                     ; of an anchor above it in the document
 *     plain     = one line, or several that are indented more than their collection, with no comment among them
 *     quoted    = '…' | "…"                    ; lines below are indented as those of plain; escapes \" \\ \/ \n \t \r
 *     flow      = […] | {…}                    ; of plain and quoted on one line each, and of flow; lines as those of plain
 *     scalar    = ("|" | ">") [digit] ["-"] *space ; below it lines that are indented more than the collection
 *     blank     = a line of spaces, or of a comment
 *
 * No anchors of keys, or of what stands in the column of its key, no tags, directives, `...`, tabs, carriage returns or other control characters.
 */

import type { Document, Entry, ListNode, MapNode, Node } from '../node.ts';
import type { Place } from '../place.ts';
import { treeSize } from '../tree-size.ts';
import { type Name, readAliasKey, readName } from './anchor.ts';
import { readBlockScalar } from './block-scalar.ts';
import { advance, type Cursor, cursorAt, lineEnd, skipSpaces } from './cursor.ts';
import { readFlow } from './flow.ts';
import { keyText } from './key-text.ts';
import { listNode, mapNode, plainNode, quotedNode } from './nodes.ts';
import { isIndicator, isRestEmpty, keyEnd, plainEnd, standsAlone } from './plain.ts';
import { foldedBreaks, isQuote, readQuoted, readQuotedLines } from './quoted.ts';

/** Collections inside collections. Far below what the package may be given. */
const deepest = 50;

/** Nodes that the aliases of a text stand for: where they are more, the package counts them against the limit. */
const mostAliased = 10_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the grammar leaves out.
const outside = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\n +$/;

/** The documents of a text; undefined where the text is not wholly within the grammar. */
export const readBlock = (text: string, place: Place): readonly Document[] | undefined => {
  if (outside.test(text)) return undefined;
  const cursor = cursorAt(text, place);
  advance(cursor, 0, -1);
  // Comments alone: the package knows what that is.
  if (cursor.indent === -1) return undefined;
  const documents: Document[] = [];
  while (cursor.indent !== -1) {
    const document = readDocument(cursor, documents.length);
    if (document === undefined) return undefined;
    documents.push(document);
  }
  return documents;
};

const readDocument = (cursor: Cursor, index: number): Document | undefined => {
  const start = cursor.lineStart;
  cursor.anchors.clear();
  if (isMarker(cursor)) {
    const behind = start + 3;
    if (!isRestEmpty(cursor.text, behind, cursor.end)) return undefined;
    const emptyEnd = skipSpaces(cursor.text, behind);
    const hasComment = emptyEnd < cursor.end;
    advance(cursor, cursor.end + 1, -1);
    if (isAtEnd(cursor)) {
      const end = hasComment || cursor.passedComment ? cursor.first : emptyEnd;
      return { index, root: undefined, span: cursor.place(start, end) };
    }
  } else if (index > 0) return undefined;
  if (cursor.indent !== 0) return undefined;
  const root = readRoot(cursor);
  if (root === undefined || !isAtEnd(cursor)) return undefined;
  return { index, root, span: cursor.place(start, cursor.endsInNothing ? cursor.reach : cursor.first) };
};

const readRoot = (cursor: Cursor): Node | undefined => {
  if (isDash(cursor)) return readList(cursor, 0, 0);
  const code = cursor.text.charCodeAt(cursor.first);
  if (code !== 91 && code !== 123) return readMap(cursor, 0, 0);
  const root = readInline(cursor, cursor.first, { column: -1, depth: 0 });
  // The package ends such a document somewhere in the blank lines and comments below it.
  return cursor.passedComment || cursor.lineStart !== cursor.reach ? undefined : root;
};

/** At the end of the text or of a document. */
const isAtEnd = (cursor: Cursor): boolean => cursor.indent === -1 || isMarker(cursor);

const isMarker = ({ text, lineStart, indent }: Cursor): boolean =>
  indent === 0 && text.startsWith('---', lineStart) && standsAlone(text, lineStart + 2);

const isDash = ({ text, first }: Cursor): boolean => text.charCodeAt(first) === 45 && standsAlone(text, first);

/** A map whose first key stands on the cursor's line at `column`. */
const readMap = (cursor: Cursor, column: number, depth: number): MapNode | undefined => {
  if (depth > deepest) return undefined;
  const first = cursor.lineStart + column;
  // The package begins a map behind the tag of its first key.
  const start = first + mergeTag(cursor.text, first).length;
  const entries: Entry[] = [];
  do {
    const entry = readEntry(cursor, cursor.lineStart + column, { column, depth });
    if (entry === undefined || cursor.indent > column) return undefined;
    entries.push(entry);
  } while (cursor.indent === column && !isAtEnd(cursor) && !isDash(cursor));
  if (cursor.indent === column && isDash(cursor)) return undefined;
  const node = mapNode(cursor, { entries, isFlow: false, start, end: cursor.reach });
  close(cursor, column);
  return node;
};

/** The column that a collection stands in, and how many stand around it. */
interface Level {
  readonly column: number;
  readonly depth: number;
}

const readEntry = (cursor: Cursor, at: number, level: Level): Entry | undefined => {
  const key = readKey(cursor, at);
  if (key === undefined) return undefined;
  const { text, end } = cursor;
  const colon = key.next;
  const behind = skipSpaces(text, colon + 1);
  const value = isLineOver(text, behind, end) ? readBelow(cursor, behind, level) : readInline(cursor, behind, level);
  return value && { key: key.node, value };
};

/** Whether nothing but a comment follows on the line. `at` is behind a space, or at its end. */
const isLineOver = (text: string, at: number, end: number): boolean => at >= end || text.charCodeAt(at) === 35;

const readKey = (cursor: Cursor, at: number) => {
  const { text, end } = cursor;
  if (isQuote(text.charCodeAt(at))) {
    const quoted = readQuoted(text, at, end);
    const isKey = quoted !== undefined && text.charCodeAt(quoted.end) === 58 && standsAlone(text, quoted.end);
    return isKey ? { node: quotedNode(cursor, quoted, at), next: quoted.end } : undefined;
  }
  if (text.charCodeAt(at) === 42) {
    const alias = readAliasKey(text, at, end);
    const node = alias && anchored(cursor, alias);
    return alias && node?.type === 'scalar' ? { node, next: alias.end } : undefined;
  }
  const start = at + mergeTag(text, at).length;
  if (isIndicator(text, start)) return undefined;
  const colon = keyEnd(text, start, end);
  return colon === undefined ? undefined : { node: plainNode(cursor, start, colon, keyText(text.slice(start, colon))), next: colon };
};

/** `!!merge `, which go-yaml writes before `<<`. */
const mergeTag = (text: string, at: number): string => (text.startsWith(taggedMerge, at) ? '!!merge ' : '');

const taggedMerge = '!!merge <<:';

/** What a key has on the lines below it. `behind` is where the rest of its own line begins. */
const readBelow = (cursor: Cursor, behind: number, { column, depth }: Level): Node | undefined => {
  const hasComment = behind < cursor.end;
  const below = cursor.end + 1;
  advance(cursor, below, -1);
  if (cursor.indent > column) return readOnOwnLine(cursor, column, depth + 1);
  if (cursor.indent === column && isDash(cursor) && !isMarker(cursor)) return readList(cursor, column, depth + 1);
  // The package loses blank lines between a key at column 0 that has no value and a marker.
  if (column === 0 && cursor.indent === 0 && isMarker(cursor) && cursor.lineStart > below) return undefined;
  cursor.reach = hasComment || cursor.passedComment ? cursor.first : behind;
  cursor.deepestComment = -1;
  cursor.endsInNothing = true;
  return plainNode(cursor, behind, behind);
};

const readOnOwnLine = (cursor: Cursor, parent: number, depth: number): Node | undefined => {
  const { indent, first } = cursor;
  if (isDash(cursor)) return readList(cursor, indent, depth);
  if (isKey(cursor, first)) return readMap(cursor, indent, depth);
  return isBlockScalar(cursor, first) || isAnchorAlone(cursor, first) ? undefined : readInline(cursor, first, { column: parent, depth });
};

/** An anchor on a line of its own: what it is of may stand in its column. */
const isAnchorAlone = ({ text, end }: Cursor, at: number): boolean => {
  const anchor = text.charCodeAt(at) === 38 ? readName(text, at, end) : undefined;
  return anchor !== undefined && isLineOver(text, skipSpaces(text, anchor.end), end);
};

/** A list whose first dash stands on the cursor's line at `column`. */
const readList = (cursor: Cursor, column: number, depth: number): ListNode | undefined => {
  if (depth > deepest) return undefined;
  const start = cursor.lineStart + column;
  const items: Node[] = [];
  do {
    const item = readItem(cursor, cursor.lineStart + column, { column, depth });
    if (item === undefined || cursor.indent > column) return undefined;
    items.push(item);
  } while (cursor.indent === column && !isAtEnd(cursor) && isDash(cursor));
  const node = listNode(cursor, items, start, cursor.reach);
  close(cursor, column);
  return node;
};

/** What stands behind a dash: a value, or a collection whose column is where it begins. */
const readItem = (cursor: Cursor, dash: number, { column, depth }: Level): Node | undefined => {
  const { text, lineStart, end } = cursor;
  const at = skipSpaces(text, dash + 1);
  if (isLineOver(text, at, end)) return readDeeper(cursor, { column, depth });
  if (text.charCodeAt(at) === 45 && standsAlone(text, at)) return readList(cursor, at - lineStart, depth + 1);
  return isKey(cursor, at) ? readMap(cursor, at - lineStart, depth + 1) : readInline(cursor, at, { column, depth });
};

/** What stands on the lines below alone, deeper than what holds it. */
const readDeeper = (cursor: Cursor, { column, depth }: Level): Node | undefined => {
  advance(cursor, cursor.end + 1, -1);
  return cursor.indent > column ? readOnOwnLine(cursor, column, depth + 1) : undefined;
};

/** The comments that are not left of a collection end it behind them; the others go to what holds it. */
const close = (cursor: Cursor, column: number): void => {
  if (column === 0 || cursor.deepestComment < column) return;
  cursor.reach = cursor.first;
  cursor.deepestComment = -1;
};

const isKey = (cursor: Cursor, at: number): boolean => {
  const { text, end } = cursor;
  if (text.charCodeAt(at) === 42) return readAliasKey(text, at, end) !== undefined;
  if (text.startsWith(taggedMerge, at)) return true;
  if (!isQuote(text.charCodeAt(at))) return !isIndicator(text, at) && keyEnd(text, at, end) !== undefined;
  const quoted = readQuoted(text, at, end);
  return quoted !== undefined && text.charCodeAt(quoted.end) === 58;
};

const isBlockScalar = ({ text }: Cursor, at: number): boolean => text.charCodeAt(at) === 124 || text.charCodeAt(at) === 62;

/** A value that begins on the cursor's line. */
const readInline = (cursor: Cursor, at: number, level: Level): Node | undefined => {
  const { text } = cursor;
  const parent = level.column;
  const code = text.charCodeAt(at);
  if (isBlockScalar(cursor, at)) {
    const scalar = readBlockScalar(cursor, at, parent);
    if (scalar) advance(cursor, scalar.end, Number.POSITIVE_INFINITY);
    return scalar && quotedNode(cursor, scalar, at);
  }
  if (isQuote(code)) {
    const quoted = readQuotedLines(text, at, parent);
    if (quoted === undefined) return undefined;
    cursor.end = lineEnd(text, quoted.end);
    return endLine(cursor, { node: quotedNode(cursor, quoted, at), next: quoted.end }, parent);
  }
  if (code === 91 || code === 123) {
    const flow = readFlow(cursor, at, parent);
    if (flow === undefined) return undefined;
    cursor.end = lineEnd(text, flow.next);
    return endLine(cursor, flow, parent);
  }
  if (code === 38) return readAnchored(cursor, at, level);
  if (code === 42) return readAlias(cursor, at, parent);
  return isIndicator(text, at) ? undefined : readPlain(cursor, at, parent);
};

/** What stands behind its anchor, or below it. */
const readAnchored = (cursor: Cursor, at: number, level: Level): Node | undefined => {
  const { text, end } = cursor;
  const anchor = readName(text, at, end);
  if (anchor === undefined) return undefined;
  const value = skipSpaces(text, anchor.end);
  const code = text.charCodeAt(value);
  // Another anchor, or an alias.
  if (code === 38 || code === 42) return undefined;
  const node = isLineOver(text, value, end) ? readDeeper(cursor, level) : readInline(cursor, value, level);
  if (node === undefined) return undefined;
  cursor.anchors.set(anchor.name, node);
  return node;
};

const readAlias = (cursor: Cursor, at: number, parent: number): Node | undefined => {
  const alias = readName(cursor.text, at, cursor.end);
  const node = alias && anchored(cursor, alias);
  return alias && node && endLine(cursor, { node, next: alias.end }, parent);
};

/** What has the anchor of the name; undefined where none has it, or where aliases stand for too much. */
const anchored = (cursor: Cursor, { name }: Name): Node | undefined => {
  const node = cursor.anchors.get(name);
  if (node) cursor.aliased += treeSize(node).nodes;
  return cursor.aliased > mostAliased ? undefined : node;
};

const endLine = (cursor: Cursor, { node, next }: { readonly node: Node; readonly next: number }, parent: number): Node | undefined => {
  if (!isRestEmpty(cursor.text, next, cursor.end)) return undefined;
  advance(cursor, cursor.end + 1, parent);
  return node;
};

/** A plain scalar, with the lines below it that are indented more than what holds it. */
const readPlain = (cursor: Cursor, at: number, parent: number): Node | undefined => {
  const { text } = cursor;
  let last = plainEnd(text, at, cursor.end);
  if (last === undefined) return undefined;
  let read = text.slice(at, last);
  for (;;) {
    const { end } = cursor;
    advance(cursor, end + 1, parent);
    if (cursor.indent <= parent) return plainNode(cursor, at, last, read);
    // A comment ends the scalar: what follows it is wrong.
    if (cursor.passedComment || !isRestBlank(text, last, end)) return undefined;
    const more = plainEnd(text, cursor.first, cursor.end);
    if (more === undefined) return undefined;
    read += foldedBreaks(text.slice(end, cursor.lineStart)) + text.slice(cursor.first, more);
    last = more;
  }
};

const isRestBlank = (text: string, from: number, end: number): boolean => skipSpaces(text, from) >= end;
