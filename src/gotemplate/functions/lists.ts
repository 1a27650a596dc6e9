/** slim-sprig's functions of lists (`list.go`). */
import { deepEqual } from '../deep-equal.ts';
import { failCall } from '../failure.ts';
import { derived, type GoFunction, goFunction } from '../function.ts';
import type { Context } from '../hole.ts';
import { type GoList, type GoValue, goBool, goList, goNil, kindName } from '../value.ts';
import { isEmpty } from './defaults.ts';
import { toInt } from './numbers.ts';

const listOf = (value: GoValue, words: string): GoList => {
  if (value.type === 'list') return value;
  if (value.type === 'nil') return failCall('runtime error: invalid memory address or nil pointer dereference');
  return failCall(`${words} type ${kindName(value)}`);
};

const nilSlice: GoValue = { ...goList([]), isNil: true };

/** Under both its names: the one that panics and the one that returns an error fail alike. */
const both = (name: string, declared: GoFunction): Readonly<Record<string, GoFunction>> => ({
  [name]: declared,
  [`must${name.slice(0, 1).toUpperCase()}${name.slice(1)}`]: declared,
});

/** A function of a list whose items it does not look into. */
const ofList = (name: string, gives: (list: GoList) => GoValue): Readonly<Record<string, GoFunction>> =>
  both(
    name,
    goFunction({
      takes: ['any'],
      unknowns: 'structure',
      gives: ([value]) => (value.type === 'unknown' ? derived(value, name) : gives(listOf(value, `Cannot find ${name} on`))),
    }),
  );

const adding = (name: string, gives: (items: readonly GoValue[], value: GoValue) => readonly GoValue[]) =>
  both(
    name,
    goFunction({
      takes: ['any', 'any'],
      unknowns: 'structure',
      gives: ([list, value]) =>
        list.type === 'unknown'
          ? derived(list, name)
          : goList(gives(listOf(list, `Cannot ${name === 'prepend' ? name : 'push'} on`).items, value)),
    }),
  );

const unique = (items: readonly GoValue[], context: Context): readonly GoValue[] => {
  const kept: GoValue[] = [];
  for (const item of items) {
    if (!kept.some((other) => deepEqual(item, other, context))) kept.push(item);
  }
  return kept;
};

const sliced = (list: GoList, indices: readonly GoValue[]): GoValue => {
  const { length } = list.items;
  if (length === 0) return goNil;
  const start = indices[0] ? toInt(indices[0]) : 0;
  const end = indices[1] ? toInt(indices[1]) : length;
  // Go may slice up to a capacity, which is the length of what functions make here.
  if (start < 0 || end > length || start > end) return failCall(`slice bounds out of range [${start}:${end}]`);
  return { ...goList(list.items.slice(start, end), list.of) };
};

const chunks = (size: number, { items }: GoList): GoValue => {
  if (size <= 0) return failCall('runtime error: makeslice: len out of range');
  const parts: GoValue[] = [];
  for (let start = 0; start < items.length; start += size) parts.push(goList(items.slice(start, start + size)));
  return goList(parts, '[]interface {}');
};

const list = goFunction({ takes: [], rest: 'any', unknowns: 'structure', gives: (_, __, items) => goList(items) });

export const listFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    list,
    tuple: list,
    ...adding('append', (items, value) => [...items, value]),
    ...adding('push', (items, value) => [...items, value]),
    ...adding('prepend', (items, value) => [value, ...items]),
    ...ofList('first', ({ items }) => items[0] ?? goNil),
    ...ofList('last', ({ items }) => items.at(-1) ?? goNil),
    ...ofList('rest', ({ items }) => (items.length === 0 ? nilSlice : goList(items.slice(1)))),
    ...ofList('initial', ({ items }) => (items.length === 0 ? nilSlice : goList(items.slice(0, -1)))),
    ...ofList('reverse', ({ items }) => goList([...items].reverse())),
    ...both(
      'compact',
      goFunction({ takes: ['any'], gives: ([value]) => goList(listOf(value, 'Cannot compact on').items.filter((item) => !isEmpty(item))) }),
    ),
    ...both(
      'uniq',
      goFunction({ takes: ['any'], gives: ([value], context) => goList(unique(listOf(value, 'Cannot find uniq on').items, context)) }),
    ),
    ...both(
      'without',
      goFunction({
        takes: ['any'],
        rest: 'any',
        gives: ([value], context, omitted) => {
          const { items } = listOf(value, 'Cannot find without on');
          return goList(items.filter((item) => !omitted.some((other) => deepEqual(other, item, context))));
        },
      }),
    ),
    ...both(
      'has',
      goFunction({
        takes: ['any', 'any'],
        gives: ([needle, haystack], context) => {
          if (haystack.type === 'nil') return goBool(false);
          return goBool(listOf(haystack, 'Cannot find has on').items.some((item) => deepEqual(needle, item, context)));
        },
      }),
    ),
    ...both(
      'slice',
      goFunction({
        takes: ['any'],
        rest: 'any',
        gives: ([value, ..._], __, indices) => sliced(listOf(value, 'list should be type of slice or array but'), indices),
      }),
    ),
    ...both('chunk', goFunction({ takes: ['int', 'any'], gives: ([size, value]) => chunks(size, listOf(value, 'Cannot chunk')) })),
    concat: goFunction({
      takes: [],
      rest: 'any',
      unknowns: 'structure',
      gives: (_, { spend }, values) => {
        const unknown = values.find((value) => value.type === 'unknown');
        if (unknown?.type === 'unknown') return derived(unknown, 'concat');
        const items = values.flatMap((value) => {
          const part = listOf(value, 'Cannot concat').items;
          spend(part.length);
          return part;
        });
        return items.length === 0 ? nilSlice : goList(items);
      },
    }),
  }),
);
