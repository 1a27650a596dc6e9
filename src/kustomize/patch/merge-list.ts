/**
 * Lists that are merged by key (kyaml/yaml/walk, `associative_sequence.go`): elements of the patch come first, in its
 * order, then what the target has besides; of elements with equal keys the target's last stays. With two keys, elements
 * are compared by those that some element has, the target's order stays, and an element of the patch that lacks the
 * second key is lost where the target has it.
 */

import { scalarNode, withEntry } from '../../yaml/edit.ts';
import { entryOf, isNull, type ListNode, type MapNode, type Node, scalarText, textAt } from '../../yaml/node.ts';
import type { MergeList } from '../file/merge-schema.ts';
import type { Failure } from '../resource/failure.ts';
import type { MergePlace } from './merge-place.ts';

export const mergeKeyedList = (
  target: ListNode,
  patch: ListNode | undefined,
  place: MergePlace & { readonly list: MergeList },
): ListNode | Failure => {
  const { keys } = place.list;
  if (keys.length === 0) return mergeScalarItems(target, patch);
  return mergeElements(target, patch, place);
};

const mergeScalarItems = (target: ListNode, patch: ListNode | undefined): ListNode => {
  const seen = new Set<string>();
  const items: Node[] = [];
  for (const item of [...(patch?.items ?? []), ...target.items]) {
    const text = scalarText(item);
    if (seen.has(text) || isNull(item)) continue;
    seen.add(text);
    items.push(item);
  }
  return sameItems(items, target) ? target : { ...target, items };
};

/** The values of the keys of one element; empty where a key is missing. */
type KeyValues = readonly string[];

const mergeElements = (
  target: ListNode,
  patch: ListNode | undefined,
  place: MergePlace & { readonly list: MergeList },
): ListNode | Failure => {
  const { keys, element: schema } = place.list;
  const wanted = keyValuesOf([...(patch === target ? [] : (patch?.items ?? [])), ...target.items], keys);
  // The target's elements as they are changed on the way: the walk of kustomize changes them in place.
  const current = new Map<Node, Node>();
  let rest = target.items;
  let result: readonly Node[] = [];
  let usedKeys = keys;
  for (const values of wanted) {
    const match = validKeys(keys, values, wanted);
    usedKeys = match.keys;
    const own = validKeys(keys, values, [values]);
    const old = rest.find((item) => hasValues(item, own.keys, own.values));
    const merged = place.merge(
      old && (current.get(old) ?? old),
      patch?.items.find((item) => hasValues(item, own.keys, own.values)),
      {
        ...place,
        schema,
        list: undefined,
      },
    );
    if (merged?.type === 'failure') return merged;
    if (merged === undefined || isEmpty(merged)) {
      rest = setElement(rest, undefined, match);
      continue;
    }
    const named = merged.type === 'map' ? withKeys(withKeysOf(old, merged, match), match) : merged;
    if (old !== undefined && !isReplaced(old, named)) current.set(old, named);
    result = setElement(result, named, match);
  }
  if (wanted.length > 0)
    result = appendRest(
      result,
      rest.map((item) => current.get(item) ?? item),
      usedKeys,
    );
  return sameItems(result, target) ? target : { ...target, items: result };
};

/** `$patch: replace` gives the patch's element, which is not the changed target's: the target's comes back in the end. */
const isReplaced = (old: Node, merged: Node): boolean => old.span !== merged.span;

const keyValuesOf = (items: readonly Node[], keys: readonly string[]): readonly KeyValues[] => {
  const distinct = new Map<string, KeyValues>();
  for (const item of items) {
    const values = keys.map((key) => fieldText(item, key));
    const name = JSON.stringify(values);
    if (!distinct.has(name)) distinct.set(name, values);
  }
  return keys.length > 1 ? fillMissing([...distinct.values()]) : [...distinct.values()];
};

const fillMissing = (list: readonly KeyValues[]): readonly KeyValues[] => {
  const filled = [...list];
  for (let i = 0; i < filled.length; i++) {
    for (let j = 0; j < filled.length; j++) {
      const both = combined(filled[i] ?? [], filled[j] ?? []);
      if (!both) continue;
      filled[i] = both;
      filled[j] = both;
    }
  }
  return filled;
};

