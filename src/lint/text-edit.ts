import type { Edit, FieldEdit } from '../model/problem.ts';

/** A new entry as text: on a line of its own with the indentation of its siblings, or inside the braces of a flow map. */
export const textEdit = ({ map, key, value }: FieldEdit, source: string): Edit => {
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
  return { span: { path, start: lineEnd, end: lineEnd }, text: `\n${indent}${key}: ${value}` };
};

/** Behind the value and a comment on its line; a block scalar's span ends behind its last newline. */
const endOfLine = (source: string, end: number): number => {
  const content = source[end - 1] === '\n' ? end - 1 : end;
  const newline = source.indexOf('\n', content);
  const lineEnd = newline === -1 ? source.length : newline;
  return source[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd;
};
