import type { Span } from '../model/span.ts';
import type { ScalarNode } from './node.ts';

/** Where offsets of a text lie in the repository. */
export type Place = (start: number, end: number) => Span;

/** A text that is a whole file. */
export const wholeFile =
  (path: string): Place =>
  (start, end) => ({ path, start, end });

/**
 * A text inside a scalar (an inline patch, a values file in a ConfigMap): its offsets mapped back through the
 * indentation of the block. Where folding or escapes make that impossible, every span is the whole scalar.
 *
 * @param source the text of the file that holds the scalar
 */
export const insideScalar = (source: string, scalar: ScalarNode): Place => {
  const { path, start, end } = scalar.span;
  const raw = source.slice(start, end);
  const whole: Place = () => scalar.span;
  switch (scalar.style) {
    case 'plain':
      return raw === scalar.text ? shifted(path, start) : whole;
    case 'single':
    case 'double':
      return raw.slice(1, -1) === scalar.text ? shifted(path, start + 1) : whole;
    case 'literal':
      return insideBlock(path, start, raw, scalar.text) ?? whole;
    case 'folded':
      return whole;
    default:
      return scalar.style satisfies never;
  }
};

const shifted =
  (path: string, by: number): Place =>
  (start, end) => ({ path, start: start + by, end: end + by });

/** Lines of a literal block stand in the source one to one, each behind the block's indentation. */
const insideBlock = (path: string, start: number, raw: string, text: string): Place | undefined => {
  const header = raw.indexOf('\n');
  if (header === -1) return undefined;
  const sourceLines = lineStarts(raw, header + 1);
  const textLines = lineStarts(text, 0);
  const firstText = text.split('\n').find((line) => line.trim() !== '');
  const firstSource = raw
    .slice(header + 1)
    .split('\n')
    .find((line) => line.trim() !== '');
  if (firstText === undefined || firstSource === undefined) return undefined;
  const indent = firstSource.replace(/\r$/, '').length - firstText.replace(/\r$/, '').length;
  if (indent < 0 || !firstSource.endsWith(firstText)) return undefined;

  const map = (offset: number): number => {
    let line = 0;
    while (line + 1 < textLines.length && (textLines[line + 1] ?? 0) <= offset) line++;
    const sourceLine = sourceLines[line];
    if (sourceLine === undefined) return start + raw.length;
    const column = offset - (textLines[line] ?? 0);
    return Math.min(start + sourceLine + indent + column, start + raw.length);
  };
  return (from, to) => {
    const mapped = map(from);
    return { path, start: mapped, end: Math.max(mapped, map(to)) };
  };
};

const lineStarts = (text: string, from: number): number[] => {
  const starts = [from];
  for (let newline = text.indexOf('\n', from); newline !== -1; newline = text.indexOf('\n', newline + 1)) starts.push(newline + 1);
  return starts;
};
