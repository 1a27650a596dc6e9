/** Objects that are right, with a mistake or two of those that people make, and of those that only a machine would make. */
import type { Random } from '../random.ts';
import { additions } from './additions.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export interface Mutation {
  readonly object: Json;
  /** What was done, for people: `/spec/replicas: replaced by -1`. */
  readonly what: readonly string[];
}

type Keys = readonly (string | number)[];

interface Change {
  readonly what: string;
  readonly apply: (object: Json) => Json;
}

/** One mistake, seldom two. */
export const mutated = (object: Json, random: Random): Mutation => {
  let result = object;
  const what: string[] = [];
  for (let count = random.chance(0.12) ? 2 : 1; count > 0; count--) {
    const change = randomChange(result, random);
    result = change.apply(result);
    what.push(change.what);
  }
  return { object: result, what };
};

const randomChange = (object: Json, random: Random): Change => {
  const fitting = additions.filter(({ at }) => placesOf(object, at).length > 0);
  const [first, ...rest] = fitting;
  if (first && random.chance(0.15)) {
    const { at, value, what } = random.one([first, ...rest]);
    const [place = [], ...places] = placesOf(object, at);
    const keys = random.one([place, ...places]);
    return { what: `${pointer(keys)}: ${what}`, apply: (root) => withValue(root, keys, merged(valueAt(root, keys), value)) };
  }
  const [one = [], ...others] = pathsOf(object).filter((keys) => !isKept(keys));
  const keys = random.one([one, ...others]);
  if (keys.length === 0) return { what: 'nothing', apply: (root) => root };
  const value = valueAt(object, keys);
  const parent = valueAt(object, keys.slice(0, -1));
  const all = [...changesOfValue(keys, value, random), ...changesOfPlace(keys, parent, random)];
  const [change, ...more] = all;
  return change ? random.one([change, ...more]) : { what: 'nothing', apply: (root) => root };
};

/** What says which object it is; without it there is nothing to ask the server. */
const isKept = (keys: Keys): boolean =>
  keys.length === 0 ||
  ['apiVersion', 'kind'].includes(String(keys.join('/'))) ||
  keys.join('/') === 'metadata' ||
  keys.join('/') === 'metadata/name' ||
  keys.join('/') === 'metadata/namespace';

const replaced = (keys: Keys, value: Json): Change => ({
  what: `${pointer(keys)}: replaced by ${shortened(value)}`,
  apply: (root) => withValue(root, keys, value),
});

const changesOfValue = (keys: Keys, value: Json, random: Random): readonly Change[] => {
  const other = random.one(['text', 7, true, ['text'], { key: 'value' }, null, '']);
  const wrongType = replaced(keys, other);
  if (typeof value === 'number') {
    return [
      wrongType,
      ...[random.one([-1, 0, 1]), random.one([65536, 100000, 2 ** 31, 2 ** 33]), random.one([1.5, 1801, 3601])].map((wrong) =>
        replaced(keys, wrong),
      ),
    ];
  }
  if (typeof value === 'string') {
    const wrong = [
      `${value}x`,
      value.toUpperCase(),
      `${value}_`,
      `-${value}`,
      value.slice(0, -1),
      random.one([
        'a'.repeat(16),
        'a'.repeat(64),
        'a'.repeat(254),
        'a b',
        'ü',
        '..',
        '/',
        '../a',
        '*',
        'a,b',
        'a=b',
        '-1',
        '100',
        '101%',
        '5Gb',
        '0',
        'Bogus',
        'None',
        'Always',
      ]),
    ];
    return [wrongType, ...wrong.map((text) => replaced(keys, text))];
  }
  if (typeof value === 'boolean') return [wrongType, replaced(keys, !value), replaced(keys, String(value))];
  if (isList(value)) {
    const [item] = value;
    const twice = item === undefined ? [] : [replaced(keys, [...value, item])];
    return [wrongType, replaced(keys, []), ...twice, replaced(keys, Object.fromEntries(value.map((each, index) => [String(index), each])))];
  }
  if (value !== null) return [wrongType, replaced(keys, {}), replaced(keys, [value])];
  return [wrongType];
};

