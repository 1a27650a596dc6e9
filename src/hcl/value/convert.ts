/** Values to other types, as cty converts them (`cty/convert`), and as a variable's type constraint fills them in. */

import { anyType, type HclType, isSameType, type ListType, type ObjectType, typeName } from './type.ts';
import type { HclValue } from './value.ts';
import { hclBool, hclList, hclMap, hclNull, hclNumber, hclSet, hclString, numberText, tidy, typeOfAll } from './value.ts';

export type Converted = { readonly value: HclValue } | { readonly problem: string };

export const convert = (value: HclValue, type: HclType): Converted => {
  if (type.type === 'any') return { value };
  if (value.type === 'null') return { value: { ...value, of: type } };
  if (value.type === 'unknown') return convertUnknown(value, type);
  switch (type.type) {
    case 'string':
    case 'number':
    case 'bool':
      return convertPrimitive(value, type.type);
    case 'list':
    case 'set':
      return convertToList(value, type);
    case 'map':
      return convertToMap(value, type.of);
    case 'tuple':
      return convertToTuple(value, type.items);
    case 'object':
      return convertToObject(value, type);
    default:
      return type satisfies never;
  }
};

const convertUnknown = (value: HclValue & { readonly type: 'unknown' }, type: HclType): Converted => {
  if (value.ways === undefined) return { value: { ...value, of: type } };
  const [one, other] = [convert(value.ways[0], type), convert(value.ways[1], type)];
  if (!('value' in one) || !('value' in other)) return { value: { ...value, of: type, ways: undefined } };
  return { value: { ...value, of: type, ways: [one.value, other.value] } };
};

const wrong = (type: HclType): Converted => ({ problem: requirement(type) });

const requirement = (type: HclType): string => {
  const name = typeName(type);
  return type.type === 'string' ? 'string required' : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name} is required`;
};

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const convertPrimitive = (value: HclValue, to: 'string' | 'number' | 'bool'): Converted => {
  if (value.type === to) return { value };
  const { at, isSensitive } = value;
  if (to === 'string' && value.type === 'number') return { value: { ...hclString(numberText(value.value), at), isSensitive } };
  if (to === 'string' && value.type === 'bool') return { value: { ...hclString(String(value.value), at), isSensitive } };
  if (value.type !== 'string') return wrong({ type: to });
  if (to === 'number' && decimal.test(value.value)) return { value: { ...hclNumber(tidy(Number(value.value)), at), isSensitive } };
  if (to === 'bool' && /^(?:true|false|1|0)$/.test(value.value)) {
    return { value: { ...hclBool(value.value === 'true' || value.value === '1', at), isSensitive } };
  }
  // What a hole stands for may be of the type.
  if (value.value.includes('\ue000'))
    return { value: { type: 'unknown', of: { type: to }, why: 'it is made of something unknown', key: `to:${value.value}`, at } };
  return wrong({ type: to });
};

const convertToList = (value: HclValue, type: ListType): Converted => {
  if (value.type !== 'list' && value.type !== 'set' && value.type !== 'tuple') return wrong(type);
  if (value.type === type.type && isSameType(value.of, type.of)) return { value };
  const own = 'of' in value && value.items.length === 0 ? value.of : undefined;
  const of = type.of.type === 'any' ? (own ?? typeOfAll(value.items)) : type.of;
  if (of === undefined) return { problem: `all ${type.type} elements must have the same type` };
  const items: HclValue[] = [];
  for (const [index, item] of value.items.entries()) {
    const converted = convert(item, of);
    if (!('value' in converted)) return { problem: `element ${index}: ${converted.problem}` };
    items.push(converted.value);
  }
  const made = type.type === 'set' ? hclSet(of, items, value.at) : hclList(of, items, value.at);
  return { value: { ...made, isSensitive: value.isSensitive } };
};

const convertToMap = (value: HclValue, wanted: HclType): Converted => {
  if (value.type !== 'map' && value.type !== 'object') return wrong({ type: 'map', of: wanted });
  if (value.type === 'map' && isSameType(value.of, wanted)) return { value };
  const of = wanted.type === 'any' ? typeOfAll([...value.entries.values()]) : wanted;
  if (of === undefined) return { problem: 'all map elements must have the same type' };
  const entries = new Map<string, HclValue>();
  for (const [key, item] of value.entries) {
    const converted = convert(item, of);
    if (!('value' in converted)) return { problem: `element ${JSON.stringify(key)}: ${converted.problem}` };
    entries.set(key, converted.value);
  }
  return { value: { ...hclMap(of, entries, value.at), open: value.open, isSensitive: value.isSensitive } };
};

const convertToTuple = (value: HclValue, types: readonly HclType[]): Converted => {
  if (value.type !== 'tuple' && value.type !== 'list') return wrong({ type: 'tuple', items: types });
  if (value.items.length !== types.length) return { problem: `a tuple of ${types.length} elements is required` };
  const items: HclValue[] = [];
  for (const [index, item] of value.items.entries()) {
    const converted = convert(item, types[index] ?? anyType);
    if (!('value' in converted)) return { problem: `element ${index}: ${converted.problem}` };
    items.push(converted.value);
  }
  return { value: { type: 'tuple', items, at: value.at, isSensitive: value.isSensitive } };
};

/** Attributes that the type does not name are dropped; those that may be absent are null, until defaults fill them in. */
const convertToObject = (value: HclValue, type: ObjectType): Converted => {
  if (value.type !== 'map' && value.type !== 'object') return { problem: 'object required' };
  const entries = new Map<string, HclValue>();
  for (const [name, wanted] of type.attributes) {
    const item = value.entries.get(name);
    if (item === undefined && value.open) {
      entries.set(name, { ...value.open, of: wanted });
      continue;
    }
    if (item === undefined && !type.optional?.has(name)) return { problem: `attribute ${JSON.stringify(name)} is required` };
    const converted = convert(item ?? hclNull(wanted, value.at), wanted);
    if (!('value' in converted)) return { problem: `attribute ${JSON.stringify(name)}: ${converted.problem}` };
    entries.set(name, converted.value);
  }
  return { value: { type: 'object', entries, at: value.at, isSensitive: value.isSensitive } };
};
