/** Encodings (go-cty: `function/stdlib/json.go`; terraform: `funcs/encoding.go`, `crypto.go`), without YAML. */
import { createHash } from 'node:crypto';
import type { Holes } from '../../gotemplate/hole.ts';
import type { Origin } from '../../model/origin.ts';
import { textOfPieces } from '../value/text.ts';
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
import { type CallContext, everything, failArgument, failCall, type HclFunction, text, textOf } from './define.ts';

const ofText = (apply: (whole: string, context: CallContext) => string): HclFunction => ({
  parameters: [text],
  returns: stringType,
  call: ([whole], context) => hclString(apply(textOf(whole), context), context.at),
});

const hash = (algorithm: string, encoding: 'hex' | 'base64'): HclFunction =>
  ofText((whole) => createHash(algorithm).update(whole).digest(encoding));

/** Go's encoder escapes what HTML gives a meaning. */
const goQuoted = (whole: string): string =>
  JSON.stringify(whole).replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const jsonencode: HclFunction = {
  parameters: [everything],
  returns: stringType,
  call: ([value = hclNull()], context) => encodedAsJson(value, context),
};

/** JSON as cty writes it: names sorted, no blanks; what is unknown stands as it does in texts. */
export const encodedAsJson = (value: HclValue, { machine, at }: CallContext): HclString =>
  textOfPieces(jsonPieces(value, at, machine.holes), at);

const jsonPieces = (value: HclValue, around: Origin, holes: Holes): readonly TextPiece[] => {
  const at = value.at ?? around;
  const piece = (text: string): TextPiece => ({ text, at, isExact: false });
  switch (value.type) {
    case 'string':
      return [piece(goQuoted(value.value))];
    case 'number':
      return [piece(numberText(value.value))];
    case 'bool':
      return [piece(String(value.value))];
    case 'null':
      return [piece('null')];
    case 'unknown':
      return [piece(asHole(value, holes))];
    case 'list':
    case 'set':
    case 'tuple': {
      const items = value.items.flatMap((item, index) => [...(index > 0 ? [piece(',')] : []), ...jsonPieces(item, at, holes)]);
      return [piece('['), ...items, piece(']')];
    }
    case 'map':
    case 'object': {
      const entries = sortedEntries(value).flatMap(([key, item], index) => [
        { ...piece(`${index > 0 ? ',' : ''}${goQuoted(key)}:`), at: item.at ?? at },
        ...jsonPieces(item, at, holes),
      ]);
      return [piece('{'), ...entries, piece('}')];
    }
    default:
      return value satisfies never;
  }
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

const fromJson = (value: unknown, at: Origin): HclValue => {
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

export const encodingFunctions: ReadonlyMap<string, HclFunction> = new Map<string, HclFunction>(
  Object.entries({
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
  }),
);
