/**
 * Folded scalars (`>`) as go-yaml writes and reads them. kustomize prints every object and reads it again, and what
 * comes back is not what was there: a line break before a more-indented line is written twice and folded never.
 */
import { unprintable } from './print-as-go.ts';

/**
 * The text of a folded scalar after go-yaml wrote it in its own style and read it again (`emitterc.go`,
 * `yaml_emitter_write_folded_scalar`; `scannerc.go`, `yaml_parser_scan_block_scalar`). What no block scalar can hold is
 * written in double quotes, and stays.
 */
export const foldedAgain = (text: string): string => {
  if (text === '' || unprintable.test(text.replaceAll('\t', '')) || / (?:\n|$)/.test(text)) return text;
  return unfold(writtenLines(text), !text.endsWith('\n') ? 'strip' : text === '\n' || text.endsWith('\n\n') ? 'keep' : 'clip');
};

/** The lines of the block without its indentation. */
const writtenLines = (text: string): readonly string[] => {
  // A second break is written behind every line, unless the text itself begins with blanks: the emitter looks there.
  const doubles = !/^\n*(?:[ \t]|$)/.test(text);
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    lines.push(line);
    if (doubles && line !== '' && !isIndented(line)) lines.push('');
  }
  // The text ends with its last line, or with the break behind it.
  const last = text.slice(text.lastIndexOf('\n') + 1);
  if (last === '' || (doubles && !isIndented(last))) lines.pop();
  return lines;
};

const unfold = (lines: readonly string[], chomping: 'strip' | 'clip' | 'keep'): string => {
  const lastLine = lines.findLastIndex((line) => line !== '');
  let result = '';
  let breaks = 0;
  let previous: string | undefined;
  for (const line of lines.slice(0, lastLine + 1)) {
    if (line === '') {
      breaks++;
      continue;
    }
    if (previous === undefined) result += '\n'.repeat(breaks);
    else if (isIndented(previous) || isIndented(line)) result += '\n'.repeat(breaks + 1);
    else result += breaks === 0 ? ' ' : '\n'.repeat(breaks);
    result += line;
    breaks = 0;
    previous = line;
  }
  const trailing = lines.length - 1 - lastLine;
  if (chomping === 'keep') return result + '\n'.repeat(trailing + (previous === undefined ? 0 : 1));
  return chomping === 'clip' ? `${result}\n` : result;
};

const isIndented = (line: string): boolean => line.startsWith(' ') || line.startsWith('\t');
