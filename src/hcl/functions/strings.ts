/** Functions of texts (terraform: `internal/lang/funcs/string.go`; go-cty: `function/stdlib/string.go`, `regexp.go`). */
import { re2 } from '../../pattern/re2.ts';
import { convert } from '../value/convert.ts';
import { piecesOf, slicedText, textOfPieces } from '../value/text.ts';
import { anyType, listOf, stringType } from '../value/type.ts';
import { type HclValue, hclBool, hclList, hclNull, hclObject, hclString, hclTuple, type TextPiece } from '../value/value.ts';
import {
  type CallContext,
  failArgument,
  failCall,
  type HclFunction,
  itemsOf,
  number,
  numberOf,
  type Parameter,
  text,
  textOf,
} from './define.ts';
import { encodedAsJson } from './encoding.ts';

const texts: Parameter = { type: listOf(stringType), mayHoldUnknown: true };

/** From texts to a text. */
const change = (apply: (...args: readonly string[]) => string, count = 1): HclFunction => ({
  parameters: Array.from({ length: count }, () => text),
  returns: stringType,
  call: (args, { at }) => hclString(apply(...args.map(textOf)), at),
});

/** Takes something off a text, which keeps its places. */
const cut = (range: (whole: string, other: string) => readonly [number, number], count = 1): HclFunction => ({
  parameters: Array.from({ length: count }, () => text),
  returns: stringType,
  call: ([whole, other]) => {
    if (whole?.type !== 'string') return hclString('');
    const [start, end] = range(whole.value, textOf(other));
    return slicedText(whole, start, end);
  },
});

const check = (holds: (whole: string, part: string) => boolean): HclFunction => ({
  parameters: [text, text],
  returns: { type: 'bool' },
  call: ([whole, part], { at }) => hclBool(holds(textOf(whole), textOf(part)), at),
});

const graphemes = (whole: string): readonly string[] => [...new Intl.Segmenter('en').segment(whole)].map(({ segment }) => segment);

const trimmed = (whole: string, letters: string): readonly [number, number] => {
  const set = new Set(letters);
  let start = 0;
  let end = whole.length;
  while (start < end && set.has(whole[start] ?? '')) start++;
  while (end > start && set.has(whole[end - 1] ?? '')) end--;
  return [start, end];
};

