/** slim-sprig's functions of strings (`strings.go`). Lengths and places are those of bytes. */
import { failCall } from '../failure.ts';
import { formatValue, sprintf } from '../format.ts';
import { type GoFunction, goFunction, textFunction } from '../function.ts';
import { goQuote } from '../go-quote.ts';
import type { Context } from '../hole.ts';
import { limits } from '../limits.ts';
import { byBytes, type GoValue, goBool, goList, goMap, goString } from '../value.ts';

/** `strval`: a value as text. */
export const textOf = (value: GoValue, context: Context): string => (value.type === 'string' ? value.value : formatValue(value, context));

/** `strslice`: a value as a list of texts, without what is nil. */
const textsOf = (value: GoValue, context: Context): readonly string[] => {
  if (value.type === 'nil') return [];
  if (value.type !== 'list') return [textOf(value, context)];
  return value.items.filter(({ type }) => type !== 'nil').map((item) => textOf(item, context));
};

const leadingWhite = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
const trailingWhite = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/;
const trimmed = (text: string): string => text.replace(leadingWhite, '').replace(trailingWhite, '');

/** Go maps letter by letter: one stays one. */
const eachLetter = (text: string, change: (letter: string) => string): string => {
  let result = '';
  for (const letter of text) {
    const changed = change(letter);
    result += [...changed].length === 1 ? changed : letter;
  }
  return result;
};

const upper = (text: string): string => eachLetter(text, (letter) => letter.toUpperCase());

/** `strings.Title`: what follows a separator becomes upper case. */
const titled = (text: string): string => {
  let isInWord = false;
  let result = '';
  for (const letter of text) {
    result += isInWord ? letter : upper(letter);
    isInWord = /[\p{L}\p{Nd}_]/u.test(letter) || (letter > '\x7f' && !leadingWhite.test(letter));
  }
  return result;
};

const trimmedOf = (cutset: string, text: string): string => {
  const letters = [...text];
  const cut = new Set(cutset);
  let start = 0;
  let end = letters.length;
  while (start < end && cut.has(letters[start] ?? '')) start++;
  while (end > start && cut.has(letters[end - 1] ?? '')) end--;
  return letters.slice(start, end).join('');
};

const repeated = (text: string, count: number): string => {
  if (count < 0) return failCall('strings: negative Repeat count');
  return text.length * count > limits.value ? failCall(`it gives more than ${limits.value} letters`) : text.repeat(count);
};

const indented = (spaces: number, text: string): string => {
  const pad = repeated(' ', spaces);
  return pad + text.replaceAll('\n', `\n${pad}`);
};

const bytesOf = (text: string, start: number, end: number): string => Buffer.from(text).subarray(start, end).toString('utf8');

const truncated = (count: number, text: string): string => {
  const length = Buffer.byteLength(text);
  if (count < 0 && length + count > 0) return bytesOf(text, length + count, length);
  return count >= 0 && length > count ? bytesOf(text, 0, count) : text;
};

const substring = (start: number, end: number, text: string): string => {
  const length = Buffer.byteLength(text);
  const from = Math.max(start, 0);
  const to = start >= 0 && (end < 0 || end > length) ? length : end;
  if (from > to || to < 0 || to > length) return failCall(`slice bounds out of range [${from}:${to}]`);
  return bytesOf(text, from, to);
};

const splitAt = (separator: string, text: string): readonly string[] => (separator === '' ? [...text] : text.split(separator));

const numbered = (parts: readonly string[]): GoValue =>
  goMap(
    parts.map((part, index) => [`_${index}`, goString(part)] as const),
    'string',
  );

