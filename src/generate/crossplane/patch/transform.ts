/**
 * The transforms of function-patch-and-transform (`transforms.go`): the value of a field → what a patch writes. Numbers of
 * the composite resource are float64 here, which is what its verbs print.
 */
import { createHash } from 'node:crypto';
import { sprintf } from '../../../gotemplate/format.ts';
import { adler32 } from '../../../gotemplate/functions/encoding.ts';
import { type Holes, unknownIn } from '../../../gotemplate/hole.ts';
import { type GoValue, goNil, goString, type Unknown } from '../../../gotemplate/value.ts';
import { goCapturesOf, isGoPattern, matchesGoPattern } from '../../../pattern/go-pattern.ts';
import { child, entryOf, isMap, isNull, itemsOf, type Node, stringAt } from '../../../yaml/node.ts';
import { freeContext, goValueOf } from '../values.ts';
import { converted } from './convert.ts';
import type { Failure } from './field-path.ts';
import { jsonText } from './json-text.ts';

export type Transformed = { readonly type: 'value'; readonly value: GoValue } | Failure;

const value = (given: GoValue): Transformed => ({ type: 'value', value: given });
const failed = (message: string): Failure => ({ type: 'failed', message });

interface Settings {
  readonly holes: Holes;
  readonly dialect: 'function' | 'native';
}

/** @param transforms items of `transforms`, the first one first */
export const transformed = (input: GoValue, transforms: readonly Node[], given: Settings): Transformed => {
  let here: Transformed = value(input);
  for (const [index, transform] of transforms.entries()) {
    if (here.type === 'failed') return here;
    here = resolve(here.value, transform, given);
    if (here.type === 'failed') return failed(`transform at index ${index} returned error: ${here.message}`);
  }
  return here;
};

const resolve = (input: GoValue, transform: Node, given: Settings): Transformed => {
  const type = stringAt(transform, 'type') ?? '';
  const settings = child(transform, type);
  if (!isMap(settings)) {
    const known = ['math', 'map', 'match', 'string', 'convert'].includes(type);
    return failed(known ? `given transform type ${type} requires configuration` : `transform type ${type} is not supported`);
  }
  const result = byType(type, input, settings, given);
  return result.type === 'failed' ? failed(`${type} transform could not resolve: ${result.message}`) : result;
};

const byType = (type: string, input: GoValue, settings: Node, { holes, dialect }: Settings): Transformed => {
  const unknown = unknownIn(input, freeContext(holes));
  const typeOf = (node: Node, otherwise: string) => stringAt(node, 'type') ?? (dialect === 'native' ? otherwise : '');
  if (type === 'string') return resolveString(typeOf(settings, 'Format'), input, settings, { unknown, holes });
  if (unknown) return value({ ...unknown, key: `${type} of ${unknown.key}` });
  switch (type) {
    case 'math':
      return resolveMath(typeOf(settings, 'Multiply'), input, settings);
    case 'map':
      return resolveMap(input, settings);
    case 'match':
      return resolveMatch(input, settings, (pattern) => typeOf(pattern, 'literal'));
    default:
      return converted(input, settings);
  }
};

const goTypeName = (input: GoValue): string => {
  switch (input.type) {
    case 'int':
      return 'int64';
    case 'map':
      return 'map[string]interface {}';
    case 'list':
      return '[]interface {}';
    case 'nil':
      return '<nil>';
    default:
      return input.type;
  }
};

/** `ResolveMath`: the result of a whole number times a whole number is one; a clamp gives the clamp, or what came. */
const resolveMath = (type: string, input: GoValue, settings: Node): Transformed => {
  const key = { Multiply: 'multiply', ClampMin: 'clampMin', ClampMax: 'clampMax' }[type];
  if (key === undefined) return failed(type === '' ? 'math transform type is required' : `unknown math transform type ${type}`);
  const factor = child(settings, key);
  const by = factor?.type === 'scalar' ? factor.value : undefined;
  if (typeof by !== 'number' && typeof by !== 'bigint') return failed(`${key} must be set for type ${type}`);
  if (input.type !== 'int' && input.type !== 'float64')
    return failed(`input is required to be a number for math transformer, got ${goTypeName(input)}`);
  const limit = BigInt(Math.trunc(Number(by)));
  if (type === 'Multiply') {
    return value(
      input.type === 'int' ? { ...input, value: BigInt.asIntN(64, input.value * limit) } : { ...input, value: input.value * Number(by) },
    );
  }
  const whole = input.type === 'int' ? input.value : BigInt(Number.isFinite(input.value) ? Math.trunc(input.value) : 0);
  const isBeyond = type === 'ClampMin' ? whole < limit : whole > limit;
  return value(isBeyond ? { type: 'int', of: 'int64', value: limit, at: input.at } : input);
};

const resolveMap = (input: GoValue, settings: Node): Transformed => {
  if (input.type !== 'string') return failed(`type ${goTypeName(input)} is not supported for map transform`);
  const found = isMap(settings) ? entryOf(settings, input.value)?.value : undefined;
  if (found === undefined) return failed(`key ${input.value} is not found in map`);
  return isNull(found) ? failed(`value for key ${input.value} is not valid JSON`) : value(goValueOf(found, 'float64'));
};

