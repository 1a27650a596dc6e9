/** A text in quotes that ends on its line. */
export interface Quoted {
  readonly text: string;
  readonly style: 'single' | 'double';
  /** Behind the closing quote. */
  readonly end: number;
}

/** Undefined where the quote does not close on the line, or holds an escape that is not among the common ones. */
export const readQuoted = (text: string, at: number, lineEnd: number): Quoted | undefined =>
  text.charCodeAt(at) === 39 ? readSingle(text, at, lineEnd) : readDouble(text, at, lineEnd);

export const isQuote = (code: number): boolean => code === 34 || code === 39;

const readSingle = (text: string, at: number, lineEnd: number): Quoted | undefined => {
  let close = text.indexOf("'", at + 1);
  while (close !== -1 && close < lineEnd && text.charCodeAt(close + 1) === 39) close = text.indexOf("'", close + 2);
  if (close === -1 || close >= lineEnd) return undefined;
  const raw = text.slice(at + 1, close);
  return { text: raw.includes("''") ? raw.replaceAll("''", "'") : raw, style: 'single', end: close + 1 };
};

const readDouble = (text: string, at: number, lineEnd: number): Quoted | undefined => {
  let close = at + 1;
  let isEscaped = false;
  while (close < lineEnd && text.charCodeAt(close) !== 34) {
    const isEscape = text.charCodeAt(close) === 92;
    if (isEscape) isEscaped = true;
    close += isEscape ? 2 : 1;
  }
  if (close >= lineEnd) return undefined;
  const raw = text.slice(at + 1, close);
  const read = isEscaped ? unescaped(raw) : raw;
  return read === undefined ? undefined : { text: read, style: 'double', end: close + 1 };
};

const escapes: ReadonlyMap<string, string> = new Map(Object.entries({ '"': '"', '\\': '\\', '/': '/', n: '\n', t: '\t', r: '\r' }));

const unescaped = (raw: string): string | undefined => {
  const [before = '', ...parts] = raw.split('\\');
  let read = before;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] ?? '';
    // Two backslashes in a row leave an empty part: the second is what the first escapes, and what follows is plain.
    const escaped = part === '' ? '\\' : escapes.get(part.charAt(0));
    if (escaped === undefined) return undefined;
    read += part === '' ? escaped + (parts[++index] ?? '') : escaped + part.slice(1);
  }
  return read;
};
