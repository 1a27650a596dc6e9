import { endReading } from '../../kube/view.ts';
import type { MapNode, Node } from '../../yaml/node.ts';

type CelValue = string | number | bigint | boolean | null | readonly CelValue[] | { readonly [key: string]: CelValue };

/** Overlays share most of their trees, and so do clusters. */
const converted = new WeakMap<MapNode, CelValue>();

/** A tree as CEL reads it: whole numbers are its ints, and reading a value that is not known ends the reading. */
export const toCel = (node: Node): CelValue => {
  switch (node.type) {
    case 'scalar':
      return typeof node.value === 'number' && Number.isSafeInteger(node.value) ? BigInt(node.value) : node.value;
    case 'list':
      return listOf(node.items);
    case 'map': {
      const known = converted.get(node) ?? mapOf(node);
      converted.set(node, known);
      return known;
    }
    case 'unknown':
      return endReading(node.why, node);
    default:
      return node satisfies never;
  }
};

const mapOf = ({ entries }: MapNode): CelValue => {
  const map: Record<string, CelValue> = {};
  for (const { key, value } of entries) define(map, key.text, value);
  return map;
};

const listOf = (items: readonly Node[]): readonly CelValue[] => {
  const list: CelValue[] = [];
  for (const [index, item] of items.entries()) define(list, index, item);
  return list;
};

/** A key called __proto__ must become a property like any other. */
const define = (target: object, key: string | number, node: Node): void => {
  Object.defineProperty(
    target,
    key,
    node.type === 'unknown' ? { get: () => toCel(node), enumerable: true } : { value: toCel(node), enumerable: true },
  );
};
