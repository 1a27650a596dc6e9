import { lastNotAfter } from '../model/last-not-after.ts';

/** 1-based line and column (UTF-16 units) of offsets into one text. Lines end with \n, \r\n counts as one end. */
export interface LineTable {
  readonly position: (offset: number) => { readonly line: number; readonly column: number };
  /** The offset at which a 1-based line starts; the text's length for lines behind its end. */
  readonly lineStart: (line: number) => number;
  readonly lineCount: number;
}

export const lineTable = (text: string): LineTable => {
  const starts = [0];
  for (let newline = text.indexOf('\n'); newline !== -1; newline = text.indexOf('\n', newline + 1)) starts.push(newline + 1);
  const position = (offset: number) => {
    const index = lastNotAfter(starts, offset);
    return { line: index + 1, column: offset - (starts[index] ?? 0) + 1 };
  };
  return { position, lineStart: (line) => starts[line - 1] ?? text.length, lineCount: starts.length };
};
