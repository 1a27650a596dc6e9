import type { Origin } from '../model/origin.ts';
import type { Entry, ListNode, MapNode, Node, ScalarNode, Value } from './node.ts';
import { isPlainString } from './scalar.ts';

/** New trees from old ones. What is not changed is shared; an unchanged tree is returned as it is. */

/** A node for a plain value, every part of it with the origin of whoever asked for it. */
export const fromValue = (value: Value, origin: Origin): Node => {
  if (Array.isArray(value))
    return listNode(
      value.map((item: Value) => fromValue(item, origin)),
      origin,
    );
  if (typeof value === 'object' && value !== null) {
    return mapNode(
      Object.entries(value).map(([key, item]) => ({ key: scalarNode(key, origin), value: fromValue(item, origin) })),
      origin,
    );
  }
  // A cast, since Array.isArray does not take readonly arrays out of a union.
  return scalarNode(value as ScalarNode['value'], origin);
};

export const scalarNode = (value: ScalarNode['value'], { span, via }: Origin): ScalarNode => {
  const text = value === null ? 'null' : String(value);
  const style = typeof value === 'string' && !isPlainString(value) ? 'double' : 'plain';
  return { type: 'scalar', value, text, style, span, via };
};

export const mapNode = (entries: readonly Entry[], { span, via }: Origin): MapNode => ({ type: 'map', entries, span, via });

export const listNode = (items: readonly Node[], { span, via }: Origin): ListNode => ({ type: 'list', items, span, via });

/** The map with `key` set: in its place where it exists, else as its last entry. */
export const withEntry = (map: MapNode, key: string, value: Node): MapNode => {
  const index = map.entries.findIndex((entry) => entry.key.text === key);
  if (index === -1) return { ...map, entries: [...map.entries, { key: scalarNode(key, value), value }] };
  const entry = map.entries[index];
  if (entry === undefined || entry.value === value) return map;
  return { ...map, entries: map.entries.with(index, { key: entry.key, value }) };
};

export const withoutEntry = (map: MapNode, key: string): MapNode => {
  const entries = map.entries.filter((entry) => entry.key.text !== key);
  return entries.length === map.entries.length ? map : { ...map, entries };
};

export const withItem = (list: ListNode, index: number, value: Node): ListNode =>
  list.items[index] === value ? list : { ...list, items: list.items.with(index, value) };

/** Every scalar of a tree through `change`; subtrees in which none changes are shared. Keys are left alone. */
export const mapScalars = (node: Node, change: (scalar: ScalarNode) => Node): Node => {
  switch (node.type) {
    case 'scalar':
      return change(node);
    case 'list': {
      const items = mapSame(node.items, (item) => mapScalars(item, change));
      return items === node.items ? node : { ...node, items };
    }
    case 'map': {
      const entries = mapSame(node.entries, (entry) => {
        const value = mapScalars(entry.value, change);
        return value === entry.value ? entry : { key: entry.key, value };
      });
      return entries === node.entries ? node : { ...node, entries };
    }
    case 'unknown':
      return node;
    default:
      return node satisfies never;
  }
};

/** `map` that gives the same array back when every element stayed the same. */
export const mapSame = <T>(items: readonly T[], change: (item: T, index: number) => T): readonly T[] => {
  let changed: T[] | undefined;
  for (const [index, item] of items.entries()) {
    const next = change(item, index);
    if (next === item) continue;
    changed ??= [...items];
    changed[index] = next;
  }
  return changed ?? items;
};
