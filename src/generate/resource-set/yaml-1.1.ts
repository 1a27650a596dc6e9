import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/node.ts';
import { resolvePlain } from '../../yaml/scalar.ts';

/** A tree as it is in the cluster: read as YAML 1.1, its keys made text on their way through JSON. */
export const asYaml11 = (root: MapNode): MapNode => ({ ...root, entries: entriesOf(root) });

const entriesOf = (map: MapNode): readonly Entry[] => {
  const entries = map.entries.map(({ key, value }) => ({ key: keyAsYaml11(key), value: retyped(value) }));
  const last = new Map(entries.map((entry) => [entry.key.text, entry] as const));
  return last.size === entries.length ? entries : entries.filter((entry) => last.get(entry.key.text) === entry);
};

const retyped = (node: Node): Node => {
  switch (node.type) {
    case 'scalar':
      return scalarAsYaml11(node);
    case 'list':
      return { ...node, items: node.items.map(retyped) };
    case 'map':
      return asYaml11(node);
    case 'unknown':
      return node;
    default:
      return node satisfies never;
  }
};

/** Tagged scalars have their type already; the others get that of YAML 1.1. */
export const scalarAsYaml11 = (node: ScalarNode): ScalarNode => {
  if (node.style !== 'plain' || !Object.is(node.value, resolvePlain(node.text))) return node;
  const value = resolvePlain(node.text, 'yaml-1.1');
  return Object.is(value, node.value) ? node : { ...node, value };
};

export const keyAsYaml11 = (key: ScalarNode): ScalarNode => {
  const { value } = scalarAsYaml11(key);
  const text = typeof value === 'string' ? value : String(value);
  return text === key.text ? key : { ...key, value: text, text, style: 'double' };
};
