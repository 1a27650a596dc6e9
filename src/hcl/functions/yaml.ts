/** `yamldecode` and `yamlencode` (zclconf/go-cty-yaml: `decode.go`, `encode.go`, `resolve.go`). */
import { hasHole, holesIn, withoutHoles } from '../../gotemplate/hole.ts';
import type { Origin } from '../../model/origin.ts';
import type { Node, ScalarNode } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { originIn, textOfPieces } from '../value/text.ts';
import { anyType, stringType } from '../value/type.ts';
import {
  asHole,
  type HclString,
  type HclValue,
  hclBool,
  hclNull,
  hclNumber,
  hclObject,
  hclString,
  hclTuple,
  numberText,
  sortedEntries,
  type TextPiece,
} from '../value/value.ts';
import { type CallContext, everything, failCall, type HclFunction } from './define.ts';

export const yamlFunctions: ReadonlyMap<string, HclFunction> = new Map<string, HclFunction>(
  Object.entries({
    yamldecode: {
      parameters: [{ type: stringType, mayHoldUnknown: true }],
      returns: anyType,
      call: ([whole], context) => (whole?.type === 'string' ? decode(whole, context) : hclNull()),
    },
    yamlencode: {
      parameters: [everything],
      returns: stringType,
      call: ([value = hclNull()], context) => encode(value, context),
    },
  }),
);

const decode = (whole: HclString, context: CallContext): HclValue => {
  const { documents, problems } = parseYaml(whole.value, (start, end) => ({ path: '', start, end }));
  const [wrong] = problems;
  const origin = originIn(whole, context.at);
  const refuse = (detail: string, offset: number): HclValue => {
    const at = origin(offset);
    if (hasHole(whole.value)) return unreadable(whole, context);
    const isHere = at.span.path === context.at.span.path && at.span.start === context.at.span.start;
    return failCall(
      context,
      `Call to function "yamldecode" failed: ${detail}`,
      isHere ? {} : { related: [{ at, message: 'the text that is no such YAML' }] },
    );
  };
  if (wrong) return refuse(wrong.message, wrong.at.span.start);
  const [document, second] = documents;
  if (second) return refuse('unexpected extra content after value', second.span.start);
  if (document?.root === undefined) return refuse('missing start of document', 0);
  return toHcl(document.root, origin, context, refuse);
};

/** What stands for the unknown may be lines. */
const unreadable = (whole: HclString, context: CallContext): HclValue => {
  const [hole] = holesIn(whole.value, context.machine.holes);
  const why = hole?.why ?? 'it is unknown';
  return { type: 'unknown', of: anyType, why, key: `yamldecode(${withoutHoles(whole.value).slice(0, 200)})`, at: context.at };
};

type Refuse = (detail: string, offset: number) => HclValue;

const toHcl = (node: Node, origin: (offset: number) => Origin, context: CallContext, refuse: Refuse): HclValue => {
  const at = origin(node.span.start);
  switch (node.type) {
    case 'scalar':
      return scalarValue(node, at, context);
    case 'list':
      return hclTuple(
        node.items.map((item) => toHcl(item, origin, context, refuse)),
        at,
      );
    case 'map': {
      const entries = new Map<string, HclValue>();
      for (const { key, value } of node.entries) {
        const name = scalarValue(key, at, context);
        if (name.type === 'null') return refuse('mapping key cannot be null', key.span.start);
        const text =
          name.type === 'string'
            ? name.value
            : name.type === 'number'
              ? numberText(name.value)
              : name.type === 'bool'
                ? String(name.value)
                : undefined;
        if (text === undefined) return { type: 'unknown', of: anyType, why: 'a key of it is unknown', key: `key:${key.text}`, at };
        entries.set(text, toHcl(value, origin, context, refuse));
      }
      return hclObject(entries, at);
    }
    case 'unknown':
      return { type: 'unknown', of: anyType, why: node.why, key: node.why, at };
    default:
      return node satisfies never;
  }
};

const words: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
]);

/** Types as this library has them: YAML 1.1's booleans with 1.2's numbers. */
const scalarValue = ({ text, style, value }: ScalarNode, at: Origin, context: CallContext): HclValue => {
  const holes = holesIn(text, context.machine.holes);
  if (style !== 'plain') return hclString(text, at);
  const [hole] = holes;
  if (hole && holes.length === 1 && withoutHoles(text) === '(unknown)') {
    return { type: 'unknown', of: anyType, why: hole.why, key: hole.key, isNegated: hole.isNegated, at };
  }
  const word = words.get(text);
  if (word !== undefined && !(text === '' && typeof value === 'string')) return word === null ? hclNull(anyType, at) : hclBool(word, at);
  const date = /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d*)?[ \t]*(Z|[-+]\d\d?(?::?\d\d)?)?)?$/.exec(text);
  if (date) return hclString(timestamp(date), at);
  if (/^[-+]?\d+$/.test(text)) return numberOr(Number(text), text, at);
  if (/^0o[0-7]+$/.test(text) || /^0x[0-9a-fA-F]+$/.test(text)) return numberOr(Number(text), text, at);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return numberOr(Number(text), text, at);
  return hclString(text, at);
};

