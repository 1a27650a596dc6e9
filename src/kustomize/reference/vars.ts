import type { StepProblem } from '../../model/problem.ts';
import { child, type Node, textAt } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';
import { currentId, originalFirst, type Resource } from '../resource/resource.ts';
import { sameId } from '../resource/resource-id.ts';
import { failedTransformation } from '../resource/transformation.ts';

/** One entry of `vars`, bound to the object it names when the entry's own directory is accumulated. */
export interface Var {
  readonly name: string;
  readonly entry: Node;
  readonly fieldPath: string;
  /** All ids that object had until then, by which it is found again at the end; undefined: there is none. */
  readonly referent: readonly ResourceId[] | undefined;
}

export interface Vars {
  readonly vars: readonly Var[];
  readonly problems: readonly StepProblem[];
}

/**
 * The `vars` of a directory (kustomize: `ResAccumulator.MergeVars`), added to those of its resources. Reported: entries
 * that could mean several objects, and names that are taken.
 *
 * @param resources the objects after this directory's own transformations
 */
export const collectVars = (known: readonly Var[], entries: readonly Node[], resources: readonly Resource[]): Vars => {
  const problems: StepProblem[] = [];
  const collected = entries.map((entry): Var => {
    const name = text(entry, 'name');
    const matches = referents(entry, resources);
    const [match, ...others] = matches;
    if (others.length > 0) {
      const message = `found ${matches.length} resId matches for var ${name} (unable to disambiguate)`;
      problems.push(failedTransformation(child(entry, 'objref') ?? entry, message));
    }
    return { name, entry, fieldPath: text(entry, 'fieldref', 'fieldPath') || 'metadata.name', referent: match && originalFirst(match) };
  });
  const merged = mergeVars(known, collected);
  return { vars: merged.vars, problems: [...problems, ...merged.problems] };
};

/** The vars of two directories. Reported, and left out: names that are taken. */
export const mergeVars = (known: readonly Var[], added: readonly Var[]): Vars => {
  if (added.length === 0) return { vars: known, problems: [] };
  const vars = [...known];
  const problems: StepProblem[] = [];
  for (const each of added) {
    const first = vars.find((other) => other.name === each.name);
    if (!first) {
      vars.push(each);
      continue;
    }
    const problem = failedTransformation(child(each.entry, 'name') ?? each.entry, `var '${each.name}' already encountered`);
    problems.push({ ...problem, related: [{ at: child(first.entry, 'name') ?? first.entry, message: 'the first of that name' }] });
  }
  return { vars, problems };
};

/** Group, version, kind and name must be equal on some id; the namespace, where one is given. */
const referents = (entry: Node, resources: readonly Resource[]): readonly Resource[] => {
  const wanted = objectId(child(entry, 'objref'));
  const isMeant = (id: ResourceId): boolean =>
    wanted.namespace === '' ? sameId({ ...id, namespace: '' }, { ...wanted, namespace: '' }) : sameId(id, wanted);
  return resources.filter((resource) => [...resource.previous, currentId(resource)].some(isMeant));
};

/** An objref gives its group and version as `apiVersion`, or as they are. */
const objectId = (objref: Node | undefined): ResourceId => {
  const [first = '', second, ...more] = text(objref, 'apiVersion').split('/');
  const given = more.length > 0 || first === '' ? {} : second === undefined ? { version: first } : { group: first, version: second };
  return {
    group: text(objref, 'group'),
    version: text(objref, 'version'),
    kind: text(objref, 'kind'),
    name: text(objref, 'name'),
    namespace: text(objref, 'namespace'),
    ...given,
  };
};

const text = (node: Node | undefined, ...keys: readonly string[]): string => textAt(node, ...keys) ?? '';
