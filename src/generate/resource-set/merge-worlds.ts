import { entryOf, type MapNode, type Node, type UnknownNode } from '../../yaml/node.ts';

const why = 'it depends on a condition that is known in the cluster alone';

/** One object as two ways of a template give it: what differs is unknown. */
export const mergeWorlds = (a: MapNode, b: MapNode): MapNode => {
  const keys = new Map([...a.entries, ...b.entries].map(({ key }) => [key.text, key] as const));
  const entries = [...keys.values()].map((key) => {
    const [one, other] = [entryOf(a, key.text)?.value, entryOf(b, key.text)?.value];
    return { key, value: merge(one, other) ?? unknownAt(key) };
  });
  return { ...a, entries };
};

const merge = (a: Node | undefined, b: Node | undefined): Node | undefined => {
  const known = a ?? b;
  if (a === undefined || b === undefined) return known && unknownAt(known);
  if (a.type === 'unknown' || b.type === 'unknown') return a.type === 'unknown' ? a : b;
  if (a.type === 'map' && b.type === 'map') return mergeWorlds(a, b);
  if (a.type === 'scalar' && b.type === 'scalar') return Object.is(a.value, b.value) ? a : unknownAt(a);
  if (a.type !== 'list' || b.type !== 'list' || a.items.length !== b.items.length) return unknownAt(a);
  return { ...a, items: a.items.map((item, index) => merge(item, b.items[index]) ?? item) };
};

const unknownAt = ({ span, via }: Node): UnknownNode => ({ type: 'unknown', why, span, via });
