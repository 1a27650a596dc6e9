/** Objects that a build makes and Flux does not see. */
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, type MapNode, type ScalarNode, stringAt } from '../../yaml/node.ts';

/**
 * Whether the name is no text, or an empty one: Flux reads a name that is none as empty, and leaves out what has no name,
 * without a word (fluxcd/pkg: ssa/utils, `ReadObjects` and `IsKubernetesObject`). kustomize takes a number for a name.
 */
export const isNameless = (root: MapNode): boolean => nameOf(root) !== undefined;

const nameOf = (root: MapNode): ScalarNode | undefined => {
  const name = child(root, 'metadata', 'name');
  return name?.type === 'scalar' && (typeof name.value !== 'string' || name.value === '') ? name : undefined;
};

/** Whether the variable that is lacking there has been told. */
export const isTold = (root: MapNode, problems: readonly StepProblem[]): boolean => {
  const at = nameOf(root)?.span;
  return problems.some(({ at: { span } }) => at !== undefined && span.path === at.path && span.start === at.start);
};

/** @param root of an object that is nameless */
export const nameless = (root: MapNode): StepProblem => {
  const name = nameOf(root);
  const isSubstituted = name?.via.some(({ type }) => type === 'substitution') === true;
  const kind = stringAt(root, 'kind') ?? 'object';
  const is =
    name === undefined || name.value === '' || name.value === null ? 'empty' : `the ${typeof name.value} ${name.text}, and no text`;
  const origin: Origin = name ?? root;
  return {
    ruleId: 'manifest/missing-identity',
    at: { span: origin.span, via: origin.via },
    message: `Flux leaves out this ${kind} without a word: its name is ${is}${isSubstituted ? ', once its variables are filled in' : ''}.`,
    hint: isSubstituted ? 'Put text beside the variable, such as shop-${NAME}, or give it another value.' : 'Write the name in quotes.',
  };
};