const combined = (a: KeyValues, b: KeyValues): KeyValues | undefined => {
  let isCommon = false;
  const values: string[] = [];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? '';
    if (value === other) isCommon = true;
    else if (value !== '' && other !== '') return undefined;
    values.push(value === '' ? other : value);
  }
  return isCommon ? values : undefined;
};

interface KeyMatch {
  readonly keys: readonly string[];
  readonly values: KeyValues;
}

/** Only keys that some element has are compared. */
const validKeys = (keys: readonly string[], values: KeyValues, all: readonly KeyValues[]): KeyMatch => {
  const isUsed = keys.map((_, index) => all.some((other) => other[index] !== ''));
  if (!isUsed.includes(true)) return { keys, values };
  return { keys: keys.filter((_, index) => isUsed[index]), values: values.filter((_, index) => isUsed[index]) };
};

const fieldText = (item: Node, key: string): string => (item.type === 'map' ? (textAt(item, key) ?? '') : '');

const hasValues = (item: Node, keys: readonly string[], values: KeyValues): boolean =>
  item.type === 'map' &&
  keys.every((key, index) => {
    const value = entryOf(item, key)?.value;
    return value !== undefined && scalarText(value) === values[index];
  });

/** The keys are the target's own: the patch repeats them only to say which element it is for. */
const withKeysOf = (old: Node | undefined, merged: MapNode, { keys }: KeyMatch): MapNode => {
  let named = merged;
  for (const key of keys) {
    const own = old?.type === 'map' ? entryOf(old, key)?.value : undefined;
    if (own && fieldText(merged, key) === fieldText(old ?? merged, key)) named = withEntry(named, key, own);
  }
  return named;
};

const withKeys = (map: MapNode, { keys, values }: KeyMatch): MapNode => {
  let named = map;
  for (const [index, key] of keys.entries()) {
    const value = values[index] ?? '';
    if (value !== '' && !entryOf(named, key)) named = withEntry(named, key, scalarNode(value, map));
  }
  return named;
};

const isEmpty = (node: Node): boolean => isNull(node) || (node.type === 'map' && node.entries.length === 0);

/** kyaml's ElementSetter: puts `element` in the place of those with these values, or behind all; undefined removes. */
const setElement = (items: readonly Node[], element: Node | undefined, { keys, values }: KeyMatch): readonly Node[] => {
  const result: Node[] = [];
  let isFound = false;
  const namesMaps = values[0] !== undefined && values[0] !== '';
  for (const item of items) {
    if (isEmpty(item)) continue;
    if (item.type !== 'map' && namesMaps) {
      result.push(item);
      continue;
    }
    const isMatch = matchesAll(item, { keys, values });
    if (!isMatch) {
      if (values.length > 0) result.push(item);
      continue;
    }
    isFound = true;
    if (element !== undefined) result.push(element);
  }
  if (element !== undefined && !isFound) result.push(element);
  return result;
};

/** Where there are fewer values than keys, the last of them decides for the keys that are left. */
const matchesAll = (item: Node, { keys, values }: KeyMatch): boolean => {
  let isMatch = false;
  for (const [index, key] of keys.entries()) {
    const value = values[index];
    if (value !== undefined) isMatch = fieldMatches(item, key, value);
    if (!isMatch) return false;
  }
  return isMatch;
};

/** An empty value asks only that the field is there. */
const fieldMatches = (item: Node, key: string, value: string): boolean => {
  const field = item.type === 'map' ? entryOf(item, key)?.value : undefined;
  return field !== undefined && (value === '' || (field.type === 'scalar' && field.text === value));
};

const appendRest = (merged: readonly Node[], rest: readonly Node[], keys: readonly string[]): readonly Node[] => {
  let result = merged;
  for (const item of rest) {
    const values: string[] = [];
    for (const key of keys) {
      const value = item.type === 'map' ? entryOf(item, key)?.value : undefined;
      if (value === undefined) result = [...result, item];
      else values.push(scalarText(value));
    }
    if (keys.length > 1) result = setElement(result, undefined, { keys, values });
    result = setElement(result, item, { keys, values });
  }
  return result;
};

const sameItems = (items: readonly Node[], list: ListNode): boolean =>
  items.length === list.items.length && items.every((item, index) => item === list.items[index]);
