/**
 * The fields of a kustomization file and of the configurations of built-in plugins, with their types
 * (kustomize `api/types`). Whatever is not here makes kustomize reject the file.
 */
export type Shape = 'string' | 'boolean' | 'integer' | 'any' | ListShape | MapShape | StructShape;

export interface ListShape {
  readonly list: Shape;
}

/** A map whose keys are anyone's. */
export interface MapShape {
  readonly map: Shape;
}

export interface StructShape {
  /** Its name in kustomize, which its messages carry. */
  readonly struct: string;
  readonly fields: Readonly<Record<string, Shape>>;
}

const struct = (name: string, fields: StructShape['fields']): StructShape => ({ struct: name, fields });
const list = (shape: Shape): ListShape => ({ list: shape });
const strings = list('string');
const stringMap: MapShape = { map: 'string' };

const gvk = { group: 'string', version: 'string', kind: 'string' } as const;
const resourceId = { ...gvk, name: 'string', namespace: 'string' } as const;
const selector = struct('Selector', { ...resourceId, annotationSelector: 'string', labelSelector: 'string' });
const objectMeta = struct('ObjectMeta', { name: 'string', namespace: 'string', labels: stringMap, annotations: stringMap });
const fieldSpecs = list(struct('FieldSpec', { ...gvk, path: 'string', create: 'boolean' }));

const patchOptions = struct('PatchArgs', { allowNameChange: 'boolean', allowKindChange: 'boolean' });
const patch = struct('Patch', { path: 'string', patch: 'string', target: selector, options: patchOptions });

const image = struct('Image', { name: 'string', newName: 'string', tagSuffix: 'string', newTag: 'string', digest: 'string' });
const replica = struct('Replica', { name: 'string', count: 'integer' });

const generatorOptions = struct('GeneratorOptions', {
  labels: stringMap,
  annotations: stringMap,
  disableNameSuffixHash: 'boolean',
  immutable: 'boolean',
});
const generatorArgs = {
  namespace: 'string',
  name: 'string',
  behavior: 'string',
  literals: strings,
  files: strings,
  envs: strings,
  env: 'string',
  options: generatorOptions,
} as const;

const fieldOptions = struct('FieldOptions', { delimiter: 'string', index: 'integer', encoding: 'string', create: 'boolean' });
const replacementFields = {
  source: struct('SourceSelector', { ...resourceId, fieldPath: 'string', options: fieldOptions }),
  sourceValue: 'string',
  targets: list(struct('TargetSelector', { select: selector, reject: list(selector), fieldPaths: strings, options: fieldOptions })),
} as const;

const label = struct('Label', {
  pairs: stringMap,
  includeSelectors: 'boolean',
  includeTemplates: 'boolean',
  fields: fieldSpecs,
});

const variable = struct('Var', {
  name: 'string',
  objref: struct('Target', { apiVersion: 'string', ...resourceId }),
  fieldref: struct('FieldSelector', { fieldPath: 'string' }),
});

const helmChart = struct('HelmChart', {
  name: 'string',
  version: 'string',
  repo: 'string',
  releaseName: 'string',
  namespace: 'string',
  additionalValuesFiles: strings,
  valuesFile: 'string',
  valuesInline: { map: 'any' },
  valuesMerge: 'string',
  includeCRDs: 'boolean',
  skipHooks: 'boolean',
  apiVersions: strings,
  kubeVersion: 'string',
  nameTemplate: 'string',
  skipTests: 'boolean',
  debug: 'boolean',
  devel: 'boolean',
});

const oldHelmChart = struct('HelmChartArgs', {
  chartName: 'string',
  chartVersion: 'string',
  chartRepoUrl: 'string',
  chartHome: 'string',
  chartRepoName: 'string',
  helmBin: 'string',
  helmHome: 'string',
  values: 'string',
  valuesLocal: { map: 'any' },
  valuesMerge: 'string',
  releaseName: 'string',
  releaseNamespace: 'string',
  extraArgs: strings,
});

export const replacementShape = struct('Replacement', replacementFields);

