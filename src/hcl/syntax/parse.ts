/**
 * The native syntax of HCL: text in, a tree out whose every node knows its span. Never throws for what stands in the text:
 * a broken block is one problem, and what follows it is read.
 */
import { conflictMarker } from '../../model/conflict-marker.ts';
import type { Span } from '../../model/span.ts';
import type { Place } from '../../yaml/place.ts';
import { attempt, fail, type HclFailure } from '../failure.ts';
import {
  type Cursor,
  createCursor,
  deeper,
  errorSpan,
  peekIdentifier,
  skip,
  skipLines,
  spanFrom,
  takeIdentifier,
  takes,
  withLines,
} from './cursor.ts';
import { readExpression } from './expression.ts';
import { readBare, readQuoted, type TemplateText } from './template.ts';
import type { Attribute, Block, Body, Expression } from './tree.ts';

export interface ParsedBody {
  readonly body: Body;
  readonly failures: readonly HclFailure[];
}

export const parseBody = (written: string, place: Place): ParsedBody => {
  const text = written.startsWith('\ufeff') ? ` ${written.slice(1)}` : written;
  const cursor = createCursor(text, place);
  const found: Items = { attributes: [], blocks: [] };
  const failures: HclFailure[] = [];
  for (;;) {
    const result = attempt(() => {
      skipLines(cursor);
      if (cursor.position >= text.length) return false;
      withLines(cursor, true, () => readItem(cursor, found));
      return true;
    });
    if ('value' in result) {
      if (!result.value) break;
      continue;
    }
    failures.push(result.failure);
    recover(cursor, result.failure.span.start - place(0, 0).start);
  }
  return { body: { ...found, span: place(0, text.length) }, failures: inConflict(text, place, failures) };
};

/** What git left in a file is one failure, whatever else the reader makes of it. A heredoc may hold such lines, and is none. */
const inConflict = (text: string, place: Place, failures: readonly HclFailure[]): readonly HclFailure[] => {
  const conflict = failures.length > 0 ? conflictMarker(text) : undefined;
  if (!conflict) return failures;
  const message = "Git's conflict markers stand in this file: finish the merge, keep one of the two sides, and take the markers out";
  return [{ message, span: place(conflict.start, conflict.end) }];
};

/** A single expression, as `variable.type` of the JSON syntax holds it. */
export const parseExpression = (text: string, place: Place): { readonly value: Expression } | { readonly failure: HclFailure } =>
  attempt(() => {
    const cursor = createCursor(text, place);
    const expression = readExpression(cursor);
    skipLines(cursor);
    if (cursor.position < text.length) fail('Extra characters after expression', errorSpan(cursor));
    return expression;
  });

/** A text that is a template as a whole. */
export const parseTemplate = (text: string, place: Place): { readonly value: Expression } | { readonly failure: HclFailure } =>
  attempt(() => {
    const cursor = createCursor(text, place);
    const { parts, only }: TemplateText = readBare(cursor, readExpression);
    const span = place(0, text.length);
    return only ? { type: 'wrap', inner: only, span } : { type: 'template', parts, span };
  });

interface Items {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
}

/** The next line that begins with a name, behind the place where it went wrong. */
const recover = (cursor: Cursor, failedAt: number): void => {
  const from = Math.max(cursor.position, failedAt);
  nextItem.lastIndex = cursor.text.indexOf('\n', from) === -1 ? cursor.text.length : cursor.text.indexOf('\n', from);
  cursor.position = (nextItem.exec(cursor.text)?.index ?? cursor.text.length - 1) + 1;
  cursor.depth = 0;
  cursor.isLineBound = false;
};

const nextItem = /\n(?=[A-Za-z_])/g;

const readItem = (cursor: Cursor, into: Items): void => {
  const name = takeIdentifier(cursor);
  if (!name) {
    fail('Argument or block definition required: a name was expected here', errorSpan(cursor));
    return;
  }
  const start = cursor.position - name.text.length;
  skip(cursor);
  if (cursor.text[cursor.position] === '=' && cursor.text[cursor.position + 1] !== '=') {
    cursor.position++;
    const value = readExpression(cursor);
    into.attributes.push({ name: name.text, nameSpan: name.span, value, span: spanFrom(cursor, start) });
  } else into.blocks.push(readBlock(cursor, name.text, start));
  endItem(cursor);
};

const endItem = (cursor: Cursor): void => {
  skip(cursor);
  const character = cursor.text[cursor.position];
  if (character === undefined || character === '\n' || character === '\r' || character === '}') return;
  fail('Missing newline after argument: each argument and each block stands on lines of its own', errorSpan(cursor));
};

const readBlock = (cursor: Cursor, type: string, start: number): Block =>
  deeper(cursor, () => {
    const labels: { text: string; span: Span }[] = [];
    while (!takes(cursor, '{')) labels.push(readLabel(cursor));
    const header = spanFrom(cursor, start);
    const bodyStart = cursor.position;
    const found: Items = { attributes: [], blocks: [] };
    for (;;) {
      skipLines(cursor);
      if (cursor.position >= cursor.text.length) fail('Unclosed configuration block: there is no closing brace for this block', header);
      if (takes(cursor, '}')) break;
      readItem(cursor, found);
    }
    const body: Body = { ...found, span: spanFrom(cursor, bodyStart, cursor.position - 1) };
    return { type, labels, body, header, span: spanFrom(cursor, start) };
  });

const readLabel = (cursor: Cursor): { text: string; span: Span } => {
  const name = peekIdentifier(cursor) === undefined ? undefined : takeIdentifier(cursor);
  if (name) return name;
  const start = cursor.position;
  if (!takes(cursor, '"')) fail('Invalid block definition: a "{", a label or an equals sign has to follow the name', errorSpan(cursor));
  const { parts } = readQuoted(cursor, readExpression);
  const span = spanFrom(cursor, start);
  const texts = parts.map((part) =>
    part.type === 'text' ? part.text : fail('Invalid string literal: a label of a block holds no template', part.span),
  );
  return { text: texts.join(''), span };
};
