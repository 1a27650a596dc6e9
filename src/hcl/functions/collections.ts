/** Functions of lists, sets and maps (terraform: `internal/lang/funcs/collection.go`; go-cty: `function/stdlib/collection.go`, `set.go`). */

import { byBytes } from '../../gotemplate/value.ts';
import { convert } from '../value/convert.ts';
import { isEqual } from '../value/equal.ts';
import { isTrueResult } from '../value/precision.ts';
import { anyType, boolType, type HclType, listOf, mapOf, numberType, setOf, stringType, unify } from '../value/type.ts';
import {
  type HclUnknown,
  type HclValue,
  hclBool,
  hclList,
  hclMap,
  hclNull,
  hclNumber,
  hclObject,
  hclSet,
  hclString,
  hclTuple,
  identity,
  isUnknown,
  sortedEntries,
  tidy,
  typeOf,
  typeOfAll,
} from '../value/value.ts';
import {
  type CallContext,
  everything,
  failArgument,
  failCall,
  type HclFunction,
  holding,
  isTrue,
  itemsOf,
  number,
  numberOf,
  textOf,
} from './define.ts';

const maxItems = 100_000;

const isList = (value: HclValue | undefined): value is HclValue & { readonly items: readonly HclValue[] } =>
  value !== undefined && 'items' in value;
const isMap = (value: HclValue | undefined): value is Extract<HclValue, { readonly type: 'map' | 'object' }> =>
  value?.type === 'map' || value?.type === 'object';

/** Items as a list of the type that they have together, else as a tuple. */
const listLike = (items: readonly HclValue[], sources: readonly HclValue[], { at }: CallContext): HclValue => {
  const types = sources.map(typeOf);
  if (!types.every(({ type }) => type === 'list')) return hclTuple(items, at);
  const of = unify(types.flatMap((type) => ('of' in type ? [type.of] : [])));
  return of ? hclList(of, items, at) : hclTuple(items, at);
};

const unknownLike = (unknown: HclUnknown, of: HclType, name: string): HclUnknown => {
  const { why, key, at, isOfApply } = unknown;
  return { type: 'unknown', of, why, key: `${name}(${key})`.slice(0, 300), at, isOfApply };
};

const length: HclFunction = {
  parameters: [{ type: anyType, mayHoldUnknown: true }],
  returns: numberType,
  call: ([of], context) => {
    if (of?.type === 'string') return hclNumber([...new Intl.Segmenter('en').segment(of.value)].length, context.at);
    if (isMap(of)) return of.open ? unknownLike(of.open, numberType, 'length') : hclNumber(of.entries.size, context.at);
    if (of?.type === 'set' && of.items.some(isUnknown))
      return unknownLike(of.items.find(isUnknown) ?? missingUnknown, numberType, 'length');
    return isList(of)
      ? hclNumber(of.items.length, context.at)
      : failArgument(context, 0, 'argument must be a string, a collection type, or a structural type');
  },
};

const missingUnknown: HclUnknown = { type: 'unknown', of: anyType, why: 'it is unknown', key: '?' };

const merge: HclFunction = {
  parameters: [],
  rest: everything,
  returns: anyType,
  call: (args, context) => {
    const entries = new Map<string, HclValue>();
    let open: HclUnknown | undefined;
    for (const [index, arg] of args.entries()) {
      if (arg.type === 'null') continue;
      if (arg.type === 'unknown') {
        open = arg;
        // What was there before may be something else now.
        for (const [key] of entries) entries.set(key, unknownLike(arg, anyType, `merge.${key}`));
        continue;
      }
      if (!isMap(arg)) return failArgument(context, index, 'arguments must be maps or objects');
      open = arg.open ?? open;
      for (const [key, value] of arg.entries) {
        entries.delete(key);
        entries.set(key, value);
      }
    }
    const given = args.filter(isMap);
    const of =
      given.length === args.length && given.every(({ type }) => type === 'map')
        ? unify(given.map((arg) => (arg.type === 'map' ? arg.of : anyType)))
        : undefined;
    const made = of ? hclMap(of, entries, context.at) : hclObject(entries, context.at);
    return { ...made, open };
  },
};

