/** The name of an anchor or alias, and where what follows it begins. */
export interface Name {
  readonly name: string;
  readonly end: number;
}

/** The name behind the `&` or `*` at `at`, of the characters that go-yaml takes into one. A space must follow, or the line's end. */
export const readName = (text: string, at: number, lineEnd: number): Name | undefined => {
  let end = at + 1;
  while (end < lineEnd && isNameCharacter(text.charCodeAt(end))) end++;
  const isWhole = end > at + 1 && (end === lineEnd || text.charCodeAt(end) === 32);
  return isWhole ? { name: text.slice(at + 1, end), end } : undefined;
};

const isNameCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 45 || code === 95;
