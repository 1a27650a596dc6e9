import type { Origin, Step } from '../model/origin.ts';
import type { StepProblem } from '../model/problem.ts';
import { child } from '../yaml/node.ts';
import { extendedIds, sameIds, withCurrentId } from './id-index.ts';
import { currentId, type Resource } from './resource.ts';
import { idKey, idText } from './resource-id.ts';
import type { Transformed } from './transformation.ts';

/**
 * Puts objects behind those that are there. Reported, and left out: one whose id some object has already.
 *
 * @param step the entry that brings them; it goes behind their other steps
 */
export const append = (resources: readonly Resource[], added: readonly Resource[], step: Step | undefined): Transformed => {
  const brought = step ? withStep(added, step) : added;
  if (resources.length === 0 && step === undefined) return { resources: added, problems: [] };
  const problems: StepProblem[] = [];
  // What comes from one build has no id twice: only several can clash.
  if (resources.length === 0) return { resources: sameIds(added, brought), problems };
  const accepted: Resource[] = [];
  const own = new Map<string, Resource>();
  for (const resource of brought) {
    const id = currentId(resource);
    const key = idKey(id);
    const other = own.get(key) ?? withCurrentId(resources, id)[0];
    if (other) {
      problems.push(duplicate(resource, other, step));
      continue;
    }
    own.set(key, resource);
    accepted.push(resource);
  }
  return { resources: accepted.length === 0 ? resources : extendedIds(resources, [...resources, ...accepted]), problems };
};

/** Objects of one file or one generator: no id may stand twice among them. */
export const distinct = (added: readonly Resource[], step: Step | undefined): Transformed => {
  const known = new Map<string, Resource>();
  const problems: StepProblem[] = [];
  for (const resource of added) {
    const key = idKey(currentId(resource));
    const other = known.get(key);
    if (other) problems.push(duplicate(resource, other, step));
    else known.set(key, resource);
  }
  return { resources: problems.length === 0 ? added : [...known.values()], problems };
};

const withStep = (resources: readonly Resource[], step: Step): readonly Resource[] => {
  const extended = new Map<readonly Step[], readonly Step[]>();
  return resources.map((resource) => {
    let via = extended.get(resource.via);
    if (!via) {
      via = [...resource.via, step];
      extended.set(resource.via, via);
    }
    return { ...resource, via };
  });
};

const duplicate = (resource: Resource, other: Resource, step: Step | undefined): StepProblem => {
  const id = idText(currentId(resource));
  return {
    ruleId: 'build/duplicate-object',
    at: step ? { span: step.at, via: [] } : placeOf(resource),
    message: `may not add resource with an already registered id: ${id}. The build has this object already, and kustomize rejects it.`,
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
