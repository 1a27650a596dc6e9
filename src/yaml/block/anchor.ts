import { skipSpaces } from './cursor.ts';
import { standsAlone } from './plain.ts';

/** The name of an anchor or alias, and where what follows it begins. */
export interface Name {
  readonly name: string;
  readonly end: number;
}

/** The name behind the `&` or `*` at `at`, of the characters that go-yaml takes into one. A space must follow, or the line's end. */
export const readName = (text: string, at: number, lineEnd: number): Name | undefined => {
  const name = nameAt(text, at, lineEnd);
  return name && (name.end === lineEnd || text.charCodeAt(name.end) === 32) ? name : undefined;
};

/** The alias at `at` where it is a key: `end` is where its colon stands. */
export const readAliasKey = (text: string, at: number, lineEnd: number): Name | undefined => {
  const name = nameAt(text, at, lineEnd);
  if (name === undefined) return undefined;
  const colon = skipSpaces(text, name.end);
  return text.charCodeAt(colon) === 58 && standsAlone(text, colon) ? { ...name, end: colon } : undefined;
};

const nameAt = (text: string, at: number, lineEnd: number): Name | undefined => {
  let end = at + 1;
  while (end < lineEnd && isNameCharacter(text.charCodeAt(end))) end++;
  return end > at + 1 ? { name: text.slice(at + 1, end), end } : undefined;
};

const isNameCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 45 || code === 95;
