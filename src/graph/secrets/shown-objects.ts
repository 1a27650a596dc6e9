import type { EffectiveObject } from '../../kustomize/build.ts';
import { nodeOrigin } from '../../kustomize/resource/origin.ts';
import type { Origin } from '../../model/origin.ts';
import type { MapNode, Node } from '../../yaml/node.ts';
import { maskedObjects } from './masked-objects.ts';

/** An object as it may be printed, and who wrote each of its nodes. */
export interface ShownObject {
  readonly root: MapNode;
  readonly origin: (node: Node) => Origin;
}

/** Objects as they may be printed: what is secret in one of them is `***` in all of them. Nothing is done before one is asked for. */
export const shownObjects = (objects: readonly EffectiveObject[]): ((object: EffectiveObject) => ShownObject) => {
  let masked: ReadonlyMap<MapNode, MapNode> | undefined;
  return (object) => {
    masked ??= maskedByRoot(objects);
    const root = masked.get(object.root);
    if (!root) throw new Error('an object is shown that was not masked with the others');
    return { root, origin: (node) => nodeOrigin(object, node) };
  };
};

const maskedByRoot = (objects: readonly EffectiveObject[]): ReadonlyMap<MapNode, MapNode> => {
  const roots = [...new Set(objects.map(({ root }) => root))];
  return new Map(maskedObjects(roots).map((root, index) => [roots[index] ?? root, root] as const));
};
