import type { Problem } from '../../model/problem.ts';
import type { Node } from '../../yaml/node.ts';

/**
 * A memory for what is wrong within a part of an object. Trees are shared: what many clusters get unchanged is one node,
 * and need be looked at only once. Only for judgements that nothing but the part itself decides.
 */
export const oncePerNode = (): ((part: Node | undefined, find: () => Iterable<Problem>) => readonly Problem[]) => {
  const known = new WeakMap<Node, readonly Problem[]>();
  return (part, find) => {
    const remembered = part && known.get(part);
    if (remembered) return remembered;
    const found = [...find()];
    if (part) known.set(part, found);
    return found;
  };
};
