/** Encodings (go-cty: `function/stdlib/json.go`; terraform: `funcs/encoding.go`, `crypto.go`), without YAML. */
import { createHash } from 'node:crypto';
import { byBytes } from '../../gotemplate/value.ts';
import type { Origin } from '../../model/origin.ts';
import { piecesOf, textOfPieces } from '../value/text.ts';
import { anyType, stringType } from '../value/type.ts';
import {
  asHole,
  type HclValue,
  hclBool,
  hclNull,
  hclNumber,
  hclObject,
  hclString,
  hclTuple,
  numberText,
  type TextPiece,
} from '../value/value.ts';
import { type CallContext, everything, failArgument, failCall, type HclFunction, text, textOf } from './define.ts';

const ofText = (apply: (whole: string, context: CallContext) => string): HclFunction => ({
  parameters: [text],
  returns: stringType,
  call: ([whole], context) => hclString(apply(textOf(whole), context), context.at),
});

const hash = (algorithm: string, encoding: 'hex' | 'base64'): HclFunction =>
  ofText((whole) => createHash(algorithm).update(whole).digest(encoding));

/** Go's encoder escapes what HTML gives a meaning. */
export const goQuoted = (whole: string): string =>
  JSON.stringify(whole).replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const jsonencode: HclFunction = {
  parameters: [everything],
  returns: stringType,
  call: ([value = hclNull()], { machine, at }) => {
    const pieces: TextPiece[] = [];
    const add = (written: string, place: Origin) => pieces.push({ text: written, at: place, isExact: false });
    const walk = (item: HclValue): void => {
      const place = item.at ?? at;
      switch (item.type) {
        case 'string':
          return void add(goQuoted(item.value), place);
        case 'number':
          return void add(numberText(item.value), place);
        case 'bool':
          return void add(String(item.value), place);
        case 'null':
          return void add('null', place);
        case 'unknown':
          return void add(asHole(item, machine.holes), place);
        case 'list':
        case 'set':
        case 'tuple':
          add('[', place);
          for (const [index, entry] of item.items.entries()) {
            if (index > 0) add(',', place);
            walk(entry);
          }
          return void add(']', place);
        case 'map':
        case 'object': {
          add('{', place);
          const sorted = [...item.entries].sort(([a], [b]) => byBytes(a, b));
          for (const [index, [key, entry]] of sorted.entries()) {
            add(`${index > 0 ? ',' : ''}${goQuoted(key)}:`, entry.at ?? place);
            walk(entry);
          }
          return void add('}', place);
        }
        default:
          return item satisfies never;
      }
    };
    walk(value);
    return textOfPieces(pieces, at);
  },
};

const jsondecode: HclFunction = {
  parameters: [text],
  returns: anyType,
  call: ([whole], context) => {
    try {
      return fromJson(JSON.parse(textOf(whole)), whole?.at ?? context.at);
    } catch {
      return failArgument(context, 0, 'a valid JSON document is required');
    }
  },
};

export const fromJson = (value: unknown, at: Origin): HclValue => {
  if (value === null) return hclNull(anyType, at);
  if (typeof value === 'string') return hclString(value, at);
  if (typeof value === 'number') return hclNumber(value, at);
  if (typeof value === 'boolean') return hclBool(value, at);
  if (Array.isArray(value))
    return hclTuple(
      value.map((item: unknown) => fromJson(item, at)),
      at,
    );
  return hclObject(
    Object.entries(value ?? {}).map(([key, item]: [string, unknown]) => [key, fromJson(item, at)] as const),
    at,
  );
};

export const encodingFunctions: Readonly<Record<string, HclFunction>> = {
  jsonencode,
  jsondecode,
  base64encode: ofText((whole) => Buffer.from(whole).toString('base64')),
  base64decode: ofText((whole, context) => {
    const isSound = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/.test(whole) && whole.replace(/[\r\n]/g, '').length % 4 === 0;
    if (!isSound) return failCall(context, 'Call to function "base64decode" failed: failed to decode base64 data');
    const decoded = Buffer.from(whole, 'base64');
    const result = decoded.toString('utf8');
    if (!Buffer.from(result).equals(decoded)) {
      return failCall(context, 'Call to function "base64decode" failed: the result of decoding the provided string is not valid UTF-8');
    }
    return result;
  }),
  urlencode: ofText((whole) =>
    encodeURIComponent(whole)
      .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
  md5: hash('md5', 'hex'),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
};

/** The text of a value, for who has to have it in pieces. */
export const asPieces = (value: HclValue, at: Origin): readonly TextPiece[] => (value.type === 'string' ? piecesOf(value, at) : []);
