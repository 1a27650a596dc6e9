/** The plugin forms of what kustomization fields do: the same functions with field specs of their own. */

import { baseName } from '../../files/files.ts';
import type { StepProblem } from '../../model/problem.ts';
import { mapNode, scalarNode } from '../../yaml/edit.ts';
import { child, isMap, isScalar, isTrue, itemsOf, type MapNode, type Node, type ScalarNode, textAt, toValue } from '../../yaml/node.ts';
import type { FieldSpec } from '../field/field-spec.ts';
import { decode } from '../file/decode.ts';
import { pluginShapes } from '../file/kustomization-fields.ts';
import { loadFile } from '../file/loader.ts';
import { generate } from '../generate/config-map-generator.ts';
import { absorb } from '../generate/generator-behavior.ts';
import { addHashSuffixes } from '../generate/hash.ts';
import type { Resource } from '../resource/resource.ts';
import { carried, carriedChanges } from '../resource/steps.ts';
import { failedTransformation, type Transformed, transformerOrigin } from '../resource/transformation.ts';
import { type Configured, withMaker } from '../transform/build-metadata.ts';
import { setImages } from '../transform/images.ts';
import { setPairs } from '../transform/labels.ts';
import { addNameAffix } from '../transform/name-affixes.ts';
import { setNamespace } from '../transform/namespace.ts';
import { applyReplacements } from '../transform/replacements.ts';
import { setReplicas } from '../transform/replicas.ts';
import { addValue } from '../transform/value-add.ts';
import { note, type Progress } from './directory.ts';
import type { Level } from './level.ts';
import { patch, patchJson6902, patchStrategicMerge } from './level-patches.ts';
import { noteTransformation } from './note-transformation.ts';
import { type PluginConfig, pluginConfigs } from './plugin-configs.ts';
import { replacementEntries } from './replacement-entries.ts';
import { fieldSpecsAt } from './transformer-config.ts';

export const runGeneratorPlugins = (level: Level, progress: Progress): void => {
  for (const config of pluginConfigs(level, 'generators', progress)) {
    const { resource, problems } = generated(level, config);
    for (const problem of problems) progress.problems.push(problem);
    if (!resource) continue;
    const isInline = config.root.span.path === config.step.at.path;
    const root = isInline ? resource.root : carried(resource.root, [config.step]);
    const told = level.metadata ? withMaker(root, configured(config), level.metadata) : root;
    note(progress, absorb(progress.accumulation.resources, { ...resource, root: told }, config.root));
  }
};

export const runTransformerPlugins = (level: Level, progress: Progress): void => {
  for (const config of pluginConfigs(level, 'transformers', progress)) {
    const before = progress.accumulation.resources;
    runTransformer(level, config, progress);
    progress.accumulation = { ...progress.accumulation, resources: carriedBy(config, before, progress.accumulation.resources) };
    noteTransformation(level, progress, configured(config));
  }
};

const configured = ({ kind, name, namespace, root }: PluginConfig): Configured => ({ kind, name, namespace, path: root.span.path });

/** A validator may look but not change; only the transformers that are part of kustomize can be one here. */
export const runValidatorPlugins = (level: Level, progress: Progress): void => {
  for (const config of pluginConfigs(level, 'validators', progress)) {
    const { resources } = progress.accumulation;
    runTransformer(level, config, progress);
    const changed = progress.accumulation.resources;
    progress.accumulation = { ...progress.accumulation, resources };
    if (contentOf(changed) === contentOf(resources)) continue;
    progress.problems.push(
      failedTransformation(config.root, `validator shouldn't modify the resource map: ${config.kind} ${config.name} does.`),
    );
  }
};