const lookup: HclFunction = {
  parameters: [holding, { type: stringType }],
  rest: everything,
  returns: anyType,
  call: ([map, key, fallback], context) => {
    if (!isMap(map)) return failArgument(context, 0, 'lookup() requires a map as the first argument');
    const found = map.entries.get(textOf(key));
    if (found) return found;
    if (map.open) return unknownLike(map.open, anyType, `lookup.${textOf(key)}`);
    if (fallback === undefined) {
      return failCall(context, `Call to function "lookup" failed: the given object has no attribute ${JSON.stringify(textOf(key))}`);
    }
    if (map.type !== 'map' || map.of.type === 'any') return fallback;
    const converted = convert(fallback, map.of);
    return 'value' in converted
      ? converted.value
      : failArgument(context, 2, 'the default value must have the same type as the map elements');
  },
};

const concat: HclFunction = {
  parameters: [],
  rest: { type: anyType, mayHoldUnknown: true },
  returns: anyType,
  call: (args, context) => {
    const wrong = args.findIndex((arg) => !isList(arg));
    if (wrong !== -1) return failArgument(context, wrong, 'all arguments must be lists or tuples');
    return listLike(args.flatMap(itemsOf), args, context);
  },
};

const flatten: HclFunction = {
  parameters: [{ type: anyType, mayHoldUnknown: true }],
  returns: anyType,
  call: ([list], context) => {
    const items: HclValue[] = [];
    let hidden: HclUnknown | undefined;
    const walk = (value: HclValue, depth: number): void => {
      if (items.length > maxItems || depth > 100) failCall(context, 'more items than are looked at', { isLimit: true });
      if (isList(value)) for (const item of value.items) walk(item, depth + 1);
      else if (
        value.type === 'unknown' &&
        (value.of.type === 'any' || value.of.type === 'list' || value.of.type === 'set' || value.of.type === 'tuple')
      )
        hidden ??= value;
      else items.push(value);
    };
    if (list) walk(list, 0);
    // An unknown may be a list of any length.
    return hidden ? unknownLike(hidden, listOf(anyType), 'flatten') : hclTuple(items, context.at);
  },
};

const keys: HclFunction = {
  parameters: [holding],
  returns: listOf(stringType),
  call: ([map], context) => {
    if (!isMap(map)) return failArgument(context, 0, 'must have map or object type');
    if (map.open) return unknownLike(map.open, listOf(stringType), 'keys');
    const names = sortedEntries(map).map(([key]) => hclString(key, context.at));
    return map.type === 'map' ? hclList(stringType, names, context.at) : hclTuple(names, context.at);
  },
};

const values: HclFunction = {
  parameters: [holding],
  returns: anyType,
  call: ([map], context) => {
    if (!isMap(map)) return failArgument(context, 0, 'must have map or object type');
    if (map.open) return unknownLike(map.open, listOf(anyType), 'values');
    const items = sortedEntries(map).map(([, item]) => item);
    return map.type === 'map' ? hclList(map.of, items, context.at) : hclTuple(items, context.at);
  },
};

const contains: HclFunction = {
  parameters: [holding, everything],
  returns: boolType,
  call: ([list, wanted], context) => {
    if (!isList(list)) return failArgument(context, 0, 'argument must be list, tuple, or set');
    const answers = list.items.map((item) => wanted && isEqual(item, wanted));
    if (answers.includes(true)) return hclBool(true, context.at);
    if (!answers.includes(undefined)) return hclBool(false, context.at);
    const key = `contains(${identity(list)},${wanted ? identity(wanted) : ''})`.slice(0, 300);
    return { type: 'unknown', of: boolType, why: 'whether the list contains it is unknown', key, at: context.at };
  },
};

