import { fail } from './failure.ts';
import { goQuote, goUnquoteChar } from './go-quote.ts';
import type { Token } from './lexer.ts';
import type { NumberLiteral } from './syntax.ts';

/** What a number token may stand for (`parse.newNumber`). Complex numbers are not known here. */
export const parseNumber = ({ type, text, start, end }: Token): NumberLiteral => {
  if (type === 'character') {
    const code = goUnquoteChar(text);
    if (code === undefined) return fail(`malformed character constant: ${text}`, start, end);
    return { type: 'number', text, int: BigInt(code), float: code, isFloat: false };
  }
  if (type === 'complex' || text.endsWith('i')) return fail(`complex numbers are not supported: ${text}`, start, end);
  const int = parseGoInt(text);
  if (int !== undefined) return { type: 'number', text, int: inInt64(int), float: Number(int), isFloat: isFloatText(text) };
  const float = parseGoFloat(text);
  if (float === undefined) return fail(`illegal number syntax: ${goQuote(text)}`, start, end);
  if (!/[.eEpP]/.test(text)) return fail(`integer overflow: ${goQuote(text)}`, start, end);
  const whole = Number.isInteger(float) && Math.abs(float) < 2 ** 63 ? BigInt(float) : undefined;
  return { type: 'number', text, int: whole, float, isFloat: isFloatText(text) };
};

const isFloatText = (text: string): boolean => !/^0[xX][^pP]*$/.test(text) && !text.startsWith("'") && /[.eEpP]/.test(text);

const inInt64 = (value: bigint): bigint | undefined => (BigInt.asIntN(64, value) === value ? value : undefined);

/** `strconv.ParseInt` or `ParseUint` with base 0: prefixes, and underscores between digits. */
const parseGoInt = (text: string): bigint | undefined => {
  const match = /^([-+]?)(0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])+|0|[1-9](?:_?[0-9])*)$/.exec(text);
  if (!match) return undefined;
  const [, sign = '', digits = ''] = match;
  const plain = digits.replaceAll('_', '').replace(/^0(?=[0-9])/, '0o');
  const value = sign === '-' ? -BigInt(plain) : BigInt(plain);
  // ParseUint takes no sign.
  const fits = value < 2n ** 63n || (sign === '' && value < 2n ** 64n);
  return fits && value >= -(2n ** 63n) ? value : undefined;
};

/** `strconv.ParseFloat`: what is too large for a float fails. */
export const parseGoFloat = (text: string): number | undefined => {
  const digits = text.includes('_') ? undefined : text;
  if (digits === undefined) return undefined;
  const hex = /^([-+]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([-+]?[0-9]+)$/.exec(digits);
  if (hex) {
    const [, sign, whole = '', fraction = '', exponent] = hex;
    if (whole === '' && fraction === '') return undefined;
    const value = Number.parseInt(`0${whole}${fraction}`, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
    return finite(sign === '-' ? -value : value);
  }
  if (/^[-+]?(?:inf|infinity)$/i.test(digits)) return digits.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[-+]?nan$/i.test(digits)) return Number.NaN;
  return /^[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$/.test(digits) ? finite(Number(digits)) : undefined;
};

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
