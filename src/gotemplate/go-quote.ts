/** Go's quoted strings: `strconv.Quote`, `strconv.Unquote` and `strconv.UnquoteChar`. */

/** `unicode.IsPrint`; holes are printed as they are. */
const printable = /[\p{L}\p{M}\p{N}\p{P}\p{S} \ue000\ue001]/u;

export const goQuote = (text: string, quote = '"'): string => {
  let result = quote;
  for (const letter of text) result += letter === quote || letter === '\\' ? `\\${letter}` : quotedLetter(letter);
  return result + quote;
};

const short = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
]);

const quotedLetter = (letter: string): string => {
  if (printable.test(letter)) return letter;
  const code = letter.codePointAt(0) ?? 0;
  const escaped = short.get(letter);
  if (escaped !== undefined) return escaped;
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
};

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** The text that a literal stands for, quotes included in `literal`; undefined where Go refuses it. */
export const goUnquote = (literal: string): string | undefined => {
  const inner = literal.slice(1, -1);
  if (literal.startsWith('`')) return inner.replaceAll('\r', '');
  if (inner.includes('\n')) return undefined;
  const parts: Uint8Array[] = [];
  for (let index = 0; index < inner.length; ) {
    const letter = unquotedLetter(inner, index, literal[0] ?? '"');
    if (letter === undefined) return undefined;
    parts.push(letter.bytes);
    index = letter.next;
  }
  return Buffer.concat(parts).toString('utf8');
};

/** The code of a character literal such as `'a'` or `'\n'`. */
export const goUnquoteChar = (literal: string): number | undefined => {
  const inner = literal.slice(1, -1);
  const letter = unquotedLetter(inner, 0, "'");
  return letter !== undefined && letter.next === inner.length ? letter.code : undefined;
};

interface Letter {
  readonly code: number;
  /** One byte for `\x` and octal escapes, else UTF-8. */
  readonly bytes: Uint8Array;
  readonly next: number;
}

const simple = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
  ['\\', 92],
]);

const digitsOf = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

const unquotedLetter = (text: string, at: number, quote: string): Letter | undefined => {
  const letter = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (letter === quote || at >= text.length) return undefined;
  if (letter !== '\\') return { code: letter.codePointAt(0) ?? 0, bytes: Buffer.from(letter), next: at + letter.length };
  const kind = text[at + 1] ?? '';
  if (kind === quote) return ofCode(kind.charCodeAt(0), at + 2);
  const code = simple.get(kind);
  if (code !== undefined) return ofCode(code, at + 2);
  const digits = digitsOf.get(kind);
  if (digits !== undefined) {
    const value = text.slice(at + 2, at + 2 + digits);
    if (value.length !== digits || !/^[0-9a-fA-F]+$/.test(value)) return undefined;
    const number = Number.parseInt(value, 16);
    if (kind === 'x') return { code: number, bytes: Uint8Array.of(number), next: at + 4 };
    const isRune = number <= 0x10ffff && (number < 0xd800 || number > 0xdfff);
    return isRune ? ofCode(number, at + 2 + digits) : undefined;
  }
  const octal = /^[0-7]{3}/.exec(text.slice(at + 1))?.[0];
  const value = octal === undefined ? 256 : Number.parseInt(octal, 8);
  return value > 255 ? undefined : { code: value, bytes: Uint8Array.of(value), next: at + 4 };
};

const ofCode = (code: number, next: number): Letter => ({ code, bytes: Buffer.from(String.fromCodePoint(code)), next });
