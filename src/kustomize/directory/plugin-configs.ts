/** `generators`, `transformers`, `validators`: the objects that say which plugin to run, and how. */
import type { Step } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, type MapNode, type ScalarNode } from '../../yaml/node.ts';
import { printedAndRead, unfitForJson } from '../../yaml/through-json.ts';
import { decode } from '../file/decode.ts';
import { pluginShapes } from '../file/kustomization-fields.ts';
import { objectsIn } from '../file/resource-file.ts';
import { inlineText } from '../patch/patch.ts';
import { append } from '../resource/append.ts';
import { notJson } from '../resource/not-json.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { idText } from '../resource/resource-id.ts';
import { stepAt } from '../resource/steps.ts';
import { newProgress, nothing, type Progress } from './directory.ts';
import { type Level, scalarsAt } from './level.ts';
import { loadResources } from './load-resources.ts';

export interface PluginConfig {
  readonly kind: string;
  /** The fields of the plugin under their own names (`pluginShapes`). */
  readonly root: MapNode;
  /** The entry of the kustomization that names it. */
  readonly step: Step;
  readonly name: string;
  readonly namespace: string;
}

export type PluginField = 'generators' | 'transformers' | 'validators';

/**
 * Entries that are YAML themselves, then those that name files and directories, as kustomize takes them. Reported, and
 * left out: what is no plugin that is part of kustomize. Its controller runs no others.
 */
export const pluginConfigs = (level: Level, field: PluginField, progress: Progress): readonly PluginConfig[] => {
  const type = field === 'generators' ? 'generator' : 'transformer';
  const own = newProgress(nothing, level.loader.directory);
  const paths: ScalarNode[] = [];
  for (const entry of scalarsAt(level, field)) {
    const { roots, problems } = objectsIn(inlineText(entry, level.sourceOf).parsed, undefined);
    if (problems.length > 0) {
      paths.push(entry);
      continue;
    }
    const step = stepAt(type, entry, field);
    const resources = roots.map((root): Resource => ({ root, previous: [], prefixes: [], suffixes: [], via: [step], needsHash: false }));
    const added = append(own.accumulation.resources, [{ resources, step, isCarried: false }]);
    for (const problem of added.problems)
      own.problems.push({ ...problem, message: `configuring external ${type}: ${problem.message}`, at: entry });
    own.accumulation = { ...own.accumulation, resources: added.resources };
  }
  loadResources(level, paths, own);

  for (const problem of own.problems) progress.problems.push(problem);
  for (const reads of own.children) progress.children.push(reads);
  for (const directory of own.directories) progress.directories.add(directory);
  if (own.isIncomplete) progress.isIncomplete = true;
  return own.accumulation.resources.flatMap((resource) => pluginConfig(resource, field, progress) ?? []);
};

const pluginConfig = (resource: Resource, field: PluginField, progress: Progress): PluginConfig | undefined => {
  const id = currentId(resource);
  const at = child(resource.root, 'kind') ?? resource.root;
  const reject = (problem: Omit<StepProblem, 'at'>) => {
    progress.problems.push({ ...problem, at });
    return undefined;
  };
  if (id.group !== '' || id.version !== 'builtin') {
    progress.leaves.push({ type: 'plugin', at, what: idText(id) });
    progress.isIncomplete = true;
    const message = `external plugins disabled; unable to load external plugin '${id.kind}': kustomize-controller runs only what is part of kustomize.`;
    return reject({ ruleId: 'build/unsupported-feature', message });
  }
  const shape = pluginShapes.get(id.kind);
  if (!shape || isGenerator(id.kind) !== (field === 'generators')) {
    const isKnown = shape !== undefined;
    const words = `${id.kind}.builtin.[noGrp]`;
    const message = isKnown
      ? `plugin ${words} not a ${isGenerator(id.kind) ? 'transformer' : 'generator'}`
      : `unable to load builtin ${words}`;
    return reject({ ruleId: 'build/failed-transformation', message: `${message}: there is no such built-in plugin for ${field}.` });
  }
  const [unfit] = unfitForJson(resource.root);
  if (unfit) {
    progress.problems.push(notJson(unfit, resource));
    return undefined;
  }
  const { root, problems } = decode(printedAndRead(resource.root), shape, { isLoose: true, allowUnknown: true, isManifest: true });
  for (const problem of problems) {
    progress.problems.push({
      ruleId: 'build/failed-transformation',
      at: problem.at,
      message: `plugin ${idText(id)} fails configuration: ${problem.message}`,
    });
  }
  const step = resource.via.at(-1);
  return step && { kind: id.kind, root, step, name: id.name, namespace: id.namespace };
};

const isGenerator = (kind: string): boolean => kind.endsWith('Generator');
