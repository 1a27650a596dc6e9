import type { Node } from './node.ts';

export interface TreeSize {
  readonly nodes: number;
  /** Of all scalars. */
  readonly letters: number;
  readonly depth: number;
}

const sizes = new WeakMap<Node, TreeSize>();

/** What a tree comes to. What stands in it several times is looked at once, and counts each time. */
export const treeSize = (node: Node): TreeSize => {
  const known = sizes.get(node);
  if (known) return known;
  const size = sizeOf(node);
  sizes.set(node, size);
  return size;
};

const sizeOf = (node: Node): TreeSize => {
  if (node.type === 'scalar') return { nodes: 1, letters: node.text.length, depth: 1 };
  if (node.type === 'unknown') return leaf;
  let [nodes, letters, depth] = [1, 0, 0];
  const add = (inner: TreeSize) => {
    nodes += inner.nodes;
    letters += inner.letters;
    depth = Math.max(depth, inner.depth);
  };
  if (node.type === 'list') for (const item of node.items) add(treeSize(item));
  else {
    for (const { key, value } of node.entries) {
      letters += key.text.length;
      nodes++;
      add(treeSize(value));
    }
  }
  return { nodes, letters, depth: depth + 1 };
};

const leaf: TreeSize = { nodes: 1, letters: 0, depth: 1 };
