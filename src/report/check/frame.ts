import type { Location } from '../../model/finding.ts';
import type { LineTable } from '../../yaml/lines.ts';
import { cells } from '../cells.ts';
import { printable } from '../printable.ts';

export interface FrameInput {
  readonly text: string;
  readonly lines: LineTable;
  readonly location: Location;
  readonly width: number;
  readonly paint: { readonly quiet: (text: string) => string; readonly marker: (text: string) => string };
}

/** Lines of a longer span that are shown at its beginning; of the rest only the last. */
const shownAtStart = 3;
const widest = 160;
/** Cells of a line that are not its text: arrow, bar, blanks and a sign of omission at each end. */
const beside = 7;

/** The lines of a place with one line around them, numbers before them and a marker below the span. Empty where the text has no such line. */
export const codeFrame = ({ text, lines, location, width, paint }: FrameInput): readonly string[] => {
  if (location.line > lines.lineCount) return [];
  const span = spanOf(location, lines);
  const numbers = shownNumbers(span, text, lines);
  const digits = String(Math.max(...numbers)).length;
  const room = Math.max(20, Math.min(width, widest) - digits - beside);
  const from = location.column > room - 10 ? location.column - Math.floor(room / 3) : 0;
  const bar = paint.quiet('\u2502');
  const numberless = `  ${' '.repeat(digits)} `;

  const frame: string[] = [];
  let before: number | undefined;
  for (const number of numbers) {
    if (before !== undefined && number > before + 1) frame.push(`${numberless}${paint.quiet('\u22ee')}`);
    before = number;
    const line = lineText(text, lines, number);
    const inSpan = number >= span.line && number <= span.endLine;
    const arrow = inSpan ? paint.marker('>') : ' ';
    frame.push(`${arrow} ${paint.quiet(String(number).padStart(digits))} ${bar} ${clipped(line, from, room)}`.trimEnd());
    if (number !== span.line && number !== span.endLine) continue;

    const start = number === span.line ? location.column - 1 : line.length - line.trimStart().length;
    const end = number === span.endLine ? span.endColumn - 1 : line.trimEnd().length;
    const blank = ' '.repeat(cells(clipped(line.slice(0, start), from, room)));
    const marked = cells(displayed(line.slice(Math.max(start, from), Math.min(Math.max(end, start), shownUntil(line, from, room)))));
    frame.push(`${numberless}${bar} ${blank}${paint.marker('^'.repeat(Math.max(1, marked)))}`);
  }
  return frame;
};

/** A span that ends at the start of a line ends with the line before. */
const spanOf = ({ line, endLine, endColumn }: Location, lines: LineTable) => {
  if (endLine > line && endColumn === 1) return { line, endLine: endLine - 1, endColumn: Number.POSITIVE_INFINITY };
  return { line, endLine: Math.min(endLine, lines.lineCount), endColumn };
};

const shownNumbers = ({ line, endLine }: { readonly line: number; readonly endLine: number }, text: string, lines: LineTable) => {
  const wanted = [line - 1];
  for (let number = line; number <= endLine && number < line + shownAtStart; number++) wanted.push(number);
  if (endLine >= line + shownAtStart) wanted.push(endLine);
  wanted.push(endLine + 1);
  const isLine = (number: number) => number >= 1 && number <= lines.lineCount;
  const isEmptyEnd = (number: number) => number === lines.lineCount && number > endLine && lines.lineStart(number) === text.length;
  return wanted.filter((number) => isLine(number) && !isEmptyEnd(number));
};

const lineText = (text: string, lines: LineTable, number: number): string =>
  text.slice(lines.lineStart(number), lines.lineStart(number + 1)).replace(/\r?\n$/, '');

/** The part of a line that fits, with a sign where something is left out. Positions before `from` keep the sign's width. */
const clipped = (line: string, from: number, room: number): string => {
  const end = shownUntil(line, from, room);
  return `${from > 0 ? '\u2026' : ''}${displayed(line.slice(from, end))}${line.length > end ? '\u2026' : ''}`;
};

/** Where the part that begins at `from` fills its cells. */
const shownUntil = (line: string, from: number, room: number): number => {
  const part = line.slice(from, from + room);
  if (cells(displayed(part)) <= room) return from + part.length;
  let [end, used] = [from, 0];
  for (const character of part) {
    used += cells(displayed(character));
    if (used > room) break;
    end += character.length;
  }
  return end;
};

/** Half a character is left where one was cut in two. */
const displayed = (text: string): string => printable(text.replace(/\p{Cs}/gu, '').replaceAll('\t', '  '));
