/** The steps of one directory, in kustomize's own order (`KustTarget.accumulateTarget`). */
import { child, isMap, type MapNode } from '../../yaml/node.ts';
import { loadFile, notKnown } from '../file/loader.ts';
import { generate } from '../generate/config-map-generator.ts';
import { absorb } from '../generate/generator-behavior.ts';
import { collectVars } from '../reference/vars.ts';
import { settled } from '../resource/lineage.ts';
import { withMaker } from '../transform/build-metadata.ts';
import { configure } from './configurations.ts';
import { type Accumulation, type BuiltDirectory, isRejection, newProgress, note, type Progress } from './directory.ts';
import { itemsAt, kustomizationPath, type Level, scalarsAt } from './level.ts';
import { loadComponents } from './load-components.ts';
import { loadResources } from './load-resources.ts';
import { runGeneratorPlugins, runTransformerPlugins, runValidatorPlugins } from './plugins.ts';
import { transform } from './transform.ts';

/** @param onto the objects of the directory that names this one as its component */
export const accumulate = (level: Level, onto: Accumulation): BuiltDirectory => {
  const { loader, kustomization } = level;
  const progress = newProgress(onto, loader.directory, level.schemas);
  for (const problem of kustomization.problems) progress.problems.push(problem);
  // A field of the wrong type is left out here: what it named is not there for the other fields.
  if (kustomization.problems.some(isRejection)) progress.isIncomplete = true;

  loadResources(level, scalarsAt(level, 'resources'), progress);
  if (!isPatchOnly(kustomization.root) || level.metadata) settle(progress);
  const configured = configure(level, progress.accumulation.config);
  for (const problem of configured.problems) progress.problems.push(problem);
  progress.accumulation = { ...progress.accumulation, config: configured.config };
  runGenerators(level, progress);
  runGeneratorPlugins(level, progress);
  loadComponents(level, progress);
  transform(level, progress);
  runTransformerPlugins(level, progress);
  runValidatorPlugins(level, progress);
  const { vars, problems } = collectVars(progress.accumulation.vars, itemsAt(level, 'vars'), progress.accumulation.resources);
  note(progress, { resources: progress.accumulation.resources, problems });
  progress.accumulation = { ...progress.accumulation, vars };

  return {
    accumulation: progress.accumulation,
    problems: progress.problems.filter(({ ruleId }) => ruleId !== notKnown),
    leaves: [...progress.leaves, ...loader.log.remote],
    patchTargets: progress.patchTargets,
    schemas: progress.schemas,
    directories: [...progress.directories],
    reads: {
      directory: loader.directory,
      kustomization: kustomization.file,
      files: [...loader.log.files],
      listed: [...loader.log.listed],
      missing: [...loader.log.missing],
      children: progress.children,
    },
  };
};

/** Fields that leave the objects they do not mean as they are. */
const patchOnlyFields = new Set(['apiVersion', 'kind', 'metadata', 'resources', 'patches', 'patchesStrategicMerge']);

const isPatchOnly = ({ entries }: MapNode): boolean => entries.every(({ key }) => patchOnlyFields.has(key.text));

const settle = (progress: Progress): void => {
  progress.accumulation = { ...progress.accumulation, resources: settled(progress.accumulation.resources) };
};

const runGenerators = (level: Level, progress: Progress): void => {
  const generatorOptions = child(level.kustomization.root, 'generatorOptions');
  for (const [field, kind] of [
    ['configMapGenerator', 'ConfigMap'],
    ['secretGenerator', 'Secret'],
  ] as const) {
    for (const entry of itemsAt(level, field)) {
      if (!isMap(entry)) continue;
      const generated = generate({ kind, entry, generatorOptions, load: (path, asked) => loadFile(level.loader, path, asked) });
      for (const problem of generated.problems) progress.problems.push(problem);
      const { resource } = generated;
      if (!resource) continue;
      const maker = { kind: `${kind}Generator`, path: kustomizationPath(level) };
      const root = level.metadata ? withMaker(resource.root, maker, level.metadata) : resource.root;
      note(progress, absorb(progress.accumulation.resources, { ...resource, root }, entry));
    }
  }
  for (const entry of itemsAt(level, 'helmCharts')) {
    progress.leaves.push({ type: 'helm', at: entry, what: 'helmCharts' });
    progress.problems.push({
      ruleId: 'build/unsupported-feature',
      at: entry,
      message: 'must specify --enable-helm: kustomize-controller never does, so it refuses every kustomization with helmCharts.',
      hint: 'Use a HelmRelease.',
    });
    progress.isIncomplete = true;
  }
};
