import type { KindSchemas } from '../schema.ts';
import { anything, boolean, integer, list, object, oneOf, string, stringMap } from './parts.ts';

/** kustomization.yaml as kustomize 5.8.1 decodes it (api/types/kustomization.go): no field is required, none unknown allowed. */

const id = { group: string, version: string, kind: string, name: string, namespace: string };
const selector = object({}, { ...id, labelSelector: string, annotationSelector: string });
const patchOptions = object({}, { allowNameChange: boolean, allowKindChange: boolean });
const patch = object({}, { path: string, patch: string, target: selector, options: patchOptions });
const fieldSpec = object({}, { group: string, version: string, kind: string, path: string, create: boolean });
const image = object({}, { name: string, newName: string, newTag: string, tagSuffix: string, digest: string });

const fieldOptions = object({}, { delimiter: string, index: integer, encoding: string, create: boolean });
const replacement = object(
  {},
  {
    path: string,
    source: object({}, { ...id, fieldPath: string, options: fieldOptions }),
    sourceValue: string,
    targets: list(object({}, { select: selector, reject: list(selector), fieldPaths: list(string), options: fieldOptions })),
  },
);

const generatorOptions = object({}, { labels: stringMap, annotations: stringMap, disableNameSuffixHash: boolean, immutable: boolean });
const generator = {
  name: string,
  namespace: string,
  behavior: oneOf(['create', 'replace', 'merge']),
  literals: list(string),
  files: list(string),
  envs: list(string),
  env: string,
  options: generatorOptions,
};

const helmChart = object(
  {},
  {
    name: string,
    version: string,
    repo: string,
    releaseName: string,
    namespace: string,
    additionalValuesFiles: list(string),
    valuesFile: string,
    valuesInline: anything,
    valuesMerge: string,
    includeCRDs: boolean,
    skipHooks: boolean,
    apiVersions: list(string),
    kubeVersion: string,
    nameTemplate: string,
    skipTests: boolean,
    debug: boolean,
    devel: boolean,
  },
);
const oldHelmChart = object(
  {},
  {
    chartName: string,
    chartVersion: string,
    chartRepoUrl: string,
    chartHome: string,
    chartRepoName: string,
    helmBin: string,
    helmHome: string,
    values: string,
    valuesLocal: anything,
    valuesMerge: string,
    releaseName: string,
    releaseNamespace: string,
    extraArgs: list(string),
  },
);

const fields = {
  apiVersion: string,
  kind: string,
  metadata: object({}, { name: string, namespace: string, labels: stringMap, annotations: stringMap }),
  openapi: stringMap,
  namePrefix: string,
  nameSuffix: string,
  namespace: string,
  commonLabels: stringMap,
  labels: list(object({}, { pairs: stringMap, includeSelectors: boolean, includeTemplates: boolean, fields: list(fieldSpec) })),
  commonAnnotations: stringMap,
  patchesStrategicMerge: list(string),
  patchesJson6902: list(patch),
  patches: list(patch),
  images: list(image),
  imageTags: list(image),
  replacements: list(replacement),
  replicas: list(object({}, { name: string, count: integer })),
  vars: list(
    object(
      {},
      {
        name: string,
        objref: object({}, { apiVersion: string, group: string, version: string, kind: string, name: string, namespace: string }),
        fieldref: object({}, { fieldPath: string }),
      },
    ),
  ),
  sortOptions: object(
    {},
    { order: oneOf(['legacy', 'fifo']), legacySortOptions: object({}, { orderFirst: list(string), orderLast: list(string) }) },
  ),
  resources: list(string),
  components: list(string),
  crds: list(string),
  bases: list(string),
  configMapGenerator: list(object({}, generator)),
  secretGenerator: list(object({}, { ...generator, type: string })),
  helmGlobals: object({}, { chartHome: string, configHome: string }),
  helmCharts: list(helmChart),
  helmChartInflationGenerator: list(oldHelmChart),
  generatorOptions,
  configurations: list(string),
  generators: list(string),
  transformers: list(string),
  validators: list(string),
  buildMetadata: list(oneOf(['originAnnotations', 'transformerAnnotations', 'managedByLabel'])),
};

const file = object({}, fields);

export const kustomizationFile: KindSchemas = {
  group: 'kustomize.config.k8s.io',
  kind: 'Kustomization',
  describes: 'file',
  versions: { v1beta1: file },
};

export const componentFile: KindSchemas = {
  group: 'kustomize.config.k8s.io',
  kind: 'Component',
  describes: 'file',
  versions: { v1alpha1: file },
};