const element: HclFunction = {
  parameters: [{ type: anyType, mayHoldUnknown: true }, number],
  returns: anyType,
  call: ([list, index], context) => {
    if (!isList(list) || list.type === 'set') return failArgument(context, 0, 'must be a list or tuple');
    if (list.items.length === 0)
      return failCall(context, 'Call to function "element" failed: cannot use element function with an empty list');
    const position = Math.trunc(numberOf(index)) % list.items.length;
    if (position < 0) return failCall(context, 'Call to function "element" failed: cannot use element function with a negative index');
    return list.items[position] ?? hclNull();
  },
};

const isAbsent = (value: HclValue): boolean => value.type === 'null' || (value.type === 'string' && value.value === '');

const coalesce: HclFunction = {
  parameters: [],
  rest: everything,
  returns: (args) => unify(args.map(typeOf)) ?? anyType,
  call: (args, context) => {
    const type = typeOfAll(args) ?? anyType;
    for (const arg of args) {
      if (arg.type === 'unknown') return unknownLike(arg, type, 'coalesce');
      if (isAbsent(arg)) continue;
      const converted = convert(arg, type);
      return 'value' in converted ? converted.value : arg;
    }
    return failCall(context, 'Call to function "coalesce" failed: no non-null, non-empty-string arguments');
  },
};

const coalescelist: HclFunction = {
  parameters: [],
  rest: { type: anyType, isNullable: true, mayHoldUnknown: true },
  returns: anyType,
  call: (args, context) =>
    args.find((arg) => isList(arg) && arg.items.length > 0) ??
    failCall(context, 'Call to function "coalescelist" failed: no non-null arguments'),
};

const compact: HclFunction = {
  parameters: [{ type: listOf(stringType), mayHoldUnknown: true }],
  returns: listOf(stringType),
  call: ([list], context) => {
    const hidden = itemsOf(list).find(isUnknown);
    if (hidden) return unknownLike(hidden, listOf(stringType), 'compact');
    return hclList(
      stringType,
      itemsOf(list).filter((item) => !isAbsent(item)),
      context.at,
    );
  },
};

const one: HclFunction = {
  parameters: [{ type: anyType, mayHoldUnknown: true }],
  returns: anyType,
  call: ([list], context) => {
    if (!isList(list)) return failArgument(context, 0, 'must be a list, set, or tuple value with either zero or one elements');
    if (list.items.length > 1) return failArgument(context, 0, 'must be a list, set, or tuple value with either zero or one elements');
    return list.items[0] ?? hclNull('of' in list ? list.of : anyType, context.at);
  },
};

const distinct: HclFunction = {
  parameters: [{ type: listOf(anyType) }],
  returns: listOf(anyType),
  call: ([list], context) => {
    const seen = new Map(itemsOf(list).map((item) => [identity(item), item] as const));
    const first = new Map<string, HclValue>();
    for (const item of itemsOf(list)) if (!first.has(identity(item))) first.set(identity(item), item);
    return hclList(
      seen.size > 0 ? (typeOfAll([...seen.values()]) ?? anyType) : list?.type === 'list' ? list.of : anyType,
      [...first.values()],
      context.at,
    );
  },
};

/** Sets of the same type. */
const ofSets = (combine: (sets: readonly (readonly HclValue[])[]) => readonly HclValue[]): HclFunction => ({
  parameters: [{ type: setOf(anyType) }],
  rest: { type: setOf(anyType) },
  returns: setOf(anyType),
  call: (args, context) => {
    const of = unify(args.map((arg) => (arg.type === 'set' ? arg.of : anyType)).filter(({ type }) => type !== 'any')) ?? anyType;
    const sets = args.map((arg) =>
      itemsOf(arg).map((item) => {
        const converted = convert(item, of);
        return 'value' in converted ? converted.value : item;
      }),
    );
    return hclSet(of, combine(sets), context.at);
  },
});

