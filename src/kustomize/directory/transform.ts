/** The transformations that a kustomization asks for by its fields, in the order in which kustomize runs them. */
import { child, isMap, isTrue, type Node } from '../../yaml/node.ts';
import { type FieldSpec, mergeFieldSpecs } from '../field/field-spec.ts';
import type { Failure } from '../resource/failure.ts';
import { failedTransformation } from '../resource/transformation.ts';
import { setImages } from '../transform/images.ts';
import { setPairs } from '../transform/labels.ts';
import { addNameAffix } from '../transform/name-affixes.ts';
import { setNamespace } from '../transform/namespace.ts';
import { applyReplacements } from '../transform/replacements.ts';
import { setReplicas } from '../transform/replicas.ts';
import { note, type Progress } from './directory.ts';
import { itemsAt, kustomizationPath, type Level, scalarAt, scalarsAt } from './level.ts';
import { patch, patchJson6902, patchStrategicMerge } from './level-patches.ts';
import { noteTransformation } from './note-transformation.ts';
import { replacementEntries } from './replacement-entries.ts';
import { fieldSpecsAt, type TransformerConfig } from './transformer-config.ts';

export const transform = (level: Level, progress: Progress): void => {
  const done = (kind: string) => noteTransformation(level, progress, { kind, path: kustomizationPath(level) });
  const resourcesOf = () => progress.accumulation.resources;

  const merges = scalarsAt(level, 'patchesStrategicMerge');
  patchStrategicMerge(level, merges, progress);
  if (merges.length > 0) done('PatchStrategicMergeTransformer');
  for (const entry of itemsAt(level, 'patches')) {
    patch(level, [entry], progress);
    done('PatchTransformer');
  }
  const { config } = progress.accumulation;

  const namespace = scalarAt(level, 'namespace');
  if (namespace) {
    note(progress, setNamespace(resourcesOf(), namespace, { specs: config.namespace }));
    done('NamespaceTransformer');
  }
  for (const [field, kind] of affixes) {
    const affix = scalarAt(level, field);
    if (!affix) continue;
    note(progress, addNameAffix(resourcesOf(), affix, { field, specs: config[field] }));
    done(kind);
  }
  label(level, progress, () => done('LabelTransformer'));
  if (setPairsOf(level, 'commonAnnotations', config.commonAnnotations, progress)) done('AnnotationsTransformer');

  for (const entry of itemsAt(level, 'patchesJson6902')) {
    patchJson6902(level, { entries: [entry], textField: 'patch' }, progress);
    done('PatchJson6902Transformer');
  }
  for (const entry of itemsAt(level, 'replicas')) {
    note(progress, setReplicas(resourcesOf(), entry, config.replicas));
    done('ReplicaCountTransformer');
  }
  for (const entry of itemsAt(level, 'images')) {
    note(progress, setImages(resourcesOf(), entry, config.images));
    done('ImageTagTransformer');
  }
  const replacements = itemsAt(level, 'replacements');
  note(progress, applyReplacements(resourcesOf(), replacementEntries(level, replacements, progress)));
  if (replacements.length > 0) done('ReplacementTransformer');
};

const affixes = [
  ['namePrefix', 'PrefixTransformer'],
  ['nameSuffix', 'SuffixTransformer'],
] as const;

/** With `labels` kustomize has a transformer for `commonLabels`, too, whether there are any or not. */
const label = (level: Level, progress: Progress, done: () => void): void => {
  const { config } = progress.accumulation;
  const entries = itemsAt(level, 'labels');
  for (const entry of entries) {
    const pairs = child(entry, 'pairs');
    const specs = labelFieldSpecs(entry, config);
    if ('type' in specs) {
      progress.problems.push(failedTransformation(entry, `failed to merge labels: ${specs.message}`));
    } else if (isMap(pairs)) {
      note(progress, setPairs(progress.accumulation.resources, pairs, { field: 'labels', specs }));
    }
    done();
  }
  const hasCommon = setPairsOf(level, 'commonLabels', config.commonLabels, progress);
  if (hasCommon || entries.length > 0) done();
};

/** @returns whether there are any */
const setPairsOf = ({ kustomization }: Level, field: string, specs: readonly FieldSpec[], progress: Progress): boolean => {
  const pairs = child(kustomization.root, field);
  if (!isMap(pairs) || pairs.entries.length === 0) return false;
  note(progress, setPairs(progress.accumulation.resources, pairs, { field, specs }));
  return true;
};

const ownLabels: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/labels', create: true };

const labelFieldSpecs = (entry: Node, config: TransformerConfig): readonly FieldSpec[] | Failure => {
  const own = mergeFieldSpecs(fieldSpecsAt(entry, 'fields'), config.labels);
  if ('type' in own) return own;
  if (isTrue(child(entry, 'includeSelectors'))) return mergeFieldSpecs(own, config.commonLabels);
  const withTemplates = isTrue(child(entry, 'includeTemplates')) ? mergeFieldSpecs(own, config.templateLabels) : own;
  return 'type' in withTemplates ? withTemplates : mergeFieldSpecs(withTemplates, [ownLabels]);
};
