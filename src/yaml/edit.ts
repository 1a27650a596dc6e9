import type { Origin } from '../model/origin.ts';
import { type Entry, isMap, type ListNode, type MapNode, type Node, type ScalarNode, type Value } from './node.ts';
import { isPlainString } from './scalar.ts';

/** New trees from old ones. What is not changed is shared; an unchanged tree is returned as it is. */

/** A map of plain values, all of it with one origin. */
export const sketchedMap = (value: { readonly [key: string]: Value }, origin: Origin): MapNode =>
  mapNode(
    Object.entries(value).map(([key, item]) => ({ key: scalarNode(key, origin), value: fromValue(item, origin) })),
    origin,
  );

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

/** Two maps as one: the later one's values over the earlier one's, maps merged, all else replaced. */
export const mergeMaps = (base: MapNode, overlay: MapNode): MapNode => {
  const entries = new Map(base.entries.map((entry) => [entry.key.text, entry] as const));
  for (const entry of overlay.entries) {
    const present = entries.get(entry.key.text);
    const value = isMap(entry.value) && present && isMap(present.value) ? mergeMaps(present.value, entry.value) : entry.value;
    entries.set(entry.key.text, { key: entry.key, value });
  }
  return { ...base, entries: [...entries.values()] };
};

export const withItem = (list: ListNode, index: number, value: Node): ListNode =>
  list.items[index] === value ? list : { ...list, items: list.items.with(index, value) };

/** A tree that came out of a text: every part of it has the origin of that text. */
export const placedAt = (node: Node, { span, via }: Origin): Node => {
  switch (node.type) {
    case 'scalar':
    case 'unknown':
      return { ...node, span, via };
    case 'list':
      return { ...node, span, via, items: node.items.map((item) => placedAt(item, { span, via })) };
    case 'map': {
      const entries = node.entries.map(({ key, value }) => ({ key: { ...key, span, via }, value: placedAt(value, { span, via }) }));
      return mapNode(entries, { span, via });
    }
    default:
      return node satisfies never;
  }
};

/** Every scalar of a tree through `change`; subtrees in which none changes are shared. Keys are left alone. */
export const mapScalars = (node: Node, change: (scalar: ScalarNode) => Node): Node =>
  node.type === 'scalar' ? change(node) : mapValues(node, (value) => mapScalars(value, change));

/** What stands right below a node through `change`; where none of it changes, the node itself. Keys are left alone. */
export const mapValues = (node: Node, change: (value: Node) => Node): Node => {
  switch (node.type) {
    case 'list': {
      const items = mapSame(node.items, change);
      return items === node.items ? node : { ...node, items };
    }
    case 'map': {
      const entries = mapSame(node.entries, (entry) => {
        const value = change(entry.value);
        return value === entry.value ? entry : { key: entry.key, value };
      });
      return entries === node.entries ? node : { ...node, entries };
    }
    case 'scalar':
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
