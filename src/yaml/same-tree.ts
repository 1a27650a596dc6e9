import type { Node } from './node.ts';

/** Whether two trees hold the same, written at the same places: what is made of one is what is made of the other. */
export const isSameTree = (a: Node, b: Node): boolean => {
  if (a === b) return true;
  if (a.span.path !== b.span.path || a.span.start !== b.span.start) return false;
  switch (a.type) {
    case 'scalar':
      return b.type === 'scalar' && a.text === b.text && a.value === b.value && a.style === b.style;
    case 'list':
      return b.type === 'list' && a.items.length === b.items.length && a.items.every((item, index) => isSameItem(item, b.items[index]));
    case 'map':
      return (
        b.type === 'map' &&
        a.entries.length === b.entries.length &&
        a.entries.every(({ key, value }, index) => key.text === b.entries[index]?.key.text && isSameItem(value, b.entries[index]?.value))
      );
    case 'unknown':
      return b.type === 'unknown' && a.why === b.why && a.written === b.written;
    default:
      return a satisfies never;
  }
};

const isSameItem = (a: Node, b: Node | undefined): boolean => b !== undefined && isSameTree(a, b);