const splitInto = (separator: string, count: number, text: string): readonly string[] => {
  const parts = splitAt(separator, text);
  if (count < 0 || parts.length <= count) return parts;
  return count === 0 ? [] : [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
};

const stringList = (items: readonly string[]): GoValue => goList(items.map(goString), 'string');

const known = (values: readonly GoValue[]): readonly GoValue[] => values.filter(({ type }) => type !== 'nil');

const overall = (gives: (values: readonly GoValue[], context: Context) => string): GoFunction =>
  goFunction({ takes: [], rest: 'any', unknowns: 'text', gives: (_, context, values) => goString(gives(known(values), context)) });

const judged = (gives: (part: string, text: string) => boolean): GoFunction =>
  goFunction({ takes: ['string', 'string'], gives: ([part, text]) => goBool(gives(part, text)) });

export const stringFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    hello: goFunction({ takes: [], gives: () => goString('Hello!') }),
    trim: textFunction(['string'], ([text]) => trimmed(text)),
    upper: textFunction(['string'], ([text]) => upper(text)),
    lower: textFunction(['string'], ([text]) => eachLetter(text, (letter) => letter.toLowerCase())),
    title: textFunction(['string'], ([text]) => titled(text)),
    trunc: goFunction({ takes: ['int', 'string'], gives: ([count, text]) => goString(truncated(count, text)) }),
    substr: goFunction({ takes: ['int', 'int', 'string'], gives: ([start, end, text]) => goString(substring(start, end, text)) }),
    repeat: textFunction(['int', 'string'], ([count, text]) => repeated(text, count)),
    trimall: textFunction(['string', 'string'], ([cutset, text]) => trimmedOf(cutset, text)),
    trimAll: textFunction(['string', 'string'], ([cutset, text]) => trimmedOf(cutset, text)),
    trimSuffix: textFunction(['string', 'string'], ([part, text]) =>
      part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text,
    ),
    trimPrefix: textFunction(['string', 'string'], ([part, text]) => (text.startsWith(part) ? text.slice(part.length) : text)),
    contains: judged((part, text) => text.includes(part)),
    hasPrefix: judged((part, text) => text.startsWith(part)),
    hasSuffix: judged((part, text) => text.endsWith(part)),
    quote: overall((values, context) => values.map((value) => goQuote(textOf(value, context))).join(' ')),
    squote: overall((values, context) => values.map((value) => `'${formatValue(value, context)}'`).join(' ')),
    cat: overall((values, context) => sprintf(values.map(() => '%v').join(' '), values, context)),
    indent: textFunction(['int', 'string'], ([spaces, text]) => indented(spaces, text)),
    nindent: textFunction(['int', 'string'], ([spaces, text]) => `\n${indented(spaces, text)}`),
    replace: textFunction(['string', 'string', 'string'], ([old, replacement, text]) => replaced(text, old, replacement)),
    plural: goFunction({ takes: ['string', 'string', 'int'], gives: ([one, many, count]) => goString(count === 1 ? one : many) }),
    toString: goFunction({ takes: ['any'], unknowns: 'text', gives: ([value], context) => goString(textOf(value, context)) }),
    toStrings: goFunction({ takes: ['any'], gives: ([value], context) => stringList(textsOf(value, context)) }),
    join: goFunction({
      takes: ['string', 'any'],
      unknowns: 'text',
      gives: ([separator, value], context) => goString(textsOf(value, context).join(separator)),
    }),
    sortAlpha: goFunction({ takes: ['any'], gives: ([value], context) => stringList(sortedTexts(value, context)) }),
    split: goFunction({ takes: ['string', 'string'], gives: ([separator, text]) => numbered(splitAt(separator, text)) }),
    splitn: goFunction({
      takes: ['string', 'int', 'string'],
      gives: ([separator, count, text]) => numbered(splitInto(separator, count, text)),
    }),
    splitList: goFunction({ takes: ['string', 'string'], gives: ([separator, text]) => stringList(splitAt(separator, text)) }),
  }),
);

const sortedTexts = (value: GoValue, context: Context): readonly string[] =>
  value.type === 'list' ? [...textsOf(value, context)].sort(byBytes) : [textOf(value, context)];

/** `strings.ReplaceAll`: an empty text stands before and behind each letter. */
const replaced = (text: string, old: string, replacement: string): string =>
  old === '' ? `${replacement}${[...text].map((letter) => letter + replacement).join('')}` : text.replaceAll(old, () => replacement);
