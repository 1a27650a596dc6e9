/**
 * How plain scalars get their type. kustomize and Flux read manifests with go-yaml v3 (`resolve.go`): booleans are only
 * true and false, numbers may be octal or carry underscores, dates become timestamps. Kustomization files and the text
 * after substitution go through sigs.k8s.io/yaml (go-yaml v2, YAML 1.1), where yes/no/on/off/y/n are booleans too.
 */

export type ScalarValue = string | number | bigint | boolean | null;

export type Dialect = 'manifest' | 'yaml-1.1';

const words = new Map<string, boolean | null | number>([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['.nan', Number.NaN],
  ['.NaN', Number.NaN],
  ['.NAN', Number.NaN],
  ['.inf', Number.POSITIVE_INFINITY],
  ['.Inf', Number.POSITIVE_INFINITY],
  ['.INF', Number.POSITIVE_INFINITY],
  ['+.inf', Number.POSITIVE_INFINITY],
  ['+.Inf', Number.POSITIVE_INFINITY],
  ['+.INF', Number.POSITIVE_INFINITY],
  ['-.inf', Number.NEGATIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['-.INF', Number.NEGATIVE_INFINITY],
]);

const yaml11Booleans = new Map<string, boolean>(
  [
    ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
    ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ].flat(),
);

const integer = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/** A date; or date and time behind T with a zone, behind spaces without one. */
const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](?=.*[Z+-])| +(?!.*[Z+-]))(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d+)?(Z|[-+]\d{2}:\d{2})?)?$/;

/** The typed value of a plain (unquoted, untagged) scalar. */
export const resolvePlain = (text: string, dialect: Dialect = 'manifest'): ScalarValue => {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (dialect === 'yaml-1.1') {
    const boolean = yaml11Booleans.get(text);
    if (boolean !== undefined) return boolean;
  }
  const first = text.charCodeAt(0);
  const mayBeNumber = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  if (!mayBeNumber) return text;
  // go-yaml v2 knows a timestamp when it sees one and keeps its text.
  return resolveNumber(text) ?? (dialect === 'manifest' ? resolveTimestamp(text) : undefined) ?? text;
};

const resolveNumber = (text: string): number | bigint | undefined => {
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  const match = integer.exec(digits);
  if (match) {
    const [, sign = '', hex, binary, octal, oldOctal, decimal] = match;
    const literal = hex ? `0x${hex}` : binary ? `0b${binary}` : (octal ?? oldOctal) ? `0o${octal ?? oldOctal}` : (decimal ?? '0');
    const number = Number(literal);
    if (Number.isSafeInteger(number)) return sign === '-' && number !== 0 ? -number : number;
    // To BigInt every digit is work.
    if (!Number.isFinite(number)) return undefined;
    const exact = sign === '-' ? -BigInt(literal) : BigInt(literal);
    // Beyond 64 bits Go reads a float.
    return exact >= -(2n ** 63n) && exact < 2n ** 64n ? exact : finite(Number(exact));
  }
  return float.test(digits) ? finite(Number(digits)) : undefined;
};

/** To Go a number that no float can hold is a string. */
const finite = (number: number): number | undefined => (Number.isFinite(number) ? number : undefined);

/** Whether a plain scalar is a date to go-yaml, v2 and v3. */
export const isTimestamp = (text: string): boolean => resolveTimestamp(text) !== undefined;

/** Go prints a timestamp as RFC 3339; what is no valid date stays a string. */
const resolveTimestamp = (text: string): string | undefined => {
  const match = text.length > 64 ? null : timestamp.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const two = (part: string | undefined) => String(part).padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  const time = `${two(hour)}:${two(minute)}:${two(second)}`;
  const parsed = new Date(`${date}T${time}Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) return undefined;
  const digits = fraction.replace(/\.?0+$/, '');
  return `${date}T${time}${digits}${zone}`;
};

/** Whether a plain scalar with this text would be read as this very string. */
export const isPlainString = (text: string, dialect: Dialect = 'manifest'): boolean => resolvePlain(text, dialect) === text;
