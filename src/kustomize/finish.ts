/** What kustomize does once, at the root of a build, after all its directories are accumulated. */
import type { StepProblem } from '../model/problem.ts';
import { child } from '../yaml/node.ts';
import { printedAndRead, unfitForJson } from '../yaml/through-json.ts';
import type { EffectiveObject } from './build.ts';
import type { Accumulation } from './directory/directory.ts';
import type { NameReference } from './field/name-reference-specs.ts';
import type { Kustomization } from './file/kustomization.ts';
import { addHashSuffixes } from './generate/hash.ts';
import { withTextAnnotations } from './patch/patch-metadata.ts';
import { fixNameReferences } from './reference/name-references.ts';
import { type NameTable, nameTable } from './reference/name-table.ts';
import { expandVars } from './reference/var-references.ts';
import { lineageOf, settled, viaExtender } from './resource/lineage.ts';
import { notJson } from './resource/not-json.ts';
import { withoutOwnAnnotations } from './resource/own-annotations.ts';
import { currentId, originalId, type Resource } from './resource/resource.ts';
import { idText } from './resource/resource-id.ts';
import { isShipped } from './resource/shipped.ts';
import { withUniqueIds } from './resource/unique.ts';
import { askedKeys, type BuildMetadata, withManagedBy } from './transform/build-metadata.ts';
import { sortResources } from './transform/sort.ts';

export interface Finished {
  readonly objects: readonly EffectiveObject[];
  readonly problems: readonly StepProblem[];
}

export const finish = (accumulation: Accumulation, { root }: Kustomization, metadata: BuildMetadata | undefined): Finished => {
  const { resources, config, vars } = accumulation;
  const sortOptions = child(root, 'sortOptions');
  const isPlain = vars.length === 0 && !sortOptions && !metadata;
  const shared = isPlain ? finishShared(resources, config.nameReference) : undefined;
  if (shared) return shared;

  const { resources: referring, problems } = finishList(settled(resources), config.nameReference);
  const expanded = expandVars(referring, vars, config.varReference);
  const sorted = sortResources(expanded.resources.filter(isShipped), sortOptions);
  const kept = askedKeys(metadata);
  const shipped = withManagedBy(sorted.resources, metadata).map((resource) => printed(resource, kept));
  return {
    objects: shipped.map(({ object }) => object),
    problems: [...problems, ...expanded.problems, ...sorted.problems, ...shipped.flatMap((each) => each.problems)],
  };
};

/** A list of resources with hashes and mended references, remembered for the overlays that change little of it. */
interface FinishedList {
  readonly names: NameTable;
  readonly resources: readonly Resource[];
  readonly problems: readonly StepProblem[];
  /** What each comes to; undefined where it stays behind. */
  readonly objects: readonly (Printed | undefined)[];
}

/** An object as it leaves, and what kustomize cannot print of it. */
interface Printed {
  readonly object: EffectiveObject;
  readonly problems: readonly StepProblem[];
}

const finishedLists = new WeakMap<readonly Resource[], WeakMap<readonly NameReference[], FinishedList>>();

const finishList = (resources: readonly Resource[], table: readonly NameReference[]): FinishedList => {
  const known = finishedLists.get(resources)?.get(table);
  if (known) return known;
  const hashed = addHashSuffixes(resources);
  const names = nameTable(hashed);
  const { resources: fixed, problems } = fixNameReferences(hashed, table, names);
  // Generated objects are told apart by their hashes.
  const clashes = withUniqueIds(fixed.filter(isShipped)).problems;
  const finished = {
    names,
    resources: fixed,
    problems: [...problems, ...nameless(fixed), ...clashes],
    objects: fixed.map((resource) => (isShipped(resource) ? printed(resource) : undefined)),
  };
  const byTable = finishedLists.get(resources) ?? new WeakMap();
  finishedLists.set(resources, byTable.set(table, finished));
  return finished;
};

/**
 * The objects of a list that has the ids of another: only what changed since is looked at. Undefined where a change may
 * reach other objects, because a name depends on content.
 */
const finishShared = (resources: readonly Resource[], table: readonly NameReference[]): Finished | undefined => {
  const { origin, changed, steps } = lineageOf(resources);
  const extend = viaExtender(steps);
  for (const position of changed) if (resources[position]?.needsHash === true) return undefined;
  const base = finishList(origin, table);
  const problems = [...base.problems];
  const objects: EffectiveObject[] = [];
  for (let position = 0; position < resources.length; position++) {
    const resource = resources[position];
    const known = base.objects[position];
    if (!resource) continue;
    if (!changed.has(position)) {
      if (!known) continue;
      for (const problem of known.problems) problems.push(problem);
      objects.push({ root: known.object.root, original: known.object.original, via: extend(resource.via) });
      continue;
    }
    const fixed = fixNameReferences([resource], table, base.names);
    for (const problem of [...fixed.problems, ...nameless(fixed.resources)]) problems.push(problem);
    for (const each of fixed.resources.filter(isShipped)) {
      const shipped = printed({ ...each, via: extend(each.via) });
      for (const problem of shipped.problems) problems.push(problem);
      objects.push(shipped.object);
    }
  }
  return { objects, problems };
};

/** A patch may have taken what every object must have. */
const nameless = (resources: readonly Resource[]): readonly StepProblem[] =>
  resources.flatMap((resource) => {
    const { kind, name } = currentId(resource);
    if (kind !== '' && (name !== '' || kind.endsWith('List'))) return [];
    const what = kind === '' ? 'missing kind in object' : 'missing metadata.name in object';
    const message = `${what} ${idText(originalId(resource))}: a patch took it, and kustomize rejects the build.`;
    return [{ ruleId: 'manifest/missing-identity', at: resource.root, message }];
  });

/** kustomize prints through JSON, and reads and writes all annotations as texts in the end. */
const printed = (resource: Resource, kept: ReadonlySet<string> = new Set()): Printed => ({
  object: {
    root: printedAndRead(withTextAnnotations(withoutOwnAnnotations(resource.root, kept))),
    original: originalId(resource),
    via: resource.via,
  },
  problems: unfitForJson(resource.root).map((unfit) => notJson(unfit, resource)),
});