const has = (set: readonly HclValue[]): ((item: HclValue) => boolean) => {
  const known = new Set(set.map(identity));
  return (item) => known.has(identity(item));
};

const setproduct: HclFunction = {
  parameters: [],
  rest: { type: anyType, mayHoldUnknown: true },
  returns: anyType,
  call: (args, context) => {
    if (args.length < 2) return failCall(context, 'Call to function "setproduct" failed: at least two arguments are required');
    const total = args.reduce((product, arg) => product * itemsOf(arg).length, 1);
    if (total > maxItems) return failCall(context, 'more items than are looked at', { isLimit: true });
    let rows: readonly (readonly HclValue[])[] = [[]];
    for (const arg of args) rows = rows.flatMap((row) => itemsOf(arg).map((item) => [...row, item]));
    const tuples = rows.map((row) => hclTuple(row, context.at));
    const types = args.map((arg) => typeOfAll(itemsOf(arg)) ?? anyType);
    const of: HclType = { type: 'tuple', items: types };
    return args.every(({ type }) => type === 'set') ? hclSet(of, tuples, context.at) : hclList(of, tuples, context.at);
  },
};

const slice: HclFunction = {
  parameters: [{ type: anyType, mayHoldUnknown: true }, number, number],
  returns: anyType,
  call: ([list, start, end], context) => {
    if (!isList(list)) return failArgument(context, 0, 'must be a list or tuple value');
    const [from, to] = [numberOf(start), numberOf(end)];
    if (from < 0 || from > to || to > list.items.length) return failArgument(context, from > to ? 1 : 2, 'index out of range');
    const items = list.items.slice(from, to);
    return list.type === 'list' ? hclList(list.of, items, context.at) : hclTuple(items, context.at);
  },
};

const reverse: HclFunction = {
  parameters: [{ type: anyType, mayHoldUnknown: true }],
  returns: anyType,
  call: ([list], context) => {
    if (!isList(list)) return failArgument(context, 0, 'can only reverse list or tuple values');
    const items = [...list.items].reverse();
    return list.type === 'tuple' ? hclTuple(items, context.at) : hclList('of' in list ? list.of : anyType, items, context.at);
  },
};

const sort: HclFunction = {
  parameters: [{ type: listOf(stringType) }],
  returns: listOf(stringType),
  call: ([list], context) =>
    hclList(
      stringType,
      [...itemsOf(list)].sort((a, b) => byBytes(textOf(a), textOf(b))),
      context.at,
    ),
};

const range: HclFunction = {
  parameters: [number],
  rest: number,
  returns: listOf(numberType),
  call: (args, context) => {
    const [first = 0, second, third] = args.map(numberOf);
    const [start, end] = second === undefined ? [0, first] : [first, second];
    const step = third ?? (end < start ? -1 : 1);
    if (step === 0) return failCall(context, 'Call to function "range" failed: step must not be zero');
    const items: HclValue[] = [];
    for (let value = start; step > 0 ? value < end : value > end; value += step) {
      if (items.length >= 1024) return failCall(context, 'Call to function "range" failed: more than 1024 values were generated');
      items.push(hclNumber(value, context.at));
    }
    return hclList(numberType, items, context.at);
  },
};

const zipmap: HclFunction = {
  parameters: [{ type: listOf(stringType) }, { type: anyType, mayHoldUnknown: true }],
  returns: anyType,
  call: ([names, list], context) => {
    if (itemsOf(names).length !== itemsOf(list).length)
      return failCall(context, 'Call to function "zipmap" failed: number of keys does not match number of values');
    const entries = itemsOf(names).map((name, index) => [textOf(name), itemsOf(list)[index] ?? hclNull()] as const);
    return list?.type === 'list' ? hclMap(list.of, entries, context.at) : hclObject(entries, context.at);
  },
};

