import { goPatternPrefix } from '../source/go-pattern.ts';
import { fromBytes, isCut, toBytes } from './bytes.ts';
import { type Expression, isDefaultOperator, type Part } from './envsubst.ts';

/** What is known of a variable. */
export type Lookup = (name: string) => { readonly type: 'value'; readonly value: string } | { readonly type: 'undefined' } | Unknown;

interface Unknown {
  readonly type: 'unknown';
  readonly why: string;
}

/** What one part of a template became. */
export interface Evaluated {
  readonly part: Part;
  readonly text: string;
  /** Its text cannot be known. */
  readonly isUnknown?: boolean;
}

/** How many characters substitution may still make; shared by the texts of a Kustomization. */
export interface Allowance {
  characters: number;
}

export interface Evaluation {
  readonly parts: readonly Evaluated[];
  /** Every name that was asked for, in order, each once. */
  readonly names: readonly string[];
  /** Those without a value where none is provided for: Flux fails in strict mode, and reads an empty text otherwise. */
  readonly undefinedNames: readonly string[];
  /** Why the text cannot be known. */
  readonly unknown: string | undefined;
  /** The first that has a negative length (`${v:2:-1}`): envsubst before 1.7.1 breaks down on it. */
  readonly countsBack: string | undefined;
  /** It would be longer than allowed, and has no text. */
  readonly isTooLong: boolean;
}

/** As Flux evaluates a template: values are not looked at again, and parameters are evaluated whether they are needed or not. */
export const evaluateTemplate = (parts: readonly Part[], lookup: Lookup, allowance: Allowance): Evaluation => {
  const names = new Set<string>();
  const undefinedNames = new Set<string>();
  let countsBack: string | undefined;

  /** Every text counts before it is made, those within others too. */
  const isAllowed = (length: number): boolean => {
    allowance.characters -= length;
    return allowance.characters >= 0;
  };

  const expand = (expression: Expression): string | Unknown => {
    const { name, operator } = expression;
    const parameters = expression.parameters.map(joined);
    names.add(name);
    const found = lookup(name);
    if (found.type === 'unknown') return found;
    const value = found.type === 'value' ? found.value : '';
    if (isDefaultOperator(operator)) return value !== '' ? value : (parameters[0] ?? '');
    if (found.type === 'undefined') undefinedNames.add(name);
    const texts: string[] = [];
    for (const parameter of parameters) {
      if (typeof parameter !== 'string') return parameter;
      texts.push(parameter);
    }
    if (!isAllowed(lengthOf(operator, value, texts))) return tooLong;
    if (operator === ':' && endsBefore(value, texts)) countsBack ??= `${name}${operator}${texts.join(':')}`;
    return apply(operator, value, texts);
  };

  const joined = (some: readonly Part[]): string | Unknown => {
    let text = '';
    for (const part of some) {
      const value = part.type === 'text' ? part.text : expand(part);
      if (typeof value !== 'string') return value;
      if (!isAllowed(value.length)) return tooLong;
      text += value;
    }
    return text;
  };

  let unknown: string | undefined;
  const evaluated = parts.map((part) => {
    const text = part.type === 'text' ? part.text : expand(part);
    if (typeof text === 'string' && isAllowed(text.length)) return { part, text };
    if (typeof text === 'string') return { part, text: '' };
    unknown ??= text.why;
    return { part, text: '', isUnknown: true };
  });
  return {
    parts: evaluated,
    names: [...names],
    undefinedNames: [...undefinedNames],
    unknown,
    countsBack,
    isTooLong: allowance.characters < 0,
  };
};

const tooLong: Unknown = { type: 'unknown', why: 'a text is longer than flux-lint follows' };

/** How long the result of an operator can be. */
const lengthOf = (operator: string | undefined, value: string, [first = '', second = '']: readonly string[]): number =>
  value.length + (operator === '//' ? occurrences(value, first) : 1) * second.length;

const occurrences = (value: string, part: string): number => {
  if (part === '') return value.length + 1;
  let count = 0;
  for (let at = value.indexOf(part); at !== -1; at = value.indexOf(part, at + part.length)) count++;
  return count;
};

const apply = (operator: string | undefined, value: string, [first, second]: readonly string[]): string => {
  switch (operator) {
    case 'length':
      return String(toBytes(value).length);
    case '^':
      return changeFirst(value, upper);
    case '^^':
      return [...value].map(upper).join('');
    case ',':
      return changeFirst(value, lower);
    case ',,':
      return [...value].map(lower).join('');
    case ':':
      return substring(value, first ?? '', second);
    case '#':
    case '##':
      return withoutPrefix(value, first ?? '', operator === '##');
    case '%':
    case '%%':
      return reversed(withoutPrefix(reversed(value), reversed(first ?? ''), operator === '%%'));
    case '/':
      return value.replace(first ?? '', () => second ?? '');
    case '//':
      return value.replaceAll(first ?? '', () => second ?? '');
    case '/#':
      return second !== undefined && value.startsWith(first ?? '') ? second + value.slice(first?.length) : value;
    case '/%':
      return second !== undefined && value.endsWith(first ?? '') ? value.slice(0, value.length - (first?.length ?? 0)) + second : value;
    default:
      return value;
  }
};

/** Go maps letter by letter: what would become two letters stays as it is. */
const upper = (letter: string): string => oneLetter(letter.toUpperCase(), letter);
const lower = (letter: string): string => oneLetter(letter.toLowerCase(), letter);
const oneLetter = (changed: string, letter: string): string => ([...changed].length === 1 ? changed : letter);

const changeFirst = (value: string, change: (letter: string) => string): string => {
  const [first, ...rest] = value;
  return first === undefined ? value : change(first) + rest.join('');
};

/** Positions are of bytes; a negative one counts from the end, and so does a negative length (fluxcd/pkg: `envsubst/funcs.go`, `toSubstr`). */
const substring = (value: string, position: string, length: string | undefined): string => {
  const start = integer(position);
  if (start === undefined) return value;
  const bytes = toBytes(value);
  const from = firstByte(start, bytes.length);
  if (length === undefined) return fromBytes(bytes.subarray(from));
  const count = integer(length);
  if (count === undefined) return value;
  const end = count < 0 ? bytes.length + count : from + count;
  return end < from ? '' : fromBytes(bytes.subarray(from, end));
};

const endsBefore = (value: string, [position = '', length = '']: readonly string[]): boolean => {
  const [start, count] = [integer(position), integer(length)];
  const size = toBytes(value).length;
  return start !== undefined && count !== undefined && count < 0 && firstByte(start, size) + count < size;
};

const firstByte = (start: number, size: number): number => (start < 0 ? Math.max(0, size + start) : start);

const integer = (text: string): number | undefined => {
  const number = /^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
};

/** The longest or shortest start of at least one byte that the pattern matches is cut off. */
const withoutPrefix = (value: string, pattern: string, longest: boolean): string => {
  const found = goPatternPrefix(pattern)?.([...value], longest) ?? 0;
  return found === 0 ? value : fromBytes(toBytes(value).subarray(found));
};

/** To turn a text around Go takes it for letters, and a byte of none for the letter that stands for such. */
const reversed = (text: string): string =>
  Array.from(text, (letter) => (isCut(letter) ? '\ufffd' : letter))
    .reverse()
    .join('');
