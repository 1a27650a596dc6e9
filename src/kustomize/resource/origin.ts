import type { Origin, Step } from '../../model/origin.ts';
import { child, entryOf, type Node, pointerKeys } from '../../yaml/node.ts';
import type { EffectiveObject } from '../build.ts';

/**
 * Who wrote a field of an object, and all the steps by which it came, innermost first. Where the field is missing: the
 * nearest parent that stands in the file that defines the object, the line a person would edit.
 *
 * @param pointer RFC 6901
 */
export const originOf = ({ root, via }: EffectiveObject, pointer: string): Origin => {
  let node: Node = root;
  // A missing field is looked for at the key of its parent: the line that opens the map it belongs in.
  let defined: Node = firstKey(root) ?? root;
  for (const key of pointerKeys(pointer)) {
    const next = child(node, key);
    if (next === undefined) return composed(defined, root, via);
    const opener = node.type === 'map' ? entryOf(node, key)?.key : next;
    node = next;
    if (node.span.path === root.span.path && opener) defined = opener;
  }
  return composed(node, root, via);
};

const firstKey = (root: Node): Node | undefined => (root.type === 'map' ? root.entries[0]?.key : undefined);

/** Who wrote the key of a field; for an item of a list, and for a missing field, as `originOf`. */
export const keyOriginOf = (object: EffectiveObject, pointer: string): Origin => {
  const keys = pointerKeys(pointer);
  const parent = child(object.root, ...keys.slice(0, -1));
  const key = parent?.type === 'map' ? entryOf(parent, keys.at(-1) ?? '')?.key : undefined;
  return key ? nodeOrigin(object, key) : originOf(object, pointer);
};

/** The origin of a node that is somewhere in the object. */
export const nodeOrigin = ({ root, via }: EffectiveObject, node: Node): Origin => composed(node, root, via);

const composed = (node: Node, root: Node, carriers: readonly Step[]): Origin => ({
  span: node.span,
  via: [...node.via, ...carriersAbove(node, root, carriers)],
});

/** The entries of levels above the one that wrote the node; all of them where the object's own file wrote it. */
const carriersAbove = (node: Node, root: Node, carriers: readonly Step[]): readonly Step[] => {
  const last = node.via.at(-1);
  if (!last) return carriers;
  const level = carriers.findLastIndex((step) => step.at.path === last.at.path);
  if (level !== -1) return carriers.slice(level + 1);
  // A generated object has no entry at its own level; what a Flux Kustomization writes is above all levels.
  return root.via.at(-1)?.at.path === last.at.path ? carriers : [];
};
