/** Which fields the transformations of a kustomization write: kustomize's own tables and what `configurations` add. */

import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, isList, isTrue, type MapNode, type Node, textAt } from '../../yaml/node.ts';
import { type FieldSpec, type Gvk, mergeFieldSpecs } from '../field/field-spec.ts';
import { annotationFieldSpecs, commonLabelFieldSpecs, templateLabelFieldSpecs } from '../field/label-field-specs.ts';
import { builtinNameReferences, mergeNameReferences, type NameReference } from '../field/name-reference-specs.ts';
import { varReferenceFieldSpecs } from '../field/var-reference-specs.ts';
import type { Failure } from '../resource/failure.ts';
import { imageFieldSpecs } from '../transform/images.ts';
import { nameFieldSpecs } from '../transform/name-affixes.ts';
import { namespaceFieldSpecs } from '../transform/namespace.ts';
import { replicaFieldSpecs } from '../transform/replicas.ts';
import { byGvk } from '../transform/sort.ts';

export interface TransformerConfig {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
}

/** Always the same value where nothing is added, so that what is remembered for it holds for all builds. */
export const defaultConfig: TransformerConfig = {
  namePrefix: nameFieldSpecs,
  nameSuffix: nameFieldSpecs,
  namespace: namespaceFieldSpecs,
  commonLabels: commonLabelFieldSpecs,
  labels: [],
  templateLabels: templateLabelFieldSpecs,
  commonAnnotations: annotationFieldSpecs,
  nameReference: builtinNameReferences,
  varReference: varReferenceFieldSpecs,
  images: imageFieldSpecs,
  replicas: replicaFieldSpecs,
};

export const emptyConfig: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  commonAnnotations: [],
  nameReference: [],
  varReference: [],
  images: [],
  replicas: [],
};

const remembered = new WeakMap<TransformerConfig, WeakMap<TransformerConfig, TransformerConfig | Failure>>();

/**
 * `config` and what `added` has besides (kustomize: `TransformerConfig.Merge`). The same two always give the same value.
 *
 * @returns a failure where the two say otherwise about creating the same field
 */
export const mergeConfigs = (config: TransformerConfig, added: TransformerConfig): TransformerConfig | Failure => {
  // Every config but the empty one covers the defaults.
  if (config === added || added === emptyConfig || (added === defaultConfig && config !== emptyConfig)) return config;
  if (config === emptyConfig && added === defaultConfig) return added;
  const known = remembered.get(config)?.get(added);
  if (known) return known;
  const merged = merge(config, added);
  const byAdded = remembered.get(config) ?? new WeakMap();
  remembered.set(config, byAdded.set(added, merged));
  return merged;
};

/** Sorted after each merge: a spec for one kind then comes before one for all, and covers it when they are merged again. */
const merge = (config: TransformerConfig, added: TransformerConfig): TransformerConfig | Failure => {
  const merged: Partial<Record<(typeof fieldSpecFields)[number], readonly FieldSpec[]>> = {};
  for (const field of fieldSpecFields) {
    const specs = mergeFieldSpecs(config[field], added[field]);
    if ('type' in specs) return specs;
    merged[field] = specs.toSorted(byGvk);
  }
  const nameReference = mergeNameReferences(config.nameReference, added.nameReference);
  if ('type' in nameReference) return nameReference;
  return { ...emptyConfig, ...merged, nameReference: nameReference.toSorted(byGvk) };
};

/** The config of a decoded `configurations` file. */
export const configOf = (root: MapNode): TransformerConfig => ({
  namePrefix: fieldSpecsAt(root, 'namePrefix'),
  nameSuffix: fieldSpecsAt(root, 'nameSuffix'),
  namespace: fieldSpecsAt(root, 'namespace'),
  commonLabels: fieldSpecsAt(root, 'commonLabels'),
  labels: fieldSpecsAt(root, 'labels'),
  templateLabels: fieldSpecsAt(root, 'templateLabels'),
  commonAnnotations: fieldSpecsAt(root, 'commonAnnotations'),
  nameReference: mapsAt(root, 'nameReference').map((reference) => ({
    ...gvkOf(reference),
    referrers: fieldSpecsAt(reference, 'fieldSpecs'),
  })),
  varReference: fieldSpecsAt(root, 'varReference'),
  images: fieldSpecsAt(root, 'images'),
  replicas: fieldSpecsAt(root, 'replicas'),
});

/** A list of field specs in decoded YAML. */
export const fieldSpecsAt = (node: Node | undefined, key: string): readonly FieldSpec[] =>
  mapsAt(node, key).map((spec) => ({ ...gvkOf(spec), path: textAt(spec, 'path') ?? '', create: isTrue(child(spec, 'create')) }));

export const conflictingConfigs = (at: Origin, { message }: Failure): StepProblem => ({
  ruleId: 'build/failed-transformation',
  at: { span: at.span, via: at.via },
  message: `${message}: two configurations say otherwise about the same field, and kustomize rejects the build.`,
});

const fieldSpecFields = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const;

const mapsAt = (node: Node | undefined, key: string): readonly Node[] => {
  const list = child(node, key);
  return isList(list) ? list.items : [];
};

const gvkOf = (node: Node): Gvk => ({
  group: textAt(node, 'group') ?? '',
  version: textAt(node, 'version') ?? '',
  kind: textAt(node, 'kind') ?? '',
});