/** `ResolveMatch`: what no pattern takes becomes the fallback, which is null where none is written. */
const resolveMatch = (input: GoValue, settings: Node, typeOf: (pattern: Node) => string): Transformed => {
  for (const [index, pattern] of itemsOf(child(settings, 'patterns')).entries()) {
    const takes = matches(typeOf(pattern), pattern, input);
    if (typeof takes !== 'boolean') return failed(`cannot match pattern at index ${index}: ${takes.message}`);
    const result = child(pattern, 'result');
    if (takes) return value(result ? goValueOf(result, 'float64') : goNil);
  }
  const fallback = child(settings, 'fallbackValue');
  if (stringAt(settings, 'fallbackTo') !== 'Input') return value(fallback ? goValueOf(fallback, 'float64') : goNil);
  return fallback ? failed('cannot set both a fallback value and the fallback to input flag') : value(input);
};

const matches = (type: string, pattern: Node, input: GoValue): boolean | Failure => {
  const expected = stringAt(pattern, type);
  if (type !== 'literal' && type !== 'regexp') return failed(`unsupported pattern type '${type}'`);
  if (expected === undefined) return failed(`${type} is required by type ${type}`);
  if (type === 'regexp' && !isGoPattern(expected)) return failed('cannot compile regexp');
  if (input.type !== 'string') return failed(`unsupported input type '${input.type === 'nil' ? 'null' : goTypeName(input)}'`);
  return type === 'literal' ? input.value === expected : matchesGoPattern(input.value, expected);
};

/** `ResolveString`: only Format keeps what is known around something unknown. */
const resolveString = (
  type: string,
  input: GoValue,
  settings: Node,
  { unknown, holes }: { readonly unknown: Unknown | undefined; readonly holes: Holes },
): Transformed => {
  const text = () => sprintf('%v', [input], freeContext(holes));
  if (type === 'Format') {
    const format = stringAt(settings, 'fmt');
    if (format === undefined) return failed('string transform of type Format fmt is not set');
    return value({ ...goString(sprintf(format, [input], freeContext(holes))), at: input.at });
  }
  if (unknown) return value({ ...unknown, key: `${type} of ${unknown.key}` });
  const told = (result: string): Transformed => value({ ...goString(result), at: input.at });
  switch (type) {
    case 'Convert': {
      const result = stringConverted(stringAt(settings, 'convert'), input, text());
      return typeof result === 'string' ? told(result) : result;
    }
    case 'TrimPrefix':
    case 'TrimSuffix': {
      const trim = stringAt(settings, 'trim');
      if (trim === undefined) return failed(`string transform of type ${type} trim is not set`);
      const all = text();
      if (type === 'TrimPrefix') return told(all.startsWith(trim) ? all.slice(trim.length) : all);
      return told(all.endsWith(trim) ? all.slice(0, all.length - trim.length) : all);
    }
    case 'Regexp': {
      const pattern = stringAt(settings, 'regexp', 'match') ?? '';
      const chosen = child(settings, 'regexp', 'group');
      const group = chosen?.type === 'scalar' ? Number(chosen.value) : 0;
      if (!isGoPattern(pattern)) return failed('could not compile regexp');
      const found = goCapturesOf(text(), pattern)?.[group];
      return found === undefined ? failed(`regexp ${JSON.stringify(pattern)} had no matches for group ${group}`) : told(found);
    }
    case 'Join': {
      const separator = stringAt(settings, 'join', 'separator') ?? '';
      if (input.type !== 'list') return failed('could not parse input array');
      const joined = input.items.map((item) => sprintf('%v', [item], freeContext(holes)) + separator).join('');
      // One byte is cut off, however long the separator is.
      return told(separator === '' || joined === '' ? joined : Buffer.from(joined).subarray(0, -1).toString('utf8'));
    }
    case 'Replace': {
      const search = stringAt(settings, 'replace', 'search') ?? '';
      if (search === '') return failed('replace transform requires a search');
      return told(text().replaceAll(search, () => stringAt(settings, 'replace', 'replace') ?? ''));
    }
    default:
      return failed(`type ${type} is not supported for string transform type`);
  }
};

const stringConverted = (conversion: string | undefined, input: GoValue, text: string): string | Failure => {
  const bytes = () => (input.type === 'string' ? input.value : jsonText(input));
  switch (conversion) {
    case 'ToUpper':
      return text.toUpperCase();
    case 'ToLower':
      return text.toLowerCase();
    case 'ToBase64':
      return Buffer.from(text).toString('base64');
    case 'FromBase64': {
      const plain = text.replace(/[\r\n]/g, '');
      const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain);
      return isBase64 ? Buffer.from(plain, 'base64').toString('utf8') : failed('string is not valid base64');
    }
    case 'ToJson':
      return jsonText(input);
    case 'ToSha1':
    case 'ToSha256':
    case 'ToSha512':
      return createHash(conversion.slice(2).toLowerCase()).update(bytes()).digest('hex');
    case 'ToAdler32':
      return String(adler32(bytes()));
    default:
      return failed(`type ${conversion ?? ''} is not supported for string convert`);
  }
};
