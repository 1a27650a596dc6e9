/** Text for a terminal: harmless, measured in cells, broken at words. */
import { cells } from './cells.ts';
import { printable } from './printable.ts';

/** Printable lines of at most `width` cells; a longer word has a line of its own. White space counts as one blank. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/\s+/).filter(Boolean).map(printable)) {
    const wordCells = cells(word);
    if (line !== '' && used + 1 + wordCells > width) {
      lines.push(line);
      line = '';
    }
    used = line === '' ? wordCells : used + 1 + wordCells;
    line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
};
