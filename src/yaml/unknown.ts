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

/** The tree with every text unknown that still holds a variable. */
export const withUnknownVariables = (node: Node, why: string): Node => {
  switch (node.type) {
    case 'map':
      return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: withUnknownVariables(value, why) })) };
    case 'list':
      return { ...node, items: node.items.map((item) => withUnknownVariables(item, why)) };
    case 'scalar':
      return node.text.includes('${') ? { type: 'unknown', why, written: node.text, span: node.span, via: node.via } : node;
    case 'unknown':
      return node;
    default:
      return node satisfies never;
  }
};
