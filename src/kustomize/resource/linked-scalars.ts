/**
 * A label or annotation that kustomize's transformer adds to several fields of an object is one node in its memory. Who
 * writes another value over one of them later writes it over all: an overlay's `labels` without selectors changes the
 * selectors that the base's `labels` made (kyaml `FieldSetter` copies into the node that is there; kustomize 5.8.1).
 */
import { mapSame, mapScalars } from '../../yaml/edit.ts';
import { entryOf, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';

const linked = new WeakSet<Node>();

/** Tells that this very node stands in all fields where it was added at once. */
export const link = (scalar: ScalarNode): ScalarNode => {
  linked.add(scalar);
  return scalar;
};

export const isLinked = (node: Node): boolean => linked.has(node);

/** One scalar that was written over another. */
export interface Overwrite {
  readonly old: Node;
  readonly scalar: ScalarNode;
}

/** The object with the same value in all fields that are linked to those which were overwritten: the one that came last. */
export const overwriteLinked = (root: MapNode, overwrites: readonly Overwrite[]): MapNode => {
  if (overwrites.length === 0) return root;
  const last = new Map(overwrites.map(({ old, scalar }) => [old, link(scalar)] as const));
  const exchanges = new Map<Node, ScalarNode>(last);
  for (const { old, scalar } of overwrites) exchanges.set(scalar, last.get(old) ?? scalar);
  return exchange(root, exchanges);
};

/** The same for what was written over in place, whoever did it: found where the two trees differ. */
export const withLinks = (before: MapNode, after: MapNode): MapNode => {
  if (before === after) return after;
  const overwrites: Overwrite[] = [];
  findOverwrites(before, after, overwrites);
  return overwriteLinked(after, overwrites);
};

const findOverwrites = (old: Node | undefined, node: Node, overwrites: Overwrite[]): void => {
  if (old === undefined || old === node) return;
  if (node.type === 'map' && old.type === 'map') {
    for (const { key, value } of node.entries) findOverwrites(entryOf(old, key.text)?.value, value, overwrites);
  } else if (node.type === 'list' && old.type === 'list') {
    for (const [index, item] of node.items.entries()) findOverwrites(old.items[index], item, overwrites);
  } else if (node.type === 'scalar' && isLinked(old)) {
    overwrites.push({ old, scalar: node });
  }
};

/** What kustomize reads or writes anew, as an object after a JSON patch: nothing in it is linked any more. */
export const unlinked = (root: MapNode): MapNode => {
  const copied = mapScalars(root, (scalar) => (isLinked(scalar) ? { ...scalar } : scalar));
  return copied.type === 'map' ? copied : root;
};

const exchange = (map: MapNode, exchanges: ReadonlyMap<Node, ScalarNode>): MapNode => {
  const entries = mapSame(map.entries, (entry) => {
    const value = exchangeIn(entry.value, exchanges);
    return value === entry.value ? entry : { key: entry.key, value };
  });
  return entries === map.entries ? map : { ...map, entries };
};

const exchangeIn = (node: Node, exchanges: ReadonlyMap<Node, ScalarNode>): Node => {
  if (node.type === 'map') return exchange(node, exchanges);
  if (node.type !== 'list') return exchanges.get(node) ?? node;
  const items = mapSame(node.items, (item) => exchangeIn(item, exchanges));
  return items === node.items ? node : { ...node, items };
};
