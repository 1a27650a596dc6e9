/** `resources`: what they name is read or built, and put behind what is there. */

import { baseName, type File } from '../../files/files.ts';
import { limitExceeded } from '../../model/limit-exceeded.ts';
import type { Origin, Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import type { ScalarNode } from '../../yaml/node.ts';
import { duplicateKeys, rejected } from '../file/duplicate-keys.ts';
import { find } from '../file/loader.ts';
import { hasUnknown } from '../file/merge-schema.ts';
import { notLoaded } from '../file/not-loaded.ts';
import { invalidSeparator, objectsIn } from '../file/resource-file.ts';
import { append, type Brought } from '../resource/append.ts';
import { limits } from '../resource/limits.ts';
import { fromFile } from '../resource/own-annotations.ts';
import type { Resource } from '../resource/resource.ts';
import { stepAt } from '../resource/steps.ts';
import { withOrigin } from '../transform/build-metadata.ts';
import { isRejection, note, noteChild, noteVars, type Progress } from './directory.ts';
import type { Level } from './level.ts';
import { conflictingConfigs, mergeConfigs, type TransformerConfig } from './transformer-config.ts';

/** One entry of `resources` after the other (kustomize: `accumulateResources`); a file, or a directory built on its own. */
export const loadResources = (level: Level, entries: readonly ScalarNode[], progress: Progress): void => {
  const brought: Brought[] = [];
  const firsts = new Map<string, ScalarNode>();
  const repeated = new Map<ScalarNode, ScalarNode>();
  for (const entry of entries) {
    const found = find(level.loader, entry.text);
    const step = stepAt('resource', entry, 'resources');
    const path = found.type === 'file' ? found.file.path : found.type === 'directory' ? found.path : entry.text;
    const first = firsts.get(path);
    if (first) repeated.set(entry, first);
    else firsts.set(path, entry);
    switch (found.type) {
      case 'file':
        brought.push({ resources: objectsOf(level, { file: found.file, step }, progress), step, isCarried: false });
        break;
      case 'directory':
        brought.push({
          resources: builtObjects(
            level,
            { directory: found.path, entry, step, hasBuiltin: () => brought.some(({ resources }) => hasUnknown(resources)) },
            progress,
          ),
          step,
          isCarried: true,
        });
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
  const count = brought.reduce((sum, each) => sum + each.resources.length, progress.accumulation.resources.length);
  const most = entries.at(-1);
  if (count > limits.objects && most) {
    progress.problems.push(
      limitExceeded(
        most,
        `These resources come to ${count} objects; flux-lint follows ${limits.objects} in one build, and leaves them out.`,
      ),
    );
    progress.isIncomplete = true;
    return;
  }
  const { resources, problems } = append(progress.accumulation.resources, brought);
  note(progress, { resources, problems: problems.map((problem) => withRepetition(problem, entries, repeated)) });
};

/** Where the very same entry stands twice, that is the cause of all that it brings twice. */
const withRepetition = (
  problem: StepProblem,
  entries: readonly ScalarNode[],
  repeated: ReadonlyMap<ScalarNode, ScalarNode>,
): StepProblem => {
  const [again] = [...repeated].filter(([entry]) => entry.span === problem.at.span);
  if (!again) return problem;
  const [entry, first] = again;
  return {
    ...problem,
    hint: `${entry.text} is listed twice: remove one of the two.`,
    related: [{ at: first, message: 'It is listed here first.' }],
    fix: { description: 'remove the second entry', safety: 'safe', edits: [{ list: { items: entries }, item: entry }] },
  };
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
  const { metadata } = level;
  const own = metadata ? roots.map((root) => withOrigin(root, metadata)) : roots;
  return own.map((root) => fromFile(root, via));
};

const manifests = new WeakMap<File, ReturnType<typeof objectsIn>>();

const manifest = ({ parse }: Level, file: File): ReturnType<typeof objectsIn> => {
  const known = manifests.get(file);
  if (known) return known;
  if (file.unreadable !== undefined) {
    const at = { span: { path: file.path, start: 0, end: 0 }, via: [] };
    return { roots: [], problems: [{ ruleId: 'build/missing-resource', at, message: `'/${file.path}': ${file.unreadable}.` }] };
  }
  const parsed = parse(file);
  const { roots, problems } = objectsIn(parsed, baseName(file.path));
  const twice = parsed.documents.some(({ hasShadowed }) => hasShadowed) ? roots.flatMap(duplicateKeys) : [];
  const separator = problems.length === 0 ? invalidSeparator(file) : undefined;
  const read = { roots, problems: [...problems, ...(separator ? [separator] : []), ...twice.map(rejected)] };
  manifests.set(file, read);
  return read;
};

const builtObjects = (
  level: Level,
  { directory, entry, step, hasBuiltin }: Named & { readonly directory: string; readonly hasBuiltin: () => boolean },
  progress: Progress,
): readonly Resource[] => {
  const built = level.buildDirectory({ directory, asked: entry, step, onto: undefined, schemas: progress.schemas, hasBuiltin });
  noteChild(progress, step, built);
  const { resources, config, vars } = built.accumulation;
  mergeConfig(progress, config, entry);
  noteVars(progress, vars);
  return resources;
};

const mergeConfig = (progress: Progress, config: TransformerConfig, at: Origin): void => {
  const merged = mergeConfigs(progress.accumulation.config, config);
  if ('type' in merged) progress.problems.push(conflictingConfigs(at, merged));
  else progress.accumulation = { ...progress.accumulation, config: merged };
};
