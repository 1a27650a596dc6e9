import type { KindSchemas } from '../schema.ts';
import {
  anything,
  boolean,
  commonMetadata,
  defaulted,
  duration,
  healthCheckExpression,
  ignoreRule,
  image,
  jsonPatch,
  kubeConfig,
  kubeConfigSecret,
  list,
  localReference,
  namedReference,
  object,
  oneOf,
  optionalReference,
  patch,
  since,
  string,
  stringMap,
  text,
} from './parts.ts';

const source = { name: string };
const sourceOptions = { apiVersion: string, namespace: string };

const shared = {
  force: defaulted(false, boolean),
  healthChecks: list(namedReference),
  images: list(image),
  patches: list(patch),
  path: string,
  serviceAccountName: string,
  suspend: boolean,
  targetNamespace: text(1, 63),
};
const substituteSource = { kind: oneOf(['Secret', 'ConfigMap']), name: text(1, 253) };

const v1 = object(
  {
    interval: duration,
    prune: boolean,
    sourceRef: object({ kind: oneOf(['OCIRepository', 'GitRepository', 'Bucket'], { ExternalArtifact: '2.7' }), ...source }, sourceOptions),
  },
  {
    ...shared,
    buildMetadata: since('2.9', list(oneOf(['originAnnotations', 'transformerAnnotations']))),
    commonMetadata,
    components: list(string),
    decryption: object({ provider: oneOf(['sops']) }, { secretRef: localReference, serviceAccountName: since('2.6', string) }),
    deletionPolicy: since('2.5', oneOf(['MirrorPrune', 'Delete', 'Orphan'], { WaitForTermination: '2.6' })),
    dependsOn: list(object({ name: string }, { namespace: string, readyExpr: since('2.7', string) })),
    healthCheckExprs: since('2.5', list(healthCheckExpression)),
    ignore: since('2.9', list(ignoreRule)),
    ignoreMissingComponents: since('2.7', boolean),
    kubeConfig,
    namePrefix: since('2.3', text(1, 200)),
    nameSuffix: since('2.3', text(1, 200)),
    postBuild: object(
      {},
      {
        substitute: stringMap,
        substituteFrom: list(object(substituteSource, { optional: defaulted(false, boolean) })),
        substituteStrategy: since('2.9', oneOf(['WithVariables', 'Always'])),
      },
    ),
    retryInterval: duration,
    timeout: duration,
    wait: boolean,
  },
);

const beta = {
  ...shared,
  decryption: object({ provider: oneOf(['sops']) }, { secretRef: localReference }),
  dependsOn: list(optionalReference),
  patchesJson6902: list(jsonPatch),
  patchesStrategicMerge: list(anything),
  validation: oneOf(['none', 'client', 'server']),
};

const v1beta2 = object(
  {
    interval: duration,
    prune: boolean,
    sourceRef: object({ kind: oneOf(['OCIRepository', 'GitRepository', 'Bucket']), ...source }, sourceOptions),
  },
  {
    ...beta,
    commonMetadata,
    components: list(string),
    kubeConfig: kubeConfigSecret,
    postBuild: object(
      {},
      { substitute: stringMap, substituteFrom: list(object(substituteSource, { optional: defaulted(false, boolean) })) },
    ),
    retryInterval: duration,
    timeout: duration,
    wait: boolean,
  },
);

const v1beta1 = object(
  {
    interval: string,
    prune: boolean,
    sourceRef: object({ kind: oneOf(['GitRepository', 'Bucket']), ...source }, sourceOptions),
  },
  {
    ...beta,
    kubeConfig: object({ secretRef: localReference }),
    postBuild: object({}, { substitute: stringMap, substituteFrom: list(object(substituteSource)) }),
    retryInterval: string,
    timeout: string,
  },
);

/** Flux's Kustomization, not kustomize's file of that name. */
export const kustomization: KindSchemas = {
  group: 'kustomize.toolkit.fluxcd.io',
  kind: 'Kustomization',
  describes: 'spec',
  versions: { v1, v1beta2, v1beta1 },
};
