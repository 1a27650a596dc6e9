import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, type MapNode } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';
import { withCurrentId } from '../resource/id-index.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { idText } from '../resource/resource-id.ts';
import type { PatchEntry } from './patch.ts';

export const invalidPatch = ({ span, via }: Origin, message: string): StepProblem => ({
  ruleId: 'build/invalid-patch',
  at: { span, via },
  message,
});

export const withoutTarget = ({ asked, source }: PatchEntry): StepProblem =>
  invalidPatch(asked, `must specify a target for JSON patch ${source}: a JSON patch does not say itself which object it is for.`);

export const notOne = (patch: MapNode, id: ResourceId, found: readonly Resource[], resources: readonly Resource[]): StepProblem => {
  const text = idText(id);
  const matches = found.length === 0 ? 'no matches' : 'multiple matches';
  const near = found.length === 0 ? resources.filter((resource) => isNear(currentId(resource), id)) : found;
  return {
    ruleId: 'build/patch-without-target',
    at: placeOf(patch),
    message: `no resource matches strategic merge patch "${text}": ${matches} for Id ${text}; failed to find unique target for patch ${text}. kustomize rejects the build.`,
    hint:
      near.length === 1
        ? `The build has ${idText(currentId(near[0] ?? { root: patch }))}: apiVersion, kind, name and namespace must all agree.`
        : undefined,
    related: near.slice(0, 5).map((resource) => ({ at: placeOf(resource.root), message: `This is ${idText(currentId(resource))}.` })),
  };
};

/** Objects that a patch gave an id which another has. */
export const clashes = (resources: readonly Resource[], exchanges: ReadonlyMap<Resource, Resource | undefined>): readonly StepProblem[] =>
  [...exchanges.values()].flatMap((resource) => {
    if (!resource || resource.previous.length === 0) return [];
    const id = currentId(resource);
    const others = withCurrentId(resources, id).filter(({ root }) => root !== resource.root);
    if (others.length === 0) return [];
    const message = `may not add resource with an already registered id: ${idText(id)}. A patch gave the object this name, and another has it.`;
    const related = others.map(({ root }) => ({ at: placeOf(root), message: 'The other one.' }));
    return [{ ruleId: 'build/duplicate-object', at: placeOf(resource.root), message, related }];
  });

const isNear = (a: ResourceId, b: ResourceId): boolean => a.kind === b.kind && a.name === b.name;

const placeOf = (root: MapNode): Origin => {
  const { span, via } = child(root, 'metadata', 'name') ?? root;
  return { span, via };
};
