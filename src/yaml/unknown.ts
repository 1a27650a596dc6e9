import type { Node } from './node.ts';

/** Whether anything in a tree cannot be known. */
export const holdsUnknown = (node: Node): boolean => {
  switch (node.type) {
    case 'map':
      return node.entries.some(({ value }) => holdsUnknown(value));
    case 'list':
      return node.items.some(holdsUnknown);
    case 'scalar':
      return false;
    case 'unknown':
      return true;
    default:
      return node satisfies never;
  }
};
