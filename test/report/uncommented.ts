/** A configuration that `init` wrote, without comment signs, as it says: before keys, and what is indented below them. */
export const uncommented = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(/^( *)# (?= {2}|[a-z]+:( |$))/, '$1'))
    .join('\n');