const index: HclFunction = {
  parameters: [holding, everything],
  returns: numberType,
  call: ([list, wanted], context) => {
    const found = itemsOf(list).findIndex((item) => wanted && isEqual(item, wanted));
    return found === -1 ? failCall(context, 'Call to function "index" failed: item not found') : hclNumber(found, context.at);
  },
};

const chunklist: HclFunction = {
  parameters: [{ type: listOf(anyType), mayHoldUnknown: true }, number],
  returns: listOf(listOf(anyType)),
  call: ([list, size], context) => {
    const of = list?.type === 'list' ? list.of : anyType;
    const count = numberOf(size) > 0 ? numberOf(size) : Math.max(1, itemsOf(list).length);
    const chunks: HclValue[] = [];
    for (let start = 0; start < itemsOf(list).length; start += count)
      chunks.push(hclList(of, itemsOf(list).slice(start, start + count), context.at));
    return hclList(listOf(of), chunks, context.at);
  },
};

const transpose: HclFunction = {
  parameters: [{ type: mapOf(listOf(stringType)) }],
  returns: mapOf(listOf(stringType)),
  call: ([map], context) => {
    const turned = new Map<string, HclValue[]>();
    for (const [key, list] of isMap(map) ? sortedEntries(map) : []) {
      for (const item of itemsOf(list)) turned.set(textOf(item), [...(turned.get(textOf(item)) ?? []), hclString(key, context.at)]);
    }
    return hclMap(
      listOf(stringType),
      [...turned].map(([key, items]) => [key, hclList(stringType, items, context.at)] as const),
      context.at,
    );
  },
};

const matchkeys: HclFunction = {
  parameters: [holding, holding, holding],
  returns: anyType,
  call: ([list, names, wanted], context) => {
    const isWanted = has(itemsOf(wanted));
    const items = itemsOf(list).filter((_, position) => isWanted(itemsOf(names)[position] ?? hclNull()));
    return listLike(items, list ? [list] : [], context);
  },
};

const sum: HclFunction = {
  parameters: [{ type: anyType }],
  returns: numberType,
  call: ([list], context) => {
    const numbers = itemsOf(list).map((item) => (item.type === 'string' ? Number(item.value) : numberOf(item)));
    if (numbers.length === 0) return failArgument(context, 0, 'cannot sum an empty list');
    let total = 0;
    for (const number of numbers) {
      const next = tidy(total + number);
      if (!isTrueResult('+', total, number, next)) {
        return {
          type: 'unknown',
          of: numberType,
          why: 'the number has more digits than are kept here',
          key: `sum:${numbers.join()}`,
          at: context.at,
        };
      }
      total = next;
    }
    return hclNumber(total, context.at);
  },
};

const allOf = (isAll: boolean): HclFunction => ({
  parameters: [{ type: listOf(boolType), mayHoldUnknown: true }],
  returns: boolType,
  call: ([list], context) => {
    const items = itemsOf(list);
    if (items.some((item) => item.type !== 'unknown' && isTrue(item) !== isAll)) return hclBool(!isAll, context.at);
    const hidden = items.find(isUnknown);
    return hidden ? unknownLike(hidden, boolType, isAll ? 'alltrue' : 'anytrue') : hclBool(isAll, context.at);
  },
});

export const collectionFunctions: ReadonlyMap<string, HclFunction> = new Map<string, HclFunction>(
  Object.entries({
    length,
    merge,
    lookup,
    concat,
    flatten,
    keys,
    values,
    contains,
    element,
    coalesce,
    coalescelist,
    compact,
    one,
    distinct,
    setproduct,
    slice,
    reverse,
    sort,
    range,
    zipmap,
    index,
    chunklist,
    transpose,
    matchkeys,
    sum,
    alltrue: allOf(true),
    anytrue: allOf(false),
    setunion: ofSets((sets) => sets.flat()),
    setintersection: ofSets(([first = [], ...others]) => first.filter((item) => others.every((set) => has(set)(item)))),
    setsubtract: ofSets(([first = [], second = []]) => first.filter((item) => !has(second)(item))),
  }),
);
