/** slim-sprig's functions of maps (`dict.go`). Go gives keys and values in an order of chance: ours is that of the keys. */
import { failCall } from '../failure.ts';
import { derived, type GoFunction, goFunction } from '../function.ts';
import { type Context, holesIn } from '../hole.ts';
import { type GoMap, type GoValue, goBool, goList, goMap, goNil, goString, sortedKeys, typeName, type Unknown } from '../value.ts';
import { textOf } from './strings.ts';

const unknownKey = (key: string, { holes }: Context): Unknown | undefined => {
  const [hole] = holesIn(key, holes);
  return hole && derived(hole, 'value at');
};

const dict = (values: readonly GoValue[], context: Context): GoValue => {
  const result = goMap([]);
  for (let index = 0; index < values.length; index += 2) {
    const name = values[index] ?? goNil;
    const key = textOf(name, context);
    const unknown = unknownKey(key, context);
    if (unknown) return unknown;
    result.entries.set(key, values[index + 1] ?? goString(''));
  }
  return result;
};

const filtered = (map: GoMap, keeps: (key: string) => boolean): GoValue => ({
  ...goMap([...map.entries].filter(([key]) => keeps(key))),
  open: map.open,
});

const dig = (map: GoValue, preset: GoValue, keys: readonly string[]): GoValue => {
  let here = map;
  for (const key of keys) {
    if (here.type === 'unknown') return derived(here, 'dig');
    if (here.type !== 'map' || here.of !== 'interface {}') {
      return failCall(`interface conversion: interface {} is ${typeName(here)}, not map[string]interface {}`);
    }
    const next = here.entries.get(key);
    if (next === undefined) return here.open ? derived(here.open, `dig ${key}`) : preset;
    here = next;
  }
  return here;
};

/** A map that holds itself ends the operator with a stack overflow. */
const holds = (value: GoValue, map: GoMap, context: Context): boolean => {
  context.spend(1);
  if (value.type === 'map' && value.entries === map.entries) return true;
  if (value.type !== 'list' && value.type !== 'map') return false;
  const items = value.type === 'list' ? value.items : [...value.entries.values()];
  return context.enter(() => items.some((item) => holds(item, map, context)));
};

export const mapFunctions: ReadonlyMap<string, GoFunction> = new Map(
  Object.entries({
    dict: goFunction({ takes: [], rest: 'any', unknowns: 'structure', gives: (_, context, values) => dict(values, context) }),
    get: goFunction({
      takes: ['map', 'string'],
      unknowns: 'structure',
      gives: ([map, key], context) =>
        unknownKey(key, context) ?? map.entries.get(key) ?? (map.open ? derived(map.open, `get ${key}`) : goString('')),
    }),
    set: goFunction({
      takes: ['map', 'string', 'any'],
      unknowns: 'structure',
      gives: ([map, key, value], context) => {
        const unknown = unknownKey(key, context);
        if (unknown) return unknown;
        if (map.isNil) return failCall('assignment to entry in nil map');
        if (holds(value, map, context)) return failCall('the map would hold itself');
        map.entries.set(key, value);
        return map;
      },
    }),
    unset: goFunction({
      takes: ['map', 'string'],
      unknowns: 'structure',
      gives: ([map, key], context) => {
        const unknown = unknownKey(key, context);
        if (unknown) return unknown;
        map.entries.delete(key);
        return map;
      },
    }),
    hasKey: goFunction({
      takes: ['map', 'string'],
      unknowns: 'structure',
      gives: ([map, key], context) =>
        unknownKey(key, context) ?? (map.entries.has(key) || !map.open ? goBool(map.entries.has(key)) : derived(map.open, `hasKey ${key}`)),
    }),
    pluck: goFunction({
      takes: ['string'],
      rest: 'map',
      unknowns: 'structure',
      gives: ([key], context, maps) => {
        const open = maps.find((map) => map.open && !map.entries.has(key))?.open;
        const unknown = unknownKey(key, context) ?? (open && derived(open, 'pluck'));
        return unknown ?? goList(maps.flatMap(({ entries }) => entries.get(key) ?? []));
      },
    }),
    keys: goFunction({
      takes: [],
      rest: 'map',
      unknowns: 'structure',
      gives: (_, __, maps) => {
        const open = maps.find((map) => map.open)?.open;
        if (open) return derived(open, 'keys');
        return goList(
          maps.flatMap((map) => sortedKeys(map).map(goString)),
          'string',
        );
      },
    }),
    values: goFunction({
      takes: ['map'],
      unknowns: 'structure',
      gives: ([map]) => (map.open ? derived(map.open, 'values') : goList(sortedKeys(map).map((key) => map.entries.get(key) ?? goNil))),
    }),
    pick: goFunction({
      takes: ['map'],
      rest: 'string',
      unknowns: 'structure',
      gives: ([map], context, keys) => keys.map((key) => unknownKey(key, context)).find((found) => found) ?? picked(map, keys),
    }),
    omit: goFunction({
      takes: ['map'],
      rest: 'string',
      unknowns: 'structure',
      gives: ([map], context, keys) =>
        keys.map((key) => unknownKey(key, context)).find((found) => found) ?? filtered(map, (key) => !keys.includes(key)),
    }),
    dig: goFunction({
      takes: ['any', 'any', 'any'],
      rest: 'any',
      unknowns: 'structure',
      gives: (fixed, _, rest) => {
        const all: readonly GoValue[] = [...fixed, ...rest];
        const [map = goNil, preset = goNil] = [all.at(-1), all.at(-2)];
        const keys = all.slice(0, -2).map((key) => {
          if (key.type === 'string') return key.value;
          return failCall(`interface conversion: interface {} is ${typeName(key)}, not string`);
        });
        return dig(map, preset, keys);
      },
    }),
  }),
);

/** Of an open map, what is not there may be there. */
const picked = (map: GoMap, keys: readonly string[]): GoValue => {
  const isComplete = keys.every((key) => map.entries.has(key));
  return filtered({ ...map, open: isComplete ? undefined : map.open }, (key) => keys.includes(key));
};
