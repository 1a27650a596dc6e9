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
import { itemsAt, type Level, scalarAt, scalarsAt } from './level.ts';
import { patch, patchJson6902, patchStrategicMerge } from './level-patches.ts';
import { replacementEntries } from './replacement-entries.ts';
import { fieldSpecsAt, type TransformerConfig } from './transformer-config.ts';

export const transform = (level: Level, progress: Progress): void => {
  patchStrategicMerge(level, scalarsAt(level, 'patchesStrategicMerge'), progress);
  patch(level, itemsAt(level, 'patches'), progress);
  const { config } = progress.accumulation;

  const namespace = scalarAt(level, 'namespace');
  if (namespace) note(progress, setNamespace(progress.accumulation.resources, namespace, { specs: config.namespace }));
  for (const field of ['namePrefix', 'nameSuffix'] as const) {
    const affix = scalarAt(level, field);
    if (affix) note(progress, addNameAffix(progress.accumulation.resources, affix, { field, specs: config[field] }));
  }
  label(level, config, progress);
  setPairsOf(level, 'commonAnnotations', config.commonAnnotations, progress);

  patchJson6902(level, { entries: itemsAt(level, 'patchesJson6902'), textField: 'patch' }, progress);
  for (const entry of itemsAt(level, 'replicas')) note(progress, setReplicas(progress.accumulation.resources, entry, config.replicas));
  for (const entry of itemsAt(level, 'images')) note(progress, setImages(progress.accumulation.resources, entry, config.images));
  note(progress, applyReplacements(progress.accumulation.resources, replacementEntries(level, progress)));
};

const label = (level: Level, config: TransformerConfig, progress: Progress): void => {
  for (const entry of itemsAt(level, 'labels')) {
    const pairs = child(entry, 'pairs');
    const specs = labelFieldSpecs(entry, config);
    if ('type' in specs) {
      progress.problems.push(failedTransformation(entry, `failed to merge labels: ${specs.message}`));
    } else if (isMap(pairs)) {
      note(progress, setPairs(progress.accumulation.resources, pairs, { field: 'labels', specs }));
    }
  }
  setPairsOf(level, 'commonLabels', config.commonLabels, progress);
};

const setPairsOf = ({ kustomization }: Level, field: string, specs: readonly FieldSpec[], progress: Progress): void => {
  const pairs = child(kustomization.root, field);
  if (isMap(pairs)) note(progress, setPairs(progress.accumulation.resources, pairs, { field, specs }));
};

const ownLabels: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/labels', create: true };

const labelFieldSpecs = (entry: Node, config: TransformerConfig): readonly FieldSpec[] | Failure => {
  const own = mergeFieldSpecs(fieldSpecsAt(entry, 'fields'), config.labels);
  if ('type' in own) return own;
  if (isTrue(child(entry, 'includeSelectors'))) return mergeFieldSpecs(own, config.commonLabels);
  const withTemplates = isTrue(child(entry, 'includeTemplates')) ? mergeFieldSpecs(own, config.templateLabels) : own;
  return 'type' in withTemplates ? withTemplates : mergeFieldSpecs(withTemplates, [ownLabels]);
};
