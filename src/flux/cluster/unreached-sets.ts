import { expandResourceSet } from '../../generate/resource-set/expand.ts';
import { isInputProvider, isResourceSet } from '../../generate/resource-set/kinds.ts';
import type { Node } from '../../yaml/node.ts';
import type { AppliedGenerator, AppliedObject } from '../evaluation.ts';

/**
 * What the ResourceSets of a build make that no cluster applies. Whoever applies it may bring more providers, and values for
 * variables: of a set with some nothing is said.
 */
export const unreachedSets = (
  objects: readonly AppliedObject[],
  sourceOf: (path: string) => string | undefined,
): readonly AppliedGenerator[] => {
  const providers = objects.map(({ root }) => root).filter(isInputProvider);
  return objects
    .filter(({ root }) => isResourceSet(root) && !hasVariable(root))
    .map((object) => ({ object, generated: expandResourceSet({ root: object.root, providers, open, sourceOf }) }));
};

const open = 'whoever applies it may bring providers';

const hasVariable = (node: Node): boolean => {
  switch (node.type) {
    case 'scalar':
      return node.text.includes('${');
    case 'list':
      return node.items.some(hasVariable);
    case 'map':
      return node.entries.some(({ key, value }) => key.text.includes('${') || hasVariable(value));
    case 'unknown':
      return true;
    default:
      return node satisfies never;
  }
};
