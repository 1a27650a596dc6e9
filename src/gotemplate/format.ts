/** Go's fmt: `Sprint`, `Sprintf` and `Sprintln` of the values of templates. An unknown value is printed as its hole. */
import { formatFloat, hexFloat } from './format-number.ts';
import { goQuote } from './go-quote.ts';
import { type Context, holeFor } from './hole.ts';
import { type GoInt, type GoMap, type GoString, type GoValue, goNil, sortedKeys, typeName } from './value.ts';

/** A value as `%v` prints it. */
export const formatValue = (value: GoValue, context: Context): string => formatted(value, plainVerb, context);

/** `fmt.Sprint`: a space between two operands of which neither is a string. */
export const sprint = (values: readonly GoValue[], context: Context): string => {
  let result = '';
  for (const [index, value] of values.entries()) {
    const before = values[index - 1];
    if (before && !isText(before) && !isText(value)) result += ' ';
    result += formatValue(value, context);
  }
  return result;
};

const isText = ({ type }: GoValue): boolean => type === 'string' || type === 'unknown';

export const sprintln = (values: readonly GoValue[], context: Context): string =>
  `${values.map((value) => formatValue(value, context)).join(' ')}\n`;

interface Verb {
  readonly letter: string;
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

const plainVerb: Verb = {
  letter: 'v',
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: undefined,
  precision: undefined,
};

const directive = /%([-+# 0]*)(\[\d+\])?(\*|\d+)?(?:\.(\[\d+\])?(\*|\d+)?)?(\[\d+\])?/gy;
/** fmt takes no larger width or precision. */
const maxWidth = 1_000_000;

export const sprintf = (format: string, values: readonly GoValue[], context: Context): string => {
  let result = '';
  let at = 0;
  let next = 0;
  let isReordered = false;
  const take = (index: string | undefined): GoValue | undefined => {
    if (index !== undefined) {
      isReordered = true;
      next = Number(index.slice(1, -1)) - 1;
    }
    const value = values[next];
    next++;
    return value;
  };
  const sizeOf = (written: string | undefined, index: string | undefined): number | undefined | 'bad' => {
    if (written === undefined) return undefined;
    if (written !== '*') return Number(written) > maxWidth ? 'bad' : Number(written);
    const value = take(index);
    return value?.type === 'int' && Math.abs(Number(value.value)) <= maxWidth ? Number(value.value) : 'bad';
  };

  for (let percent = format.indexOf('%'); percent !== -1; percent = format.indexOf('%', at)) {
    context.spend(1);
    result += format.slice(at, percent);
    directive.lastIndex = percent;
    const match = directive.exec(format);
    const [written = '%', flags = '', widthIndex, width, precisionIndex, precision, index] = match ?? [];
    at = percent + written.length;
    const letter = String.fromCodePoint(format.codePointAt(at) ?? 0);
    if (at >= format.length) {
      result += '%!(NOVERB)';
      break;
    }
    at += letter.length;
    if (letter === '%') {
      result += '%';
      continue;
    }
    const wide = sizeOf(width, widthIndex);
    const precise = sizeOf(precision, precisionIndex);
    if (wide === 'bad') result += '%!(BADWIDTH)';
    if (precise === 'bad' || (typeof precise === 'number' && precise < 0 && precision === '*')) result += '%!(BADPREC)';
    const value = take(index ?? (width === undefined ? widthIndex : undefined));
    if (value === undefined) {
      result += index === undefined ? `%!${letter}(MISSING)` : `%!${letter}(BADINDEX)`;
      continue;
    }
    const isNegative = typeof wide === 'number' && wide < 0;
    const minus = flags.includes('-') || isNegative;
    const number = (size: number | undefined | 'bad') => (size === 'bad' || size === undefined || size < 0 ? undefined : size);
    result += formatted(
      value,
      {
        letter,
        // Only a struct would show more with %+v.
        plus: flags.includes('+') && letter !== 'v',
        minus,
        sharp: flags.includes('#'),
        space: flags.includes(' '),
        zero: flags.includes('0') && !minus,
        width: typeof wide === 'number' ? Math.abs(wide) : undefined,
        precision: written.includes('.') && precision === undefined ? 0 : number(precise),
      },
      context,
    );
  }
  result += format.slice(at);
  const extra = values.slice(next);
  if (!isReordered && extra.length > 0) {
    const told = extra.map((value) => (value.type === 'nil' ? '<nil>' : `${typeName(value)}=${formatValue(value, context)}`));
    result += `%!(EXTRA ${told.join(', ')})`;
  }
  return result;
};

const formatted = (value: GoValue, verb: Verb, context: Context): string => {
  context.spend(1);
  if (verb.letter === 'T') return padded(typeName(value), verb);
  switch (value.type) {
    case 'unknown':
      return holeFor(value, context.holes);
    case 'nil':
      return verb.letter === 'v' ? padded('<nil>', verb) : `%!${verb.letter}(<nil>)`;
    case 'bool':
      return 'tv'.includes(verb.letter) ? padded(String(value.value), verb) : bad(value, verb, context);
    case 'int':
      return formatInt(value, verb) ?? bad(value, verb, context);
    case 'float64':
      return formatNumber(value.value, verb) ?? bad(value, verb, context);
    case 'string':
      return formatString(value, verb) ?? bad(value, verb, context);
    case 'list':
      return context.enter(() => `[${value.items.map((item) => formattedItem(item, verb, context)).join(' ')}]`);
    case 'map':
      return context.enter(() => formatMap(value, verb, context));
    default:
      return value satisfies never;
  }
};

/** What is nil in a list or a map is so for every verb. */
const formattedItem = (item: GoValue, verb: Verb, context: Context): string =>
  item.type === 'nil' ? '<nil>' : formatted(item, verb, context);

const formatMap = (value: GoMap, verb: Verb, context: Context): string => {
  const entries = sortedKeys(value).map((key) => {
    const item = value.entries.get(key) ?? goNil;
    return `${formatted({ type: 'string', value: key }, verb, context)}:${formattedItem(item, verb, context)}`;
  });
  if (value.open) entries.push(holeFor(value.open, context.holes));
  return `map[${entries.join(' ')}]`;
};

const bad = (value: GoValue, verb: Verb, context: Context): string =>
  `%!${verb.letter}(${typeName(value)}=${formatted(value, { ...verb, letter: 'v' }, context)})`;

const padded = (text: string, { width, minus, zero }: Verb): string => {
  const missing = (width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (minus) return text + ' '.repeat(missing);
  return (zero ? '0' : ' ').repeat(missing) + text;
};

const formatString = ({ value }: GoString, verb: Verb): string | undefined => {
  const text = verb.precision === undefined ? value : [...value].slice(0, verb.precision).join('');
  switch (verb.letter) {
    case 'v':
      return padded(verb.sharp ? goQuote(text) : text, verb);
    case 's':
      return padded(text, verb);
    case 'q':
      return padded(verb.sharp && !/[`\p{Cc}]/u.test(text) ? `\`${text}\`` : quoted(text, verb), verb);
    case 'x':
    case 'X': {
      const bytes = [...Buffer.from(value).subarray(0, verb.precision)].map((byte) => byte.toString(16).padStart(2, '0'));
      const prefix = verb.sharp && bytes.length > 0 ? '0x' : '';
      const hex = verb.space ? bytes.map((byte) => prefix + byte).join(' ') : prefix + bytes.join('');
      return padded(verb.letter === 'x' ? hex : hex.toUpperCase(), verb);
    }
    default:
      return undefined;
  }
};

const quoted = (text: string, { plus }: Verb): string =>
  plus
    ? goQuote(text).replace(/[^\x20-\x7e]/gu, (letter) => {
        const code = letter.codePointAt(0) ?? 0;
        return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
      })
    : goQuote(text);

const bases: ReadonlyMap<string, readonly [base: number, prefix: string]> = new Map(
  Object.entries<readonly [base: number, prefix: string]>({
    d: [10, ''],
    v: [10, ''],
    b: [2, '0b'],
    o: [8, '0'],
    O: [8, '0o'],
    x: [16, '0x'],
    X: [16, '0X'],
  }),
);

const formatInt = ({ value, of }: GoInt, verb: Verb): string | undefined => {
  const { letter } = verb;
  if (letter === 'c') return padded(character(value), verb);
  if (letter === 'q') return padded(goQuote(character(value), "'"), verb);
  if (letter === 'U')
    return padded(
      `U+${BigInt.asUintN(64, value)
        .toString(16)
        .toUpperCase()
        .padStart(Math.max(4, verb.precision ?? 0), '0')}`,
      { ...verb, zero: false },
    );
  if (letter === 'v' && verb.sharp && of === 'uint8') return padded(`0x${value.toString(16)}`, verb);
  const base = bases.get(letter);
  if (base === undefined) return undefined;
  const [radix, prefix] = base;
  let digits = (value < 0n ? -value : value).toString(radix);
  if (verb.precision === 0 && value === 0n) return padded('', { ...verb, zero: false });
  if (letter === 'X') digits = digits.toUpperCase();
  const sign = value < 0n ? '-' : verb.plus ? '+' : verb.space ? ' ' : '';
  const lead =
    letter === 'O' || (verb.sharp && letter !== 'v' && letter !== 'd' && !(letter === 'o' && digits.startsWith('0'))) ? prefix : '';
  if (verb.precision !== undefined) digits = digits.padStart(verb.precision, '0');
  else if (verb.zero) digits = digits.padStart((verb.width ?? 0) - sign.length, '0');
  return padded(sign + lead + digits, { ...verb, zero: false });
};

const character = (value: bigint): string => {
  const code = Number(value);
  const isRune = code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isRune ? String.fromCodePoint(code) : '\ufffd';
};

const formatNumber = (value: number, verb: Verb): string | undefined => {
  const { letter, precision } = verb;
  const written = (): string | undefined => {
    switch (letter) {
      case 'v':
      case 'g':
      case 'G':
        return formatFloat(value, 'g', precision);
      case 'e':
      case 'E':
        return formatFloat(value, 'e', precision ?? 6);
      case 'f':
      case 'F':
        return formatFloat(value, 'f', precision ?? 6);
      case 'x':
      case 'X':
        return hexFloat(value, precision);
      default:
        return undefined;
    }
  };
  const text = written();
  if (text === undefined) return undefined;
  const cased = 'GEX'.includes(letter) ? text.toUpperCase() : text;
  const isNegative = cased.startsWith('-');
  const digits = cased.replace(/^[-+]/, '');
  const isNumber = /^[0-9]/.test(digits);
  const sign = isNegative ? '-' : verb.plus || digits === 'Inf' ? '+' : verb.space ? ' ' : '';
  if (!verb.zero || !isNumber) return padded(sign + digits, { ...verb, zero: false });
  return sign + digits.padStart((verb.width ?? 0) - sign.length, '0');
};