export const stringFunctions: ReadonlyMap<string, HclFunction> = new Map<string, HclFunction>(
  Object.entries({
    upper: change((whole) => whole.toUpperCase()),
    lower: change((whole) => whole.toLowerCase()),
    title: change((whole) => whole.replace(/\p{L}/gu, (letter, offset) => (isSeparator(whole, offset) ? letter.toUpperCase() : letter))),
    strrev: change((whole) => [...graphemes(whole)].reverse().join('')),
    trimspace: cut((whole) => [whole.length - whole.trimStart().length, whole.trimEnd().length]),
    chomp: cut((whole) => [0, whole.replace(/[\r\n]+$/, '').length]),
    trimprefix: cut((whole, prefix) => [whole.startsWith(prefix) ? prefix.length : 0, whole.length], 2),
    trimsuffix: cut((whole, suffix) => [0, whole.endsWith(suffix) ? whole.length - suffix.length : whole.length], 2),
    trim: cut(trimmed, 2),
    startswith: check((whole, part) => whole.startsWith(part)),
    endswith: check((whole, part) => whole.endsWith(part)),
    strcontains: check((whole, part) => whole.includes(part)),

    substr: {
      parameters: [text, number, number],
      returns: stringType,
      call: ([whole, offset, length], { at }) => {
        const letters = graphemes(textOf(whole));
        const given = numberOf(offset);
        const start = given < 0 ? Math.max(0, letters.length + given) : given;
        const count = numberOf(length);
        return hclString(letters.slice(start, count < 0 ? undefined : start + count).join(''), at);
      },
    },

    indent: {
      parameters: [number, text],
      returns: stringType,
      call: ([count, whole], { at }) =>
        hclString(textOf(whole).replaceAll('\n', `\n${' '.repeat(Math.min(1000, Math.max(0, numberOf(count))))}`), at),
    },

    join: {
      parameters: [text],
      rest: texts,
      returns: stringType,
      call: ([separator, ...lists], { at }) => {
        const between = textOf(separator);
        const pieces: TextPiece[] = [];
        for (const item of lists.flatMap(itemsOf)) {
          if (pieces.length > 0 && between !== '') pieces.push({ text: between, at, isExact: false });
          if (item.type === 'string') pieces.push(...(item.value === '' ? [{ text: '', at, isExact: false }] : piecesOf(item, at)));
        }
        return textOfPieces(pieces, at);
      },
    },

    split: {
      parameters: [text, text],
      returns: listOf(stringType),
      call: ([separator, whole], { at }) => {
        const parts = textOf(separator) === '' ? [...textOf(whole)] : textOf(whole).split(textOf(separator));
        return hclList(
          stringType,
          parts.map((part) => hclString(part, at)),
          at,
        );
      },
    },

    replace: {
      parameters: [text, text, text],
      returns: stringType,
      call: ([whole, search, replacement], context) => {
        const pattern = textOf(search);
        if (pattern.length > 1 && pattern.startsWith('/') && pattern.endsWith('/')) {
          const regexp = compile(pattern.slice(1, -1), context, 1);
          return hclString(replacedAll(textOf(whole), regexp, textOf(replacement)), context.at);
        }
        return hclString(
          textOf(whole).replaceAll(pattern, () => textOf(replacement)),
          context.at,
        );
      },
    },

    regex: {
      parameters: [text, text],
      returns: anyType,
      call: ([pattern, whole], context) => {
        const matcher = compile(textOf(pattern), context, 0).matcher(textOf(whole));
        if (!matcher.find())
          return failCall(context, 'Call to function "regex" failed: pattern did not match any part of the given string');
        return captured(matcher, textOf(pattern), context);
      },
    },

    regexall: {
      parameters: [text, text],
      returns: listOf(anyType),
      call: ([pattern, whole], context) => {
        const matcher = compile(textOf(pattern), context, 0).matcher(textOf(whole));
        const found: HclValue[] = [];
        while (matcher.find()) found.push(captured(matcher, textOf(pattern), context));
        return hclList(found[0] ? typeOfCapture(found[0]) : anyType, found, context.at);
      },
    },

    format: {
      parameters: [text],
      rest: { type: anyType, isNullable: true, mayHoldUnknown: true },
      returns: stringType,
      call: ([format, ...args], context) => hclString(formatted(textOf(format), args, context), context.at),
    },

    formatlist: {
      parameters: [text],
      rest: { type: anyType, isNullable: true, mayHoldUnknown: true },
      returns: listOf(stringType),
      call: ([format, ...args], context) => {
        const lists = args.filter((arg) => 'items' in arg);
        const count = lists.length === 0 ? 1 : itemsOf(lists[0]).length;
        if (lists.some((list) => itemsOf(list).length !== count))
          failCall(context, 'Call to function "formatlist" failed: lists of different lengths');
        const items = Array.from({ length: count }, (_, index) => {
          const row = args.map((arg) => ('items' in arg ? (arg.items[index] ?? hclNull()) : arg));
          return hclString(formatted(textOf(format), row, context), context.at);
        });
        return hclList(stringType, items, context.at);
      },
    },
  }),
);

/** Whether a word begins at an offset: Go's `strings.Title` (`isSeparator`). */
const isSeparator = (whole: string, offset: number): boolean => {
  const before = whole.slice(0, offset).match(/.$/su)?.[0];
  return before === undefined || !(/[\p{L}\p{N}_]/u.test(before) || (before > '\u007f' && !/\s/u.test(before)));
};

const compile = (pattern: string, context: CallContext, index: number) => {
  const { RE2JS } = re2();
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return failArgument(context, index, `invalid regular expression: ${error instanceof Error ? error.message : pattern}`);
  }
};

/** Go's `Regexp.ReplaceAllString`: `$1`, `${name}` and `$$` in the replacement; a name is as long as it goes. */
const replacedAll = (whole: string, regexp: ReturnType<typeof compile>, replacement: string): string => {
  const names = regexp.namedGroups();
  const matcher = regexp.matcher(whole);
  const group = (name: string): string => {
    const index = /^\d+$/.test(name) ? Number(name) : names[name];
    return index === undefined || index > matcher.groupCount() ? '' : (matcher.group(index) ?? '');
  };
  let output = '';
  let last = 0;
  while (matcher.find()) {
    output += whole.slice(last, matcher.start());
    output += replacement.replace(/\$(?:\$|(\w+)|\{(\w+)\})/g, (written, bare, braced) => (written === '$$' ? '$' : group(bare ?? braced)));
    last = matcher.end();
  }
  return output + whole.slice(last);
};

interface Match {
  readonly group: (index?: number | string) => string | null;
  readonly groupCount: () => number;
}

