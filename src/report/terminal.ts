/** Text for a terminal: harmless, measured in cells, broken at words. */
import { cells } from './cells.ts';

/** Control characters, line separators and those that reverse the reading direction: a file must not steer a terminal. */
const steering = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** The text with every steering character replaced by a visible sign. */
export const printable = (text: string): string => text.replace(steering, visibleSign);

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

const visibleSign = (character: string): string => {
  const code = character.charCodeAt(0);
  const controlPictures = 0x2400;
  if (code < 0x20) return String.fromCharCode(controlPictures + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
};
