import { entryOf, isMap, type ListNode, type MapNode, type Node, stringAt, toPointer } from '../yaml/node.ts';

/** A field that differs; one of the sides is undefined where it was added or removed. */
export interface FieldChange {
  /** RFC 6901, as the head has it; as the base has it where the head has it no more. */
  readonly pointer: string;
  readonly base: Node | undefined;
  readonly head: Node | undefined;
}

/** What a value that is not known is made of, as written; undefined where the text is not at hand. */
export type TextOf = (node: Node) => string | undefined;

/**
 * Where two trees differ in value, from the top: an added map is one field. The order of keys, quotes and comments do not
 * count; the order of lists does. Lists of named items (containers, ports, variables) are compared by name.
 */
export const changedFields = (base: Node, head: Node, textOf: TextOf): readonly FieldChange[] => {
  const changes: FieldChange[] = [];
  const compare = (before: Node | undefined, after: Node | undefined, keys: readonly (string | number)[]): void => {
    if (before === after) return;
    if (before?.type === 'map' && after?.type === 'map') maps(before, after, keys);
    else if (before?.type === 'list' && after?.type === 'list') lists(before, after, keys);
    else if (!before || !after || !isSameLeaf(before, after, textOf)) changes.push({ pointer: toPointer(keys), base: before, head: after });
  };
  const maps = (before: MapNode, after: MapNode, keys: readonly (string | number)[]): void => {
    for (const { key, value } of after.entries) compare(entryOf(before, key.text)?.value, value, [...keys, key.text]);
    for (const { key, value } of before.entries) if (!entryOf(after, key.text)) compare(value, undefined, [...keys, key.text]);
  };
  const lists = (before: ListNode, after: ListNode, keys: readonly (string | number)[]): void => {
    const named = pairByName(before, after);
    if (named) for (const { base: was, head: is, index } of named) compare(was, is, [...keys, index]);
    else if (before.items.length === after.items.length) {
      for (const [index, item] of after.items.entries()) compare(before.items[index], item, [...keys, index]);
    } else changes.push({ pointer: toPointer(keys), base: before, head: after });
  };
  compare(base, head, []);
  return changes;
};

interface NamedPair {
  readonly base: Node | undefined;
  readonly head: Node | undefined;
  readonly index: number;
}

/** Undefined where items have no names, share one, or stand in another order than before. */
const pairByName = (before: ListNode, after: ListNode): readonly NamedPair[] | undefined => {
  const was = byName(before);
  const is = byName(after);
  if (!was || !is) return undefined;
  const stayed = [...is.keys()].filter((name) => was.has(name));
  const order = [...was.keys()].filter((name) => is.has(name));
  if (stayed.some((name, index) => name !== order[index])) return undefined;
  const gone = new Map([...was].flatMap(([name, { item, index }]) => (is.has(name) ? [] : [[index, item] as const])));
  const pairs = [...is].map(([name, { item, index }]) => {
    // A new name where an old one stood is one field that changed, not one removed and one added.
    const replaced = was.has(name) ? undefined : gone.get(index);
    if (replaced) gone.delete(index);
    return { base: was.get(name)?.item ?? replaced, head: item, index };
  });
  return [...pairs, ...[...gone].map(([index, item]) => ({ base: item, head: undefined, index }))];
};

const byName = ({ items }: ListNode): ReadonlyMap<string, { readonly item: Node; readonly index: number }> | undefined => {
  const named = new Map<string, { readonly item: Node; readonly index: number }>();
  for (const [index, item] of items.entries()) {
    const name = isMap(item) ? stringAt(item, 'name') : undefined;
    if (name === undefined || named.has(name)) return undefined;
    named.set(name, { item, index });
  }
  return named;
};

const isSameLeaf = (a: Node, b: Node, textOf: TextOf): boolean => {
  if (a.type === 'scalar' && b.type === 'scalar') return a.value === b.value;
  if (a.type === 'unknown' && b.type === 'unknown') return a.why === b.why && textOf(a) === textOf(b);
  return false;
};
