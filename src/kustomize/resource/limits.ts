import type { Node } from '../../yaml/node.ts';
import { treeSize } from '../../yaml/tree-size.ts';
import { type Failure, failure } from './failure.ts';

/** What one build may come to (docs/limits.md): far above what a cluster takes, and small enough for a machine of CI. */
export const limits = {
  /** Flux lists every object that it applies in the status of the Kustomization, which etcd limits to 1.5 MiB. */
  objects: 20_000,
  /** Directories that are built for one root; a component is built each time it is named. */
  directories: 5_000,
  /** Of a path to a field. */
  pathParts: 200,
  /** Of one object: values and keys, letters, and collections in collections. */
  nodes: 500_000,
  letters: 4 * 1024 * 1024,
  depth: 300,
} as const;

/** What is wrong with the size of an object; undefined where nothing is. */
export const tooLarge = (object: Node): (Failure & { readonly isLimit: true }) | undefined => {
  const { nodes, letters, depth } = treeSize(object);
  if (nodes > limits.nodes) return limitFailure(`It would make an object of ${nodes} values; flux-lint follows ${limits.nodes}.`);
  if (letters > limits.letters)
    return limitFailure(`It would make an object of ${letters} characters; flux-lint follows ${limits.letters}.`);
  if (depth > limits.depth)
    return limitFailure(`It would nest collections more than ${limits.depth} deep, which flux-lint does not follow.`);
  return undefined;
};

export const limitFailure = (message: string): Failure & { readonly isLimit: true } => ({ ...failure(message), isLimit: true });

export const tooLongPath = limitFailure(`The path has more than ${limits.pathParts} parts; flux-lint does not follow it.`);
