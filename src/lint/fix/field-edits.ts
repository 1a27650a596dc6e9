/** Edits that give the content of a field another home, with its comments and its format. */
import type { Edit } from '../../model/problem.ts';
import type { Span } from '../../model/span.ts';
import type { Entry, MapNode, Node } from '../../yaml/node.ts';

export interface Move {
  readonly root: MapNode;
  /** The text of the file. */
  readonly text: string;
  readonly from: Entry;
  /** The field whose list takes the items. */
  readonly to: string;
  readonly place: 'first' | 'last';
  /** What becomes of the items on the way. */
  readonly changes?: readonly Edit[];
}

/**
 * Gives the items of a list to the list of another field: under its new name where there is none yet, else before or
 * behind the items that are there.
 *
 * @returns undefined where both fields are there and one is not written as a block, or a comment has no place to go
 */
export const moveItems = ({ root, text, from, to, place, changes = [] }: Move): readonly Edit[] | undefined => {
  const target = root.entries.find(({ key }) => key.text === to);
  if (!target) return [{ span: from.key.span, text: to }, ...changes];
  const [first] = target.value.type === 'list' ? target.value.items : [];
  const body = bodyOf(from, text);
  if (!body || !first || text[target.value.span.start] === '[') return undefined;
  const lines = changed(text, body, changes);
  const at = startOfLine(text, first.span.start);
  const moved = indented(lines, indentAt(text, at) - indentOf(lines));
  return movedLines({ text, from, lines: moved, at: place === 'first' ? at : endOfLines(text, target.value.span.end) });
};

export interface MovedLines {
  readonly text: string;
  /** The field that goes. */
  readonly from: Entry;
  /** What comes for it, with a line break at the end. */
  readonly lines: string;
  /** The start of a line, or the end of the file. */
  readonly at: number;
}

/** Takes a field out and puts lines elsewhere; in one edit where the two places touch. */
export const movedLines = ({ text, from, lines, at }: MovedLines): readonly Edit[] => {
  const { path } = from.key.span;
  const start = startOfLine(text, from.key.span.start);
  const end = endOfLines(text, from.value.span.end);
  if (at === start || at === end) return [{ span: { path, start, end }, text: lines }];
  const isAtEnd = at > 0 && text[at - 1] !== '\n';
  return [insertion(path, at, isAtEnd ? `\n${lines.replace(/\n$/, '')}` : lines), { span: { path, start, end }, text: '' }];
};

export const insertion = (path: string, at: number, text: string): Edit => ({ span: { path, start: at, end: at }, text });

/** The lines under the key of a field; undefined where its value, or a comment, stands beside the key. */
export const bodyOf = ({ key, value }: Entry, text: string): Span | undefined => {
  const start = text.indexOf('\n', key.span.end) + 1;
  if (start === 0 || start > value.span.start || !/^\s*:\s*$/.test(text.slice(key.span.end, start))) return undefined;
  return { path: key.span.path, start, end: endOfLines(text, value.span.end) };
};

/** Every line that is not empty, by so many columns further to the right, or to the left. */
export const indented = (lines: string, by: number): string =>
  lines.replace(/^ *(?=\S)/gm, (spaces) => ' '.repeat(Math.max(0, spaces.length + by)));

/** Of the first line that is not a comment. */
export const indentOf = (lines: string): number => /^( *)[^\s#]/m.exec(lines)?.[1]?.length ?? 0;

export const indentAt = (text: string, lineStart: number): number => text.slice(lineStart).search(/\S/);

export const startOfLine = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The start of the line behind. */
export const endOfLines = (text: string, end: number): number => {
  if (text[end - 1] === '\n') return end;
  const newline = text.indexOf('\n', end);
  return newline === -1 ? text.length : newline + 1;
};

/** Where a node is written between brackets or braces. */
export const isFlow = ({ span }: Node, text: string): boolean => text[span.start] === '[' || text[span.start] === '{';

const changed = (text: string, { start, end }: Span, changes: readonly Edit[]): string =>
  changes
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (lines, { span, text: inserted }) => lines.slice(0, span.start - start) + inserted + lines.slice(span.end - start),
      text.slice(start, end),
    );
