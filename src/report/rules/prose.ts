/** Text of a template literal without the indentation it has in the source; a single line break within a paragraph is a blank. */
export const prose = (text: string): string =>
  text
    .trim()
    .split(/\n[ \t]*\n/)
    .map(paragraph)
    .join('\n\n');

/** Lists and code keep their lines. */
const paragraph = (text: string): string => {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.some((line) => /^([-*] |\d+\. |```)/.test(line)) ? lines.join('\n') : lines.join(' ');
};
