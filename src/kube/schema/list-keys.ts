import { child, isMap, isScalar, type ListNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { type Check, inside, pathOf, report } from './check.ts';
import type { Schema } from './schema.ts';
import { fieldPath } from './schema-error.ts';
import { nameList } from './schema-words.ts';

/**
 * Items of a list that is a map or a set, of which two are the same: server-side apply cannot tell whose they are and
 * refuses the object (sigs.k8s.io/structured-merge-diff: typed/validate.go, "duplicate entries for key"); for custom
 * resources apiextensions-apiserver does so in any case (pkg/apiserver/schema/listtype, `ValidateListSetsAndMaps`).
 */
export const checkKeys = (list: ListNode, schema: Schema, check: Check): void => {
  const keys = keysOf(schema);
  if (!keys) return;
  // One alone is like no other.
  const seen = list.items.length > 1 ? new Map<string, number>() : undefined;
  for (const [index, item] of list.items.entries()) {
    const values = keys.length === 0 ? [item] : keys.map((key) => keyOf(item, key, schema.items));
    if (isMap(item) && keys.length > 0 && values.every((value) => value === undefined)) reportWithout(keys, schema, inside(check, index));
    if (!seen || !values.every(isKnown)) continue;
    const [only, ...more] = values;
    const identity = only && more.length === 0 ? String(only.value) : JSON.stringify(values.map(({ value }) => String(value)));
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, index);
    else reportTwice({ keys, values, index, first }, check);
  }
};

/** The fields by which an item is known; none: the item itself. Undefined: nothing hinders two that are the same. */
const keysOf = ({ 'x-kubernetes-list-type': type, 'x-kubernetes-list-map-keys': keys }: Schema): readonly string[] | undefined => {
  if (type === 'set') return [];
  return type === 'map' && keys && keys.length > 0 ? keys : undefined;
};

type Key = Pick<ScalarNode, 'value'>;

const keyOf = (item: Node, key: string, schema: Schema | undefined): Node | Key | undefined => {
  const fallback = schema?.properties?.[key]?.default;
  return child(item, key) ?? (typeof fallback === 'string' || typeof fallback === 'number' ? { value: fallback } : undefined);
};

const isKnown = (key: Node | Key | undefined): key is Key =>
  key !== undefined && (!('type' in key) || (isScalar(key) && key.value !== null));

/** Where a field is required, that says enough. */
const reportWithout = (keys: readonly string[], schema: Schema, check: Check): void => {
  if (keys.some((key) => schema.items?.required?.includes(key))) return;
  report(check, { type: 'invalid-value', message: `${pathOf(check)} must have ${nameList(keys)}: items are known by that.` });
};

interface Twice {
  readonly keys: readonly string[];
  readonly values: readonly Key[];
  readonly index: number;
  readonly first: number;
}

const reportTwice = ({ keys, values, index, first }: Twice, check: Check): void => {
  const where = pathOf(check);
  const shown = values.map(({ value }, position) => [keys[position], JSON.stringify(value)].filter((part) => part !== undefined).join(' '));
  const what = keys.length === 0 ? `is ${shown.join()}, as is` : `has the ${nameList(shown)} of`;
  const [key] = keys;
  const item = inside(check, index);
  report(key === undefined ? item : inside(item, key), {
    type: 'invalid-value',
    message: `${where}${fieldPath([index])} ${what} ${where}${fieldPath([first])}: no two of them may be the same.`,
  });
};