/** The whole match, the groups as a list, or as an object where they have names. */
const captured = (match: Match, pattern: string, { at }: CallContext): HclValue => {
  const names = [...pattern.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)].map(([, name = '']) => name);
  const part = (index: number | string): HclValue => {
    const found = match.group(index);
    return found === null ? hclNull(stringType, at) : hclString(found, at);
  };
  if (names.length > 0)
    return hclObject(
      names.map((name) => [name, part(name)] as const),
      at,
    );
  const count = match.groupCount();
  return count === 0
    ? part(0)
    : hclTuple(
        Array.from({ length: count }, (_, index) => part(index + 1)),
        at,
      );
};

const typeOfCapture = (value: HclValue) => (value.type === 'string' ? stringType : anyType);

const verb = /%(?:%|([-+# 0]*)(\d+)?(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z]))/g;

/** go-cty: `stdlib.Format`. */
const formatted = (format: string, args: readonly HclValue[], context: CallContext): string => {
  let next = 0;
  const output = format.replace(verb, (whole, flags = '', width, precision, position, letter) => {
    if (whole === '%%') return '%';
    if (position !== undefined) next = Number(position) - 1;
    const arg = args[next];
    if (arg === undefined) return failCall(context, `Call to function "format" failed: not enough arguments for ${JSON.stringify(whole)}`);
    next++;
    const plain = formatOne(letter, arg, { flags, precision: precision === undefined ? undefined : Number(precision), context });
    return padded(plain, { flags, width: Math.min(10_000, Number(width ?? 0)), letter });
  });
  if (next < args.length && !/%\[/.test(format)) {
    failCall(context, `Call to function "format" failed: too many arguments; only ${next} used by format string`);
  }
  return output;
};

interface FormatOptions {
  readonly flags: string;
  readonly precision: number | undefined;
  readonly context: CallContext;
}

const formatOne = (letter: string, arg: HclValue, options: FormatOptions): string => {
  const { context, precision, flags } = options;
  const refuse = (): never => failCall(context, `Call to function "format" failed: unsupported value for "%${letter}"`);
  switch (letter) {
    case 'v':
      if (arg.type === 'string' && !flags.includes('#')) return arg.value;
      return arg.type === 'number' ? String(arg.value) : encodedAsJson(arg, context).value;
    case 's': {
      const whole = plainText(arg) ?? refuse();
      return precision === undefined ? whole : graphemes(whole).slice(0, precision).join('');
    }
    case 'q':
      return JSON.stringify(plainText(arg) ?? refuse());
    case 't':
      return arg.type === 'bool' ? String(arg.value) : arg.type === 'string' && /^(true|false)$/.test(arg.value) ? arg.value : refuse();
    case 'd':
    case 'b':
    case 'o':
    case 'x':
    case 'X':
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G': {
      const value = arg.type === 'number' ? arg.value : arg.type === 'string' && arg.value.trim() !== '' ? Number(arg.value) : Number.NaN;
      return Number.isNaN(value) ? refuse() : withSign(formatNumber(letter, value, precision), flags);
    }
    default:
      return failCall(context, `Call to function "format" failed: unsupported format verb "${letter}"`);
  }
};

const withSign = (plain: string, flags: string): string =>
  flags.includes('+') && !plain.startsWith('-') ? `+${plain}` : flags.includes(' ') && !plain.startsWith('-') ? ` ${plain}` : plain;

const formatNumber = (letter: string, value: number, precision: number | undefined): string => {
  const whole = Math.trunc(value);
  switch (letter) {
    case 'd':
      return String(whole);
    case 'b':
      return whole.toString(2);
    case 'o':
      return whole.toString(8);
    case 'x':
      return whole.toString(16);
    case 'X':
      return whole.toString(16).toUpperCase();
    case 'f':
      return value.toFixed(Math.min(100, precision ?? 6));
    case 'g':
    case 'G':
      return String(precision === undefined ? value : Number(value.toPrecision(Math.min(100, Math.max(1, precision)))));
    default: {
      const text = value.toExponential(Math.min(100, precision ?? 6)).replace(/e([+-])(\d)$/, 'e$10$2');
      return letter === 'E' ? text.toUpperCase() : text;
    }
  }
};

const padded = (plain: string, { flags, width, letter }: { flags: string; width: number; letter: string }): string => {
  const missing = width - graphemes(plain).length;
  if (missing <= 0) return plain;
  if (flags.includes('-')) return plain + ' '.repeat(missing);
  if (!flags.includes('0') || letter === 's') return ' '.repeat(missing) + plain;
  const sign = /^[+-]/.exec(plain)?.[0] ?? '';
  return sign + '0'.repeat(missing) + plain.slice(sign.length);
};

/** Of what converts to a text. */
const plainText = (value: HclValue): string | undefined => {
  const converted = convert(value, stringType);
  return 'value' in converted && converted.value.type === 'string' ? converted.value.value : undefined;
};