const changesOfPlace = (keys: Keys, parent: Json | undefined, random: Random): readonly Change[] => {
  const key = keys.at(-1);
  const above = keys.slice(0, -1);
  if (typeof key === 'number') return [removal(keys), removal(keys)];
  if (key === undefined || parent === undefined || !isMap(parent)) return [];
  const misspelt = random.one([`${key}s`, key.slice(0, -1), key.toUpperCase(), `${key[1] ?? ''}${key[0] ?? ''}${key.slice(2)}`, `x${key}`]);
  const higher = above.slice(0, -1);
  const [sibling, ...siblings] = Object.keys(parent).filter((name) => name !== key && isMap(parent[name] ?? null));
  const lower = sibling === undefined ? undefined : random.one([sibling, ...siblings]);
  return [
    removal(keys),
    removal(keys),
    removal(keys),
    { what: `${pointer(keys)}: misspelt as ${misspelt}`, apply: (root) => renamed(root, keys, misspelt) },
    { what: `${pointer(keys)}: misspelt as ${misspelt}`, apply: (root) => renamed(root, keys, misspelt) },
    ...(above.length > 0 && typeof above.at(-1) === 'string'
      ? [{ what: `${pointer(keys)}: moved up`, apply: (root: Json) => moved(root, keys, [...higher, key]) }]
      : []),
    ...(lower === undefined
      ? []
      : [{ what: `${pointer(keys)}: moved into ${lower}`, apply: (root: Json) => moved(root, keys, [...above, lower, key]) }]),
  ];
};

const removal = (keys: Keys): Change => ({ what: `${pointer(keys)}: removed`, apply: (root) => withoutValue(root, keys) });

const pointer = (keys: Keys): string => keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const shortened = (value: Json): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pathsOf = (value: Json, keys: Keys = []): readonly Keys[] => {
  if (isList(value)) return [keys, ...value.flatMap((item, index) => pathsOf(item, [...keys, index]))];
  if (isMap(value)) return [keys, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...keys, key]))];
  return [keys];
};

/** The places that a pattern with `*` for any key fits. */
const placesOf = (object: Json, pattern: string): readonly Keys[] => {
  const wanted = pattern.split('/').slice(1);
  return pathsOf(object).filter((keys) => {
    const end = keys.slice(-wanted.length);
    return keys.length >= wanted.length && wanted.every((part, index) => part === '*' || part === String(end[index]));
  });
};

const valueAt = (root: Json, keys: Keys): Json => {
  let here: Json = root;
  for (const key of keys) here = isList(here) ? (here[Number(key)] ?? null) : isMap(here) ? (here[String(key)] ?? null) : null;
  return here;
};

const withValue = (root: Json, keys: Keys, value: Json): Json => {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (isList(root)) return root.map((item, index) => (index === key ? withValue(item, rest, value) : item));
  const map = isMap(root) ? root : {};
  return { ...map, [key]: withValue(map[String(key)] ?? {}, rest, value) };
};

const withoutValue = (root: Json, keys: Keys): Json => {
  const [key, ...rest] = keys;
  if (key === undefined) return root;
  if (isList(root))
    return rest.length === 0
      ? root.filter((_, index) => index !== key)
      : root.map((item, index) => (index === key ? withoutValue(item, rest) : item));
  if (!isMap(root)) return root;
  const entries = Object.entries(root);
  if (rest.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(entries.map(([name, item]) => [name, name === key ? withoutValue(item, rest) : item]));
};

const renamed = (root: Json, keys: Keys, name: string): Json => {
  const value = valueAt(root, keys);
  return withValue(withoutValue(root, keys), [...keys.slice(0, -1), name], value);
};

const moved = (root: Json, from: Keys, to: Keys): Json => withValue(withoutValue(root, from), to, valueAt(root, from));

const merged = (value: Json, more: Json): Json => {
  if (isList(value)) return [...value, more];
  return isMap(value) && isMap(more) ? { ...value, ...more } : more;
};