const contentOf = (resources: readonly Resource[]): string =>
  JSON.stringify(
    resources.map(({ root }) => toValue(root)),
    (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );

interface GeneratedObject {
  readonly resource: Resource | undefined;
  readonly problems: readonly StepProblem[];
}

const generated = (level: Level, { kind, root }: PluginConfig): GeneratedObject => {
  if (kind === 'IAMPolicyGenerator') return serviceAccount(root);
  return generate({
    kind: kind === 'SecretGenerator' ? 'Secret' : 'ConfigMap',
    entry: root,
    generatorOptions: undefined,
    load: (path, asked) => loadFile(level.loader, path, asked),
  });
};

/** kustomize: `api/filters/iampolicygenerator`. */
const serviceAccount = (root: MapNode): GeneratedObject => {
  const text = (...keys: readonly string[]) => textAt(root, ...keys) ?? '';
  if (text('cloud') !== 'gke') {
    return { resource: undefined, problems: [failedTransformation(root, `cloud provider ${text('cloud')} not supported yet`)] };
  }
  const origin = transformerOrigin(root, 'generators');
  const entry = (key: string, value: Node | string) => ({
    key: scalarNode(key, origin),
    value: typeof value === 'string' ? scalarNode(value, origin) : value,
  });
  const account = `${text('serviceAccount', 'name')}@${text('serviceAccount', 'projectId')}.iam.gserviceaccount.com`;
  const namespace = text('kubernetesService', 'namespace');
  const metadata = mapNode(
    [
      entry('annotations', mapNode([entry('iam.gke.io/gcp-service-account', account)], origin)),
      entry('name', text('kubernetesService', 'name')),
      ...(namespace === '' ? [] : [entry('namespace', namespace)]),
    ],
    origin,
  );
  const object = mapNode([entry('apiVersion', 'v1'), entry('kind', 'ServiceAccount'), entry('metadata', metadata)], origin);
  return { resource: { root: object, previous: [], prefixes: [], suffixes: [], via: [], needsHash: false }, problems: [] };
};

const runTransformer = (level: Level, config: PluginConfig, progress: Progress): void => {
  const { kind, root } = config;
  switch (kind) {
    case 'PatchTransformer':
      patch(level, [root], progress);
      break;
    case 'PatchJson6902Transformer':
      patchJson6902(level, { entries: [root], textField: 'jsonOp' }, progress);
      break;
    case 'PatchStrategicMergeTransformer':
      mergePatches(level, root, progress);
      break;
    case 'ReplacementTransformer': {
      const entries = replacementEntries(level, itemsOf(child(root, 'replacements')), progress);
      note(progress, applyReplacements(progress.accumulation.resources, entries));
      break;
    }
    case 'ValueAddTransformer':
      addValues(level, root, progress);
      break;
    default:
      note(progress, transformed(config, progress.accumulation.resources));
  }
};

const mergePatches = (level: Level, root: MapNode, progress: Progress): void => {
  const patches = filled(root, 'patches');
  const entries = [...itemsOf(child(root, 'paths')).filter(isScalar), ...(patches ? [patches] : [])];
  if (entries.length > 0) patchStrategicMerge(level, entries, progress);
  else {
    const message = 'empty file path and empty patch content: kustomize rejects the build.';
    progress.problems.push({ ruleId: 'build/invalid-patch', at: root, message });
  }
};

/** The value is by default the name of the directory. */
const addValues = (level: Level, root: MapNode, progress: Progress): void => {
  const value = filled(root, 'value');
  const text = value ? value.text.trim() : baseName(level.loader.directory);
  const targets = [...itemsOf(child(root, 'targets')), ...sharedTargets(level, root, progress)];
  if (targets.length === 0) progress.problems.push(failedTransformation(root, 'must specify at least one target'));
  note(progress, addValue(progress.accumulation.resources, { ...scalarNode(text, value ?? root), text }, targets));
};

/** Those of the file that `targetFilePath` names. */
const sharedTargets = (level: Level, root: MapNode, progress: Progress): readonly Node[] => {
  const path = filled(root, 'targetFilePath');
  const file = path && loadFile(level.loader, path.text, path);
  if (!file) return [];
  if ('ruleId' in file) {
    progress.problems.push(file);
    return [];
  }
  const { documents, problems } = level.parse(file);
  for (const problem of problems) progress.problems.push(problem);
  const content = documents[0]?.root;
  const shape = pluginShapes.get('ValueAddTransformer');
  if (!isMap(content) || !shape) return [];
  const decoded = decode(content, shape, { isLoose: true, allowUnknown: true });
  for (const { at, message } of decoded.problems) progress.problems.push(failedTransformation(at, message));
  return itemsOf(child(decoded.root, 'targets'));
};

const transformed = ({ kind, root }: PluginConfig, resources: readonly Resource[]): Transformed => {
  const specs = fieldSpecsAt(root, 'fieldSpecs');
  switch (kind) {
    case 'AnnotationsTransformer':
      return pairs(resources, root, { field: 'annotations', specs });
    case 'LabelTransformer':
      return pairs(resources, root, { field: 'labels', specs });
    case 'ImageTagTransformer':
      return setImages(resources, child(root, 'imageTag') ?? root, specs);
    case 'ReplicaCountTransformer':
      return setReplicas(resources, child(root, 'replica') ?? root, specs);
    case 'HashTransformer':
      return { resources: addHashSuffixes(resources), problems: [] };
    case 'NamespaceTransformer':
      return namespaced(resources, root, specs);
    case 'PrefixTransformer':
    case 'SuffixTransformer':
    case 'PrefixSuffixTransformer':
      return affixed(resources, root, specs);
    default: {
      const message = `${kind} is not supported by flux-lint: what it changes is not seen.`;
      return { resources, problems: [failedTransformation(root, message)] };
    }
  }
};

const namespaced = (resources: readonly Resource[], root: MapNode, specs: readonly FieldSpec[]): Transformed => {
  const namespace = filled(root, 'metadata', 'namespace');
  const unsetOnly = child(root, 'unsetOnly');
  const isUnsetOnly = isTrue(unsetOnly);
  if (!namespace) return { resources, problems: [] };
  return setNamespace(resources, namespace, { specs, subjects: filled(root, 'setRoleBindingSubjects')?.text, isUnsetOnly });
};

const affixed = (resources: readonly Resource[], root: MapNode, specs: readonly FieldSpec[]): Transformed => {
  const prefix = filled(root, 'prefix');
  const suffix = filled(root, 'suffix');
  const prefixed = prefix ? addNameAffix(resources, prefix, { field: 'namePrefix', specs }) : { resources, problems: [] };
  if (!suffix) return prefixed;
  const both = addNameAffix(prefixed.resources, suffix, { field: 'nameSuffix', specs });
  return { resources: both.resources, problems: [...prefixed.problems, ...both.problems] };
};

const pairs = (resources: readonly Resource[], root: MapNode, how: Parameters<typeof setPairs>[2]): Transformed => {
  const map = child(root, how.field);
  return isMap(map) ? setPairs(resources, map, how) : { resources, problems: [] };
};

const filled = (root: MapNode, ...keys: readonly string[]): ScalarNode | undefined => {
  const node = child(root, ...keys);
  return isScalar(node) && node.text.trim() !== '' ? node : undefined;
};

/** What a plugin wrote was asked for by the kustomization that names it. */
const carriedBy = ({ root, step }: PluginConfig, before: readonly Resource[], after: readonly Resource[]): readonly Resource[] => {
  if (before === after || before.length !== after.length || root.span.path === step.at.path) return after;
  return after.map((resource, index) => {
    const old = before[index];
    if (resource === old || !old) return resource;
    return { ...resource, root: carriedChanges(old.root, resource.root, root.span.path, step) };
  });
};
