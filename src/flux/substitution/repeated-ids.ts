/** Objects to which variables give the id of another. */
import type { EffectiveObject } from '../../kustomize/build.ts';
import { currentId } from '../../kustomize/resource/resource.ts';
import { idKey, idText } from '../../kustomize/resource/resource-id.ts';
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, type MapNode } from '../../yaml/node.ts';

/**
 * kustomize-controller puts each object back by its id once its variables are filled in, the others as they are by then
 * (`resMap.Replace`): where two have one id, it fails. Reported: the first that another one is in the way of.
 *
 * @param before as they are built @param after the same with their variables filled in
 */
export const repeatedId = (before: readonly EffectiveObject[], after: readonly EffectiveObject[]): StepProblem | undefined => {
  if (after.every(({ root }, index) => isSameId(root, before[index]?.root))) return undefined;
  const roots = before.map(({ root }) => root);
  const counts = new Map<string, number>();
  for (const root of roots) count(counts, root, 1);
  for (const [index, { root }] of after.entries()) {
    const old = roots[index];
    if (old === undefined || old === root) continue;
    count(counts, old, -1);
    count(counts, root, 1);
    roots[index] = root;
    const other =
      (counts.get(keyOf(root) ?? '') ?? 0) > 1 ? roots.find((each, at) => at !== index && keyOf(each) === keyOf(root)) : undefined;
    if (other) return twice(root, other);
  }
  return undefined;
};

const isSameId = (root: MapNode, before: MapNode | undefined): boolean => {
  if (before === undefined || before === root) return before === root;
  return idFields.every((keys) => child(root, ...keys) === child(before, ...keys)) || keyOf(before) === keyOf(root);
};

const idFields = [['metadata'], ['kind'], ['apiVersion']] as const;

/** Undefined where the name depends on what only the cluster has. */
const keyOf = (root: MapNode): string | undefined => {
  const parts = [child(root, 'metadata', 'name'), child(root, 'metadata', 'namespace'), child(root, 'kind'), child(root, 'apiVersion')];
  return parts.some((part) => part?.type === 'unknown') ? undefined : idKey(currentId({ root }));
};

const count = (counts: Map<string, number>, root: MapNode, change: number): void => {
  const key = keyOf(root);
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + change);
};

const twice = (root: MapNode, other: MapNode): StepProblem => ({
  ruleId: 'build/duplicate-object',
  at: nameOf(root),
  message: `With its variables filled in, ${idText(currentId({ root }))} is there twice, and Flux fails: id matched 2 resources.`,
  hint: 'Give the variables other values, or one of the two another name.',
  related: [{ at: nameOf(other), message: 'The other one.' }],
});

const nameOf = (root: MapNode): Origin => {
  const { span, via } = child(root, 'metadata', 'name') ?? root;
  return { span, via };
};
