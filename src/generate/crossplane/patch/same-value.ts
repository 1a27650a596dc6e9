import { entryOf, type Node } from '../../../yaml/node.ts';

/** `reflect.DeepEqual` of two values as JSON has them; what is unknown equals nothing. */
export const sameValue = (a: Node, b: Node): boolean => {
  if (a.type === 'scalar' && b.type === 'scalar') return a.value === b.value || (isNumber(a.value) && Number(a.value) === Number(b.value));
  if (a.type === 'list' && b.type === 'list')
    return a.items.length === b.items.length && a.items.every((item, index) => sameItem(item, b.items[index]));
  if (a.type === 'map' && b.type === 'map')
    return a.entries.length === b.entries.length && a.entries.every(({ key, value }) => sameItem(value, entryOf(b, key.text)?.value));
  return false;
};

const sameItem = (a: Node, b: Node | undefined): boolean => b !== undefined && sameValue(a, b);

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';
