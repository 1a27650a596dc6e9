/** Objects that a build makes and Flux does not see. */
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

/** That an object is nameless; undefined where it is not, or where the variable that is lacking there has been told. */
export const namelessProblem = (root: MapNode, told: readonly StepProblem[]): StepProblem | undefined => {
  const name = nameOf(root);
  if (name === undefined) return undefined;
  const { span, via, value, text } = name;
  if (told.some(({ at }) => at.span.path === span.path && at.span.start === span.start)) return undefined;
  const isSubstituted = via.some(({ type }) => type === 'substitution');
  const is = value === '' || value === null ? 'empty' : `the ${typeof value} ${text}, and no text`;
  return {
    ruleId: 'manifest/missing-identity',
    at: { span, via },
    message: `Flux leaves out this ${stringAt(root, 'kind') ?? 'object'} without a word: its name is ${is}${isSubstituted ? ', once its variables are filled in' : ''}.`,
    hint: isSubstituted ? 'Put text beside the variable, such as shop-${NAME}, or give it another value.' : 'Write the name in quotes.',
  };
};
