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

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A tree as JSON shows it. Unknown leaves are text: `(unknown)`, with what is known of it around. */
export const shownAsJson = (node: Node): Json => {
  switch (node.type) {
    case 'scalar':
      return typeof node.value === 'bigint' ? Number(node.value) : node.value;
    case 'unknown':
      return node.text ?? '(unknown)';
    case 'list':
      return node.items.map(shownAsJson);
    case 'map':
      // As entries, a key called __proto__ becomes a property like any other.
      return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, shownAsJson(value)]));
    default:
      return node satisfies never;
  }
};