export const kustomizationShape = struct('Kustomization', {
  apiVersion: 'string',
  kind: 'string',
  metadata: objectMeta,
  openapi: stringMap,
  namePrefix: 'string',
  nameSuffix: 'string',
  namespace: 'string',
  commonLabels: stringMap,
  labels: list(label),
  commonAnnotations: stringMap,
  patchesStrategicMerge: strings,
  patchesJson6902: list(patch),
  patches: list(patch),
  images: list(image),
  imageTags: list(image),
  replacements: list(struct('ReplacementField', { ...replacementFields, path: 'string' })),
  replicas: list(replica),
  vars: list(variable),
  sortOptions: struct('SortOptions', {
    order: 'string',
    legacySortOptions: struct('LegacySortOptions', { orderFirst: strings, orderLast: strings }),
  }),
  resources: strings,
  components: strings,
  crds: strings,
  bases: strings,
  configMapGenerator: list(struct('ConfigMapArgs', generatorArgs)),
  secretGenerator: list(struct('SecretArgs', { ...generatorArgs, type: 'string' })),
  helmGlobals: struct('HelmGlobals', { chartHome: 'string', configHome: 'string' }),
  helmCharts: list(helmChart),
  helmChartInflationGenerator: list(oldHelmChart),
  generatorOptions,
  configurations: strings,
  generators: strings,
  transformers: strings,
  validators: strings,
  buildMetadata: strings,
});

const nameReferences = list(struct('NameBackReferences', { ...gvk, fieldSpecs }));

/** A file under `configurations`. */
export const transformerConfigShape = struct('TransformerConfig', {
  namePrefix: fieldSpecs,
  nameSuffix: fieldSpecs,
  namespace: fieldSpecs,
  commonLabels: fieldSpecs,
  labels: fieldSpecs,
  templateLabels: fieldSpecs,
  commonAnnotations: fieldSpecs,
  nameReference: nameReferences,
  varReference: fieldSpecs,
  images: fieldSpecs,
  replicas: fieldSpecs,
});

/** The configuration of a built-in plugin, by its kind. */
export const pluginShapes: ReadonlyMap<string, StructShape> = new Map(
  Object.entries({
    AnnotationsTransformer: struct('AnnotationsTransformer', { annotations: stringMap, fieldSpecs }),
    ConfigMapGenerator: struct('ConfigMapGenerator', { metadata: objectMeta, ...generatorArgs }),
    HashTransformer: struct('HashTransformer', {}),
    IAMPolicyGenerator: struct('IAMPolicyGenerator', {
      cloud: 'string',
      kubernetesService: struct('KubernetesService', { namespace: 'string', name: 'string' }),
      serviceAccount: struct('ServiceAccount', { name: 'string', projectId: 'string' }),
    }),
    ImageTagTransformer: struct('ImageTagTransformer', { imageTag: image, fieldSpecs }),
    LabelTransformer: struct('LabelTransformer', { labels: stringMap, fieldSpecs }),
    NamespaceTransformer: struct('NamespaceTransformer', {
      metadata: objectMeta,
      fieldSpecs,
      unsetOnly: 'boolean',
      setRoleBindingSubjects: 'string',
    }),
    PatchJson6902Transformer: struct('PatchJson6902Transformer', { target: selector, path: 'string', jsonOp: 'string' }),
    PatchStrategicMergeTransformer: struct('PatchStrategicMergeTransformer', { paths: strings, patches: 'string' }),
    PatchTransformer: patch,
    PrefixTransformer: struct('PrefixTransformer', { prefix: 'string', fieldSpecs }),
    PrefixSuffixTransformer: struct('PrefixSuffixTransformer', { prefix: 'string', suffix: 'string', fieldSpecs }),
    SuffixTransformer: struct('SuffixTransformer', { suffix: 'string', fieldSpecs }),
    ReplacementTransformer: struct('ReplacementTransformer', {
      replacements: list(struct('ReplacementField', { ...replacementFields, path: 'string' })),
    }),
    ReplicaCountTransformer: struct('ReplicaCountTransformer', { replica, fieldSpecs }),
    SecretGenerator: struct('SecretGenerator', { metadata: objectMeta, ...generatorArgs, type: 'string' }),
    ValueAddTransformer: struct('ValueAddTransformer', {
      value: 'string',
      targets: list(struct('Target', { selector, notSelector: selector, fieldPath: 'string', filePathPosition: 'integer' })),
      targetFilePath: 'string',
    }),
  }),
);
