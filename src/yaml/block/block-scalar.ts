import { type Cursor, lineEnd, skipSpaces } from './cursor.ts';

/** A literal (`|`) or folded (`>`) text. */
export interface BlockScalar {
  readonly text: string;
  readonly style: 'literal' | 'folded';
  /** Behind the break of its last line; blank lines below are no part of it. */
  readonly end: number;
}

/**
 * A block scalar whose header stands at `at` on the cursor's line. Undefined for a header that keeps blank lines (`+`) or has a
 * comment, for one without content, and with spaces on a blank line above its content or too many on one below.
 *
 * @param parent the indentation of the collection that holds it
 */
export const readBlockScalar = ({ text, end }: Cursor, at: number, parent: number): BlockScalar | undefined => {
  const style = text.charCodeAt(at) === 124 ? 'literal' : 'folded';
  const digit = text.charCodeAt(at + 1) - 48;
  const deeper = digit >= 1 && digit <= 9 ? digit : undefined;
  const behind = at + (deeper === undefined ? 1 : 2);
  const isStripped = text.charCodeAt(behind) === 45;
  if (skipSpaces(text, behind + (isStripped ? 1 : 0)) !== end) return undefined;
  const lines = linesBelow(text, end + 1, { parent, depth: deeper === undefined ? undefined : Math.max(parent, 0) + deeper });
  if (lines === undefined) return undefined;
  const read = style === 'literal' ? lines.content.join('\n') : folded(lines.content);
  // A text that ends without a break gives none to its last scalar.
  const hasBreak = !isStripped && text.charCodeAt(lines.end - 1) === 10;
  return { text: hasBreak ? `${read}\n` : read, style, end: lines.end };
};

interface Lines {
  /** Without their indentation, from the first to the last that is not blank. */
  readonly content: readonly string[];
  readonly end: number;
}

interface Indentation {
  readonly parent: number;
  /** Of the content; undefined: that of its first line. */
  readonly depth: number | undefined;
}

const linesBelow = (text: string, from: number, { parent, depth: given }: Indentation): Lines | undefined => {
  const content: string[] = [];
  let depth = given ?? -1;
  let count = 0;
  let stop = from;
  for (let start = from; start < text.length; ) {
    const first = skipSpaces(text, start);
    const end = lineEnd(text, first);
    const indent = first - start;
    const isBlank = first === end;
    if (depth === -1) {
      if (isBlank && indent > 0) return undefined;
      if (!isBlank && indent <= parent) return undefined;
      if (!isBlank) depth = indent;
    } else if (!isBlank && indent < depth) break;
    content.push(isBlank && indent <= depth ? '' : text.slice(start + Math.max(depth, 0), end));
    start = end + 1;
    if (isBlank && indent <= depth) continue;
    if (isBlank) {
      // Spaces beyond the indentation are content, unless a text without a break ends in them.
      count = -1;
      continue;
    }
    count = content.length;
    stop = Math.min(start, text.length);
  }
  return count <= 0 ? undefined : { content: content.slice(0, count), end: stop };
};

/** A break becomes a space, and a blank line a break; around lines that are indented more than the first, breaks stay. */
const folded = (lines: readonly string[]): string => {
  let read = '';
  let separator = '';
  let wasDeeper = false;
  for (const line of lines) {
    if (line === '') {
      read += separator === ' ' || separator === '' ? '' : '\n';
      if (separator === '') read += '\n';
      else separator = '\n';
      continue;
    }
    const isDeeper = line.startsWith(' ');
    if (isDeeper && separator === ' ') separator = '\n';
    else if (isDeeper && !wasDeeper && separator === '\n') separator = '\n\n';
    read += separator + line;
    separator = isDeeper ? '\n' : ' ';
    wasDeeper = isDeeper;
  }
  return read;
};
