/** slim-sprig's functions of numbers (`numeric.go`). */
import { failCall } from '../failure.ts';
import { formatValue } from '../format.ts';
import { type GoFunction, goFunction } from '../function.ts';
import { limits } from '../limits.ts';
import { parseGoFloat } from '../parse-number.ts';
import { type GoValue, goFloat, goInt, goList, goString } from '../value.ts';

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** `strconv.ParseInt` in a base: undefined where it fails. */
const parseInteger = (text: string, digits: RegExp, prefix: string): bigint | undefined => {
  const [, sign, plain] = /^([-+]?)(.+)$/.exec(text) ?? [];
  if (plain === undefined || !digits.test(plain)) return undefined;
  const value = BigInt(prefix + plain);
  const signed = sign === '-' ? -value : value;
  return signed < smallest || signed > largest ? undefined : signed;
};

const parseDecimal = (text: string): bigint | undefined => parseInteger(text, /^[0-9]+$/, '');

/** `toInt64` */
const toInt64 = (value: GoValue): bigint => {
  switch (value.type) {
    case 'string':
      return parseDecimal(value.value) ?? 0n;
    case 'int':
      return value.value;
    case 'float64':
      // What does not fit is the smallest number on the machines that Flux runs on.
      return Math.abs(value.value) < 2 ** 63 ? BigInt(Math.trunc(value.value)) : smallest;
    case 'bool':
      return value.value ? 1n : 0n;
    default:
      return 0n;
  }
};

/** `toFloat64` */
const toFloat64 = (value: GoValue): number => {
  switch (value.type) {
    case 'string':
      return parseGoFloat(value.value) ?? 0;
    case 'int':
      return Number(value.value);
    case 'float64':
      return value.value;
    case 'bool':
      return value.value ? 1 : 0;
    default:
      return 0;
  }
};

export const toInt = (value: GoValue): number => Number(toInt64(value));

const untilStep = (start: number, stop: number, step: number): readonly number[] => {
  if (stop < start ? step >= 0 : step <= 0) return [];
  const count = Math.ceil((stop - start) / step);
  if (count > limits.value) return failCall(`it gives more than ${limits.value} items`);
  return Array.from({ length: count }, (_, index) => start + index * step);
};

const intList = (numbers: readonly number[]): GoValue =>
  goList(
    numbers.map((number) => goInt(number)),
    'int',
  );

const seq = (params: readonly number[]): string => {
  const [first, second, third] = params;
  if (first === undefined || params.length > 3) return '';
  const [start, end, step] =
    second === undefined ? [1, first, undefined] : third === undefined ? [first, second, undefined] : [first, third, second];
  const increment = end < start ? -1 : 1;
  if (step !== undefined && end < start && step > 0) return '';
  return untilStep(start, end + increment, step ?? increment).join(' ');
};

const divisor = (value: GoValue): bigint => {
  const number = toInt64(value);
  return number === 0n ? failCall('runtime error: integer divide by zero') : number;
};

const rounded = (value: number, places: number, from: number): number => {
  const power = 10 ** places;
  const digit = power * value;
  return (digit - Math.trunc(digit) >= from ? Math.ceil(digit) : Math.floor(digit)) / power;
};

const int64 = (value: bigint): GoValue => goInt(value, 'int64');

const folding = (gives: (values: readonly bigint[]) => bigint, takes: readonly ['any'] | readonly []): GoFunction =>
  goFunction({ takes, rest: 'any', gives: ([first], _, rest) => int64(gives([...(first ? [first] : []), ...rest].map(toInt64))) });

const extreme = (gives: (a: number, b: number) => number): GoFunction =>
  goFunction({
    takes: ['any'],
    rest: 'any',
    gives: ([first], _, rest) => goFloat(rest.reduce((least, value) => gives(least, toFloat64(value)), toFloat64(first))),
  });

const ordered = (values: readonly bigint[]): readonly bigint[] => [...values].sort((a, b) => Number(a > b) - Number(a < b));

const most = folding((values) => ordered(values).at(-1) ?? 0n, ['any']);

export const numberFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    atoi: goFunction({ takes: ['string'], gives: ([text]) => goInt(parseDecimal(text) ?? 0n) }),
    int64: goFunction({ takes: ['any'], gives: ([value]) => int64(toInt64(value)) }),
    int: goFunction({ takes: ['any'], gives: ([value]) => goInt(toInt64(value)) }),
    float64: goFunction({ takes: ['any'], gives: ([value]) => goFloat(toFloat64(value)) }),
    toDecimal: goFunction({
      takes: ['any'],
      gives: ([value], context) => int64(parseInteger(formatValue(value, context), /^[0-7]+$/, '0o') ?? 0n),
    }),
    seq: goFunction({ takes: [], rest: 'int', gives: (_, __, params) => goString(seq(params)) }),
    until: goFunction({ takes: ['int'], gives: ([count]) => intList(untilStep(0, count, count < 0 ? -1 : 1)) }),
    untilStep: goFunction({ takes: ['int', 'int', 'int'], gives: ([start, stop, step]) => intList(untilStep(start, stop, step)) }),
    add1: goFunction({ takes: ['any'], gives: ([value]) => int64(toInt64(value) + 1n) }),
    add: folding((values) => values.reduce((a, b) => a + b, 0n), []),
    sub: goFunction({ takes: ['any', 'any'], gives: ([a, b]) => int64(toInt64(a) - toInt64(b)) }),
    div: goFunction({ takes: ['any', 'any'], gives: ([a, b]) => int64(toInt64(a) / divisor(b)) }),
    mod: goFunction({ takes: ['any', 'any'], gives: ([a, b]) => int64(toInt64(a) % divisor(b)) }),
    mul: folding((values) => values.reduce((a, b) => BigInt.asIntN(64, a * b)), ['any']),
    max: most,
    biggest: most,
    min: folding((values) => ordered(values)[0] ?? 0n, ['any']),
    maxf: extreme(Math.max),
    minf: extreme(Math.min),
    ceil: goFunction({ takes: ['any'], gives: ([value]) => goFloat(Math.ceil(toFloat64(value))) }),
    floor: goFunction({ takes: ['any'], gives: ([value]) => goFloat(Math.floor(toFloat64(value))) }),
    round: goFunction({
      takes: ['any', 'int'],
      rest: 'float64',
      gives: ([value, places], _, [from]) => goFloat(rounded(toFloat64(value), places, from ?? 0.5)),
    }),
  }),
);
