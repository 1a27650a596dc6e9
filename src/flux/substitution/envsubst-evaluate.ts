import { goPattern } from '../source/go-pattern.ts';
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
}

export interface Evaluation {
  readonly parts: readonly Evaluated[];
  /** Every name that was asked for, in order, each once. */
  readonly names: readonly string[];
  /** Those without a value where none is provided for: Flux fails in strict mode, and reads an empty text otherwise. */
  readonly undefinedNames: readonly string[];
  /** Why the text cannot be known. */
  readonly unknown: string | undefined;
  /** Flux 2.9 breaks down on it (`${v:2:-1}`). */
  readonly panics: string | undefined;
}

/** As Flux evaluates a template: values are not looked at again, and parameters are evaluated whether they are needed or not. */
export const evaluateTemplate = (parts: readonly Part[], lookup: Lookup): Evaluation => {
  const names = new Set<string>();
  const undefinedNames = new Set<string>();
  let panics: string | undefined;

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
    const result = apply(operator, value, texts);
    if (result === undefined) panics ??= `${name}${operator}${texts.join(':')}`;
    return result ?? '';
  };

  const joined = (some: readonly Part[]): string | Unknown => {
    let text = '';
    for (const part of some) {
      const value = part.type === 'text' ? part.text : expand(part);
      if (typeof value !== 'string') return value;
      text += value;
    }
    return text;
  };

  let unknown: string | undefined;
  const evaluated = parts.map((part) => {
    const text = part.type === 'text' ? part.text : expand(part);
    if (typeof text === 'string') return { part, text };
    unknown ??= text.why;
    return { part, text: '' };
  });
  return { parts: evaluated, names: [...names], undefinedNames: [...undefinedNames], unknown, panics };
};

/** Undefined where Go's slice goes out of range. */
const apply = (operator: string | undefined, value: string, [first, second]: readonly string[]): string | undefined => {
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

/** Counts bytes. What is no number leaves the value as it is. */
const substring = (value: string, position: string, length: string | undefined): string | undefined => {
  const start = integer(position);
  if (start === undefined) return value;
  const bytes = toBytes(value);
  const from = start < 0 ? Math.max(0, bytes.length + start) : start;
  if (length === undefined) return fromBytes(bytes.subarray(from));
  const count = integer(length);
  if (count === undefined) return value;
  if (from + count >= bytes.length) return fromBytes(bytes.subarray(from));
  return count < 0 ? undefined : fromBytes(bytes.subarray(from, from + count));
};

const integer = (text: string): number | undefined => {
  const number = /^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
};

/** The longest or shortest start of at least one byte that the pattern matches is cut off. */
const withoutPrefix = (value: string, pattern: string, longest: boolean): string => {
  const bytes = toBytes(value);
  const lengths = Array.from(bytes, (_, index) => index + 1);
  if (longest) lengths.reverse();
  const isMatch = goPattern(pattern);
  const cut = isMatch && lengths.find((length) => isMatch(fromBytes(bytes.subarray(0, length))));
  return cut === undefined ? value : fromBytes(bytes.subarray(cut));
};

/** Letter by letter; a byte that is left of one is lost. */
const reversed = (text: string): string =>
  [...text]
    .reverse()
    .map((letter) => (isCut(letter) ? '\ufffd' : letter))
    .join('');
