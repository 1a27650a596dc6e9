import type { Origin, Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child } from '../../yaml/node.ts';
import { withCurrentId } from './id-index.ts';
import { carriedOn, settled } from './lineage.ts';
import { currentId, type Resource } from './resource.ts';
import { idKey, idText } from './resource-id.ts';
import type { Transformed } from './transformation.ts';

/** Objects that come together. */
export interface Brought {
  readonly resources: readonly Resource[];
  /** The entry that brings them. */
  readonly step: Step;
  /** They have steps already, and the entry is one more. */
  readonly isCarried: boolean;
}

/**
 * Puts objects behind those that are there, in order. Reported, and left out: one whose id some object has already. A
 * directory alone, which is what most overlays start from, costs nothing but its steps.
 */
export const append = (resources: readonly Resource[], brought: readonly Brought[]): Transformed => {
  const [first, ...others] = brought;
  if (!first) return { resources, problems: [] };
  if (resources.length === 0 && others.length === 0 && first.isCarried) {
    return { resources: carriedOn(first.resources, first.step), problems: [] };
  }
  const problems: StepProblem[] = [];
  const added: Resource[] = [];
  const own = new Map<string, Resource>();
  for (const each of brought) {
    for (const resource of carried(each)) {
      const id = currentId(resource);
      const key = idKey(id);
      const other = own.get(key) ?? withCurrentId(resources, id)[0];
      if (other) {
        problems.push(duplicate(resource, other, each.step));
        continue;
      }
      own.set(key, resource);
      added.push(resource);
    }
  }
  return { resources: resources.length === 0 ? added : [...resources, ...added], problems };
};

const carried = ({ resources, step, isCarried }: Brought): readonly Resource[] =>
  isCarried ? settled(carriedOn(resources, step)) : resources;

const duplicate = (resource: Resource, other: Resource, step: Step): StepProblem => {
  const id = idText(currentId(resource));
  return {
    ruleId: 'build/duplicate-object',
    at: { span: step.at, via: [] },
    message: `The build has this object already, and kustomize rejects it: may not add resource with an already registered id: ${id}.`,
    related: [
      { at: placeOf(other), message: 'The first one.' },
      { at: placeOf(resource), message: 'The second one.' },
    ],
  };
};

const placeOf = ({ root, via }: Resource): Origin => {
  const node = child(root, 'metadata', 'name') ?? root;
  return { span: node.span, via: [...node.via, ...via] };
};
