/** Objects that a patch, a replacement or a transformer plugin gave the id of another. */
import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child } from '../../yaml/node.ts';
import { lineageOf } from './lineage.ts';
import { currentId, type Resource } from './resource.ts';
import { idKey, idText } from './resource-id.ts';
import type { Transformed } from './transformation.ts';

const known = new WeakSet<readonly Resource[]>();

/**
 * The objects of a directory that is built, each id once: kustomize adds them one by one to the directory above, or to
 * what it ships (`resWrangler.Append`). Reported, and left out: the later ones.
 */
export const withUniqueIds = (resources: readonly Resource[]): Transformed => {
  const { origin } = lineageOf(resources);
  if (known.has(origin)) return { resources, problems: [] };
  const firsts = new Map<string, Resource>();
  const repeated = new Map<Resource, Resource>();
  for (const resource of resources) {
    const key = idKey(currentId(resource));
    const first = firsts.get(key);
    if (first) repeated.set(resource, first);
    else firsts.set(key, resource);
  }
  if (repeated.size === 0) {
    known.add(origin);
    return { resources, problems: [] };
  }
  const problems = [...repeated].map(([resource, first]) => registeredTwice(resource, first));
  return { resources: resources.filter((resource) => !repeated.has(resource)), problems };
};

const registeredTwice = (resource: Resource, first: Resource): StepProblem => ({
  ruleId: 'build/duplicate-object',
  at: nameOf(resource),
  message: `may not add resource with an already registered id: ${idText(currentId(resource))}. Two objects of this build came to the same name, and kustomize rejects it.`,
  related: [{ at: nameOf(first), message: 'The other one.' }],
});

const nameOf = ({ root }: Resource): Origin => {
  const { span, via } = child(root, 'metadata', 'name') ?? root;
  return { span, via };
};
