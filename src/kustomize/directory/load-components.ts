/** `components`: directories that work on the objects of the one that names them. */
import type { Step } from '../../model/origin.ts';
import type { ScalarNode } from '../../yaml/node.ts';
import { find } from '../file/loader.ts';
import { hasUnknown } from '../file/merge-schema.ts';
import { notLoaded } from '../file/not-loaded.ts';
import { sameIds } from '../resource/lineage.ts';
import { originalId, type Resource } from '../resource/resource.ts';
import { idKey } from '../resource/resource-id.ts';
import { carriedChanges, stepAt } from '../resource/steps.ts';
import { noteChild, type Progress } from './directory.ts';
import { type Level, scalarsAt } from './level.ts';

interface Named {
  readonly entry: ScalarNode;
  readonly step: Step;
}

/** One component after the other (kustomize: `accumulateComponents`); each works on all that is there so far. */
export const loadComponents = (level: Level, progress: Progress): void => {
  for (const entry of scalarsAt(level, 'components')) {
    const found = find(level.loader, entry.text);
    if (found.type === 'directory') {
      addComponent(level, { directory: found.path, entry, step: stepAt('component', entry, 'components') }, progress);
    } else if (found.type === 'remote') {
      progress.leaves.push({ type: 'remote', at: entry, what: entry.text });
      progress.isIncomplete = true;
    } else if (found.type === 'file') {
      const message = `A component is a directory. kustomize: accumulating components: must build at directory: '/${found.file.path}': file is not directory.`;
      progress.problems.push({ ruleId: 'build/invalid-kustomization', at: entry, message });
    } else if (!(level.ignoresMissingComponents && found.type === 'missing')) {
      progress.problems.push(notLoaded(found, entry, { loader: level.loader, what: 'components' }));
      progress.isIncomplete = true;
    }
  }
};

const addComponent = (level: Level, { directory, entry, step }: Named & { readonly directory: string }, progress: Progress): void => {
  const before = progress.accumulation.resources;
  const built = level.buildDirectory({
    directory,
    asked: entry,
    step,
    onto: progress.accumulation,
    schemas: progress.schemas,
    hasBuiltin: () => hasUnknown(before),
  });
  noteChild(progress, step, built);
  const path = built.reads.kustomization?.path;
  const { resources } = built.accumulation;
  const carried = path === undefined ? resources : carriedByComponent(before, resources, { path, step });
  progress.accumulation = { ...built.accumulation, resources: carried };
};

/** What a component changed or brought gets its entry as a step; what only passed through does not. */
const carriedByComponent = (
  before: readonly Resource[],
  after: readonly Resource[],
  { path, step }: { readonly path: string; readonly step: Step },
): readonly Resource[] => {
  if (before === after) return after;
  const known = new Set(before);
  const byId = new Map(before.map((resource) => [idKey(originalId(resource)), resource] as const));
  const carried = after.map((resource, index) => {
    if (known.has(resource)) return resource;
    const id = idKey(originalId(resource));
    const samePlace = before[index];
    const old = samePlace && idKey(originalId(samePlace)) === id ? samePlace : byId.get(id);
    const isNew = (resource.via.at(-1) ?? resource.root.via.at(-1))?.at.path === path;
    if (isNew || !old) return { ...resource, via: [...resource.via, step] };
    return { ...resource, root: carriedChanges(old.root, resource.root, path, step) };
  });
  const changed = [...carried.keys()].filter((position) => carried[position]?.root !== after[position]?.root);
  return sameIds(after, carried, changed);
};
