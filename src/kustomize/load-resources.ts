/** `resources` and `components`: what they name is read or built, and put behind what is there. */
import { baseName, byText, directoryOf, type File, joinPath } from '../files/files.ts';
import type { Origin, Step } from '../model/origin.ts';
import type { StepProblem } from '../model/problem.ts';
import type { ScalarNode } from '../yaml/node.ts';
import { append, type Brought } from './append.ts';
import { isRejection, note, noteChild, noteVars, type Progress } from './directory.ts';
import { type Level, scalarsAt } from './level.ts';
import { sameIds } from './lineage.ts';
import { find, type Loader, type NotFound } from './loader.ts';
import { originalId, type Resource } from './resource.ts';
import { duplicateKeys, objectsIn } from './resource-file.ts';
import { idKey } from './resource-id.ts';
import { carriedChanges, stepAt } from './steps.ts';
import { conflictingConfigs, mergeConfigs, type TransformerConfig } from './transformer-config.ts';

/** One entry of `resources` after the other (kustomize: `accumulateResources`); a file, or a directory built on its own. */
export const loadResources = (level: Level, entries: readonly ScalarNode[], progress: Progress): void => {
  const brought: Brought[] = [];
  for (const entry of entries) {
    const found = find(level.loader, entry.text);
    const step = stepAt('resource', entry, 'resources');
    switch (found.type) {
      case 'file':
        brought.push({ resources: objectsOf(level, { file: found.file, step }, progress), step, isCarried: false });
        break;
      case 'directory':
        brought.push({ resources: builtObjects(level, { directory: found.path, entry, step }, progress), step, isCarried: true });
        break;
      case 'remote':
        progress.leaves.push({ type: 'remote', at: entry, what: entry.text });
        progress.isIncomplete = true;
        break;
      default:
        progress.problems.push(notLoaded(found, entry, { loader: level.loader, what: 'resources' }));
        progress.isIncomplete = true;
    }
  }
  note(progress, append(progress.accumulation.resources, brought));
};

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
      const message = `accumulating components: must build at directory: '/${found.file.path}': file is not directory. A component is a directory.`;
      progress.problems.push({ ruleId: 'build/invalid-kustomization', at: entry, message });
    } else if (!(level.ignoresMissingComponents && found.type === 'missing')) {
      progress.problems.push(notLoaded(found, entry, { loader: level.loader, what: 'components' }));
      progress.isIncomplete = true;
    }
  }
};

interface Named {
  readonly entry: ScalarNode;
  readonly step: Step;
}

const objectsOf = (level: Level, { file, step }: { readonly file: File; readonly step: Step }, progress: Progress): readonly Resource[] => {
  const { roots, problems } = manifest(level, file);
  for (const problem of problems) progress.problems.push(problem);
  if (problems.some(isRejection)) progress.isIncomplete = true;
  const via = [step];
  return roots.map((root): Resource => ({ root, previous: [], prefixes: [], suffixes: [], via, needsHash: false }));
};

const manifests = new WeakMap<File, ReturnType<typeof objectsIn>>();

const manifest = ({ parse }: Level, file: File): ReturnType<typeof objectsIn> => {
  const known = manifests.get(file);
  if (known) return known;
  if (file.unreadable !== undefined) {
    const at = { span: { path: file.path, start: 0, end: 0 }, via: [] };
    return { roots: [], problems: [{ ruleId: 'build/missing-resource', at, message: `'/${file.path}': ${file.unreadable}` }] };
  }
  const { roots, problems } = objectsIn(parse(file), baseName(file.path));
  const read = { roots, problems: [...problems, ...roots.flatMap(duplicateKeys)] };
  manifests.set(file, read);
  return read;
};

const builtObjects = (
  level: Level,
  { directory, entry, step }: Named & { readonly directory: string },
  progress: Progress,
): readonly Resource[] => {
  const built = level.buildDirectory({ directory, asked: entry, step, onto: undefined, schemas: progress.schemas });
  noteChild(progress, step, built);
  const { resources, config, vars } = built.accumulation;
  mergeConfig(progress, config, entry);
  noteVars(progress, vars);
  return resources;
};

const addComponent = (level: Level, { directory, entry, step }: Named & { readonly directory: string }, progress: Progress): void => {
  const before = progress.accumulation.resources;
  const built = level.buildDirectory({ directory, asked: entry, step, onto: progress.accumulation, schemas: progress.schemas });
  noteChild(progress, step, built);
  const path = built.reads.kustomization?.path;
  const { resources } = built.accumulation;
  const carried = path === undefined ? resources : carriedByComponent(before, resources, { path, step });
  progress.accumulation = { ...built.accumulation, resources: carried };
};

const mergeConfig = (progress: Progress, config: TransformerConfig, at: Origin): void => {
  const merged = mergeConfigs(progress.accumulation.config, config);
  if ('type' in merged) progress.problems.push(conflictingConfigs(at, merged));
  else progress.accumulation = { ...progress.accumulation, config: merged };
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

const notLoaded = (
  found: NotFound,
  entry: ScalarNode,
  { loader, what }: { readonly loader: Loader; readonly what: 'resources' | 'components' },
): StepProblem => {
  if (found.type === 'outside') {
    const message = `accumulating ${what}: ${found.message}. Nothing outside the source is in the artifact: the build fails in the cluster.`;
    return { ruleId: 'build/outside-artifact', at: entry, message };
  }
  const nearest = found.type === 'missing' ? nearestPath(loader, entry.text) : undefined;
  return {
    ruleId: 'build/missing-resource',
    at: entry,
    message: `accumulating ${what}: ${reasonOf(found, entry.text)}. kustomize rejects the build.`,
    hint: nearest === undefined ? undefined : `Did you mean ${nearest}?`,
  };
};

const reasonOf = ({ type, message }: NotFound, path: string): string => {
  if (type === 'empty') return 'new root cannot be empty';
  if (type !== 'missing') return `accumulating resources from '${path}': ${message}`;
  const place = message.slice(0, message.indexOf(' '));
  return `accumulating resources from '${path}': evalsymlink failure on ${place} : no such file or directory (must build at directory: not a valid directory): ${message}`;
};

/** A name in the same directory that differs in letter case, in its ending or in a letter or two. */
const nearestPath = ({ files, directory }: Loader, path: string): string | undefined => {
  const wanted = joinPath(directory, path);
  if (wanted === undefined) return undefined;
  const folder = directoryOf(wanted);
  const name = baseName(wanted);
  const near = (files.list(folder) ?? []).filter((other) => isNear(other, name)).sort(byText);
  const [found] = near;
  return found === undefined ? undefined : path.slice(0, path.length - baseName(path.replace(/\/$/, '')).length) + found;
};

const isNear = (a: string, b: string): boolean => {
  const stem = (name: string) =>
    name
      .toLowerCase()
      .replace(/\.ya?ml$/, '')
      .replace(/[-_.]/g, '');
  const [x, y] = [stem(a), stem(b)];
  return x === y || (Math.min(x.length, y.length) > 3 && (x.startsWith(y) || y.startsWith(x)));
};