const numberOr = (value: number, text: string, at: Origin): HclValue =>
  Number.isInteger(value) && !Number.isSafeInteger(value)
    ? { type: 'unknown', of: { type: 'number' }, why: 'the number is too large to be exact here', key: `number:${text}`, at }
    : hclNumber(value, at);

const timestamp = ([
  ,
  year = '',
  month = '',
  day = '',
  hour = '0',
  minute = '00',
  second = '00',
  zone = 'Z',
]: readonly string[]): string => {
  const two = (part: string) => part.padStart(2, '0');
  const offset =
    zone === 'Z' ? 'Z' : zone.replace(/^([-+])(\d\d?):?(\d\d)?$/, (_, sign, hours, minutes = '00') => `${sign}${two(hours)}:${minutes}`);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${offset === '+00:00' ? 'Z' : offset}`;
};

/** As libyaml's emitter writes it with its defaults: keys and texts in double quotes, texts of several lines as blocks. */
const encode = (value: HclValue, { machine, at }: CallContext): HclValue => {
  // What is no simple key is written in a form that nobody needs.
  const hidden = longKey(value);
  if (hidden !== undefined) {
    return { type: 'unknown', of: stringType, why: 'a key of it goes over several lines', key: `yamlencode:${hidden}`, at };
  }
  const pieces: TextPiece[] = [];
  const add = (text: string, place: Origin) => pieces.push({ text, at: place, isExact: false });
  const scalar = (item: HclValue, indent: number): string => {
    switch (item.type) {
      case 'string':
        return item.value.includes('\n') && mayBeBlock(item.value) ? block(item.value, indent) : quoted(item.value);
      case 'number':
        return numberText(item.value);
      case 'bool':
        return String(item.value);
      case 'unknown':
        return asHole(item, machine.holes);
      default:
        return 'null';
    }
  };
  /** Behind `key:` or `-`, from the blank on to the end of the line. */
  const walk = (item: HclValue, indent: number, where: 'root' | 'key' | 'item'): void => {
    const place = item.at ?? at;
    const gap = where === 'root' ? '' : ' ';
    if ('items' in item) {
      if (item.items.length === 0) return void add(`${gap}[]\n`, place);
      if (where === 'key') add('\n', place);
      // Inside of a map a list is not indented.
      const depth = where === 'key' ? Math.max(0, indent - 2) : indent;
      for (const [index, entry] of item.items.entries()) {
        add(`${where === 'item' && index === 0 ? ' ' : ' '.repeat(depth)}-`, entry.at ?? place);
        walk(entry, depth + 2, 'item');
      }
      return;
    }
    if (item.type === 'map' || item.type === 'object') {
      if (item.entries.size === 0) return void add(`${gap}{}\n`, place);
      if (where === 'key') add('\n', place);
      for (const [index, [key, entry]] of sortedEntries(item).entries()) {
        add(`${where === 'item' && index === 0 ? ' ' : ' '.repeat(indent)}${quoted(key)}:`, entry.at ?? place);
        walk(entry, indent + 2, 'key');
      }
      return;
    }
    const text = scalar(item, where === 'root' ? 2 : indent);
    // A plain scalar alone ends with the mark of its document.
    if (where === 'root' && item.type !== 'string') return void add(`${text}\n...\n`, place);
    add(`${gap}${text}${text.endsWith('\n') ? '' : '\n'}`, place);
  };
  walk(value, 0, 'root');
  return textOfPieces(pieces, at);
};

/** Blanks at the end of a line, and letters that nobody sees, do not stand in a block. */
const mayBeBlock = (text: string): boolean => !/ (?:\n|$)|\ufeff|\r|(?!\n|\t)\p{Cc}/u.test(text) && text.trim() !== '';

const block = (text: string, indent: number): string => {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') || text === '\n' ? '+' : '';
  const margin = ' '.repeat(indent);
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n').map((line) => (line === '' ? '' : margin + line));
  return `|${hint}${chomp}\n${lines.join('\n')}\n`;
};

const short: ReadonlyMap<string, string> = new Map<string, string>(
  Object.entries({
    '\0': '0',
    '\u0007': 'a',
    '\b': 'b',
    '\t': 't',
    '\n': 'n',
    '\v': 'v',
    '\f': 'f',
    '\r': 'r',
    '\u001b': 'e',
    '"': '"',
    '\\': '\\',
    '\u0085': 'N',
    '\u2028': 'L',
    '\u2029': 'P',
    '\u00a0': '_',
  }),
);

const quoted = (text: string): string =>
  `"${text.replace(/["\\\p{Cc}\u00a0\u2028\u2029\ufeff]/gu, (letter) => {
    const known = short.get(letter);
    if (known !== undefined) return `\\${known}`;
    const code = letter.charCodeAt(0).toString(16).toUpperCase();
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
  })}"`;

const longKey = (value: HclValue): string | undefined => {
  if ('items' in value) return firstOf(value.items);
  if (!('entries' in value)) return undefined;
  return [...value.entries.keys()].find((key) => key.includes('\n') || key.length > 120) ?? firstOf(value.entries.values());
};

const firstOf = (values: Iterable<HclValue>): string | undefined => {
  for (const value of values) {
    const found = longKey(value);
    if (found !== undefined) return found;
  }
  return undefined;
};
