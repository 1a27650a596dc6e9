/** JSON patches that name an item of a list by its position, in a file that lies elsewhere. */

import { directoryOf, isWithin } from '../../files/files.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, isScalar, type Node, type ScalarNode } from '../../yaml/node.ts';
import { selectResources } from '../field/selectors.ts';
import type { Resource } from '../resource/resource.ts';
import type { PatchEntry } from './patch.ts';

/**
 * @param resources as they are before the patch
 * @returns one for each operation, where some object that it changes is written neither beside the entry nor below it
 */
export const positionalOperations = (resources: readonly Resource[], { content, target, step }: PatchEntry): readonly StepProblem[] => {
  if (content.type !== 'json' || !target) return [];
  const positional = content.operations.flatMap((operation, index) => {
    const path = positionIn(operation);
    return path && !isGuarded(path.text, content.operations.slice(0, index)) ? [path] : [];
  });
  if (positional.length === 0) return [];
  const selected = selectResources(resources, target);
  if ('type' in selected) return [];
  const here = directoryOf(step.at.path);
  const foreign = selected.find(({ root }) => !isWithin(root.span.path, here));
  if (!foreign) return [];
  return positional.map((path) => ({
    ruleId: 'build/positional-patch',
    at: { span: path.span, via: [] },
    message: `${path.text} counts the items of a list that ${foreign.root.span.path} writes. When one is put before it there, the patch changes another one.`,
    atMost: 'info',
    related: [{ at: { span: foreign.root.span, via: [] }, message: 'It is applied to this object.' }],
  }));
};

const indexed = /\/\d+(?=\/|$)/;

const positionIn = (operation: Node): ScalarNode | undefined => {
  const [op, path] = [child(operation, 'op'), child(operation, 'path')];
  return isScalar(op) && op.text !== 'test' && isScalar(path) && indexed.test(path.text) ? path : undefined;
};

/** A test of something in the same item fails the build when the item is another one. */
const isGuarded = (path: string, before: readonly Node[]): boolean => {
  const match = indexed.exec(path);
  const item = match ? path.slice(0, match.index + match[0].length) : path;
  return before.some((operation) => {
    const [op, tested] = [child(operation, 'op'), child(operation, 'path')];
    return isScalar(op) && op.text === 'test' && isScalar(tested) && (tested.text === item || tested.text.startsWith(`${item}/`));
  });
};
