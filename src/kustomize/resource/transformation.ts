import { limitExceeded } from '../../model/limit-exceeded.ts';
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { mapSame } from '../../yaml/edit.ts';
import type { MapNode, Node } from '../../yaml/node.ts';
import type { Failure } from './failure.ts';
import type { Resource } from './resource.ts';

/** What every transformation gives: the same array where nothing changed, the same object for each that did not change. */
export interface Transformed {
  readonly resources: readonly Resource[];
  readonly problems: readonly StepProblem[];
}

/**
 * Each object with the tree that `change` makes of its own. One that cannot be changed stays as it is, and the first
 * such failure, which would end kustomize's build, is a problem at `asked`.
 */
export const transformEach = (
  resources: readonly Resource[],
  asked: Origin,
  change: (resource: Resource) => MapNode | Failure,
): Transformed => {
  const problems: StepProblem[] = [];
  const transformed = mapSame(resources, (resource) => {
    const root = change(resource);
    if (root.type === 'map') return root === resource.root ? resource : { ...resource, root };
    if (problems.length === 0) problems.push(failed(asked, root));
    return resource;
  });
  return { resources: transformed, problems };
};

export const failedTransformation = (at: Origin, message: string): StepProblem => ({
  ruleId: 'build/failed-transformation',
  at: { span: at.span, via: at.via },
  message,
});

/** The problem that a failure is. */
export const failed = (at: Origin, { message, isLimit }: Failure): StepProblem =>
  isLimit ? limitExceeded(at, message) : failedTransformation(at, message);

/** The origin of what a transformer writes because of `asked`, a node of the kustomization. */
export const transformerOrigin = (asked: Node, field: string): Origin => ({
  span: asked.span,
  via: [...asked.via, { type: 'transformer', at: asked.span, field }],
});
