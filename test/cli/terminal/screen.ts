/** Erases to the end of the line. */
export const eraseToEnd = '\u001b[K';

/** What a terminal shows in the end, as far as a line that is drawn over goes. */
export const screen = (written: string): string => {
  const lines = [''];
  let column = 0;
  const erase = '\u0000';
  for (const token of written.replaceAll(eraseToEnd, erase)) {
    const row = lines.length - 1;
    const line = lines[row] ?? '';
    if (token === '\r' || token === '\n') column = 0;
    if (token === '\r') continue;
    if (token === '\n') lines.push('');
    else if (token === erase) lines[row] = line.slice(0, column);
    else {
      lines[row] = line.slice(0, column).padEnd(column) + token + line.slice(column + 1);
      column++;
    }
  }
  return lines.join('\n').trimEnd();
};
