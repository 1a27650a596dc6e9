import type { Edit, EntryRemoval, FieldEdit, Fix, ItemRemoval } from '../../model/problem.ts';

/**
 * An edit of a fix as text of its file.
 *
 * @param sourceOf the text of a file by the path in its spans
 */
export const textEdit = (edit: Fix['edits'][number], sourceOf: (path: string) => string): Edit => {
  if ('span' in edit) return edit;
  if ('entry' in edit) return removedEntry(edit, sourceOf(edit.map.span.path));
  if ('map' in edit) return newEntry(edit, sourceOf(edit.map.span.path));
  return removedItem(edit, sourceOf(edit.item.span.path));
};

/** On a line of its own with the indentation of its siblings, or inside the braces of a flow map. */
const newEntry = ({ map, key, value }: FieldEdit, source: string): Edit => {
  const { path, start } = map.span;
  const [first] = map.entries;
  const last = map.entries.at(-1);
  const isFlow = source[start] === '{';
  if (isFlow || !first || !last) {
    const inside = last?.value.span.end ?? start + 1;
    const separator = last ? ', ' : ' ';
    return { span: { path, start: inside, end: inside }, text: `${separator}${key}: ${value}${last ? '' : ' '}` };
  }
  const lineStart = source.lastIndexOf('\n', first.key.span.start - 1) + 1;
  const indent = ' '.repeat(first.key.span.start - lineStart);
  const lineEnd = endOfLine(source, last.value.span.end);
  return { span: { path, start: lineEnd, end: lineEnd }, text: `${source[lineEnd] === '\r' ? '\r\n' : '\n'}${indent}${key}: ${value}` };
};

/** Behind the value and a comment on its line; a block scalar's span ends behind its last newline. */
const endOfLine = (source: string, end: number): number => {
  const content = source[end - 1] === '\n' ? end - 1 : end;
  const newline = source.indexOf('\n', content);
  const lineEnd = newline === -1 ? source.length : newline;
  return source[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
};

/** The lines of an entry of a block map; in braces, and behind the dash of a list, the entry and what parts it from the next. */
const removedEntry = ({ map, entry }: EntryRemoval, source: string): Edit => {
  const { path, start } = entry.key.span;
  const { end } = entry.value.span;
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  if (source.slice(lineStart, start).trim() === '') return { span: { path, start: lineStart, end: nextLine(source, end) }, text: '' };
  const index = map.entries.indexOf(entry);
  const [before, after] = [map.entries[index - 1], map.entries[index + 1]];
  if (after) return { span: { path, start, end: after.key.span.start }, text: '' };
  return { span: { path, start: before?.value.span.end ?? start, end }, text: '' };
};

/** The lines of an item of a block list; in brackets, the item and the comma before or behind it. */
const removedItem = ({ list, item }: ItemRemoval, source: string): Edit => {
  const { path, start, end } = item.span;
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  if (/^[ \t]*-[ \t]+$/.test(source.slice(lineStart, start))) {
    return { span: { path, start: lineStart, end: nextLine(source, end) }, text: '' };
  }
  const index = list.items.indexOf(item);
  const [before, after] = [list.items[index - 1], list.items[index + 1]];
  if (before && isComma(source.slice(before.span.end, start))) return { span: { path, start: before.span.end, end }, text: '' };
  const isFirst = after !== undefined && isComma(source.slice(end, after.span.start));
  return { span: { path, start, end: isFirst ? after.span.start : end }, text: '' };
};

const nextLine = (source: string, end: number): number => {
  const next = source.indexOf('\n', endOfLine(source, end));
  return next === -1 ? source.length : next + 1;
};

const isComma = (between: string): boolean => /^\s*,\s*$/.test(between);
