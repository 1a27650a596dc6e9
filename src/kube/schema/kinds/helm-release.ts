import type { KindSchemas, Schema } from '../schema.ts';
import {
  anything,
  boolean,
  commonMetadata,
  defaulted,
  duration,
  type Fields,
  healthCheckExpression,
  ignoreRule,
  image,
  integer,
  jsonPatch,
  kubeConfig,
  kubeConfigSecret,
  list,
  localReference,
  matching,
  object,
  oneOf,
  optionalReference,
  patch,
  reconcileStrategy,
  since,
  string,
  text,
  verifier,
} from './parts.ts';

const namespace = text(1, 63);
const source = { apiVersion: string, namespace };

const chartTemplate = (chart: Schema, optional: Fields) =>
  object(
    {
      spec: object(
        { chart, sourceRef: object({ kind: oneOf(['HelmRepository', 'GitRepository', 'Bucket']), name: text(1, 253) }, source) },
        { interval: duration, reconcileStrategy, valuesFiles: list(string), version: defaulted('*', string), ...optional },
      ),
    },
    { metadata: commonMetadata },
  );
const laterChart = {
  ignoreMissingValuesFiles: since('2.3', boolean),
  verify: object({ provider: verifier }, { secretRef: localReference }),
};
const oldestVerify = object({ provider: defaulted('cosign', oneOf(['cosign'])) }, { secretRef: localReference });

const crds = oneOf(['Skip', 'Create', 'CreateReplace']);
const serverSideApply = since('2.8', oneOf(['enabled', 'disabled', 'auto']));
const remediation = { ignoreTestFailures: boolean, remediateLastFailure: boolean, retries: integer };
const retryStrategy = since('2.7', object({ name: oneOf(['RemediateOnFailure', 'RetryOnFailure']) }, { retryInterval: duration }));

const waiting = { disableHooks: boolean, disableWait: boolean, timeout: duration };
const action = { ...waiting, disableWaitForJobs: boolean };
const install = {
  ...action,
  createNamespace: boolean,
  crds,
  disableOpenAPIValidation: boolean,
  remediation: object({}, remediation),
  replace: boolean,
  skipCRDs: boolean,
};
const upgrade = {
  ...action,
  cleanupOnFail: boolean,
  crds,
  disableOpenAPIValidation: boolean,
  force: boolean,
  preserveValues: boolean,
  remediation: object({}, { ...remediation, strategy: oneOf(['rollback', 'uninstall']) }),
};
const rollback = { ...action, cleanupOnFail: boolean, force: boolean, recreate: boolean };
const uninstall = {
  ...waiting,
  deletionPropagation: defaulted('background', oneOf(['background', 'foreground', 'orphan'])),
  keepHistory: boolean,
};
const test = { enable: boolean, ignoreFailures: boolean, timeout: duration };
const testFilters = list(object({ name: text(1, 253) }, { exclude: boolean }));

const targetPath = {
  ...matching('^([a-zA-Z0-9_\\-.\\\\\\/]|\\[[0-9]{1,5}\\])+$', 'a path into the values, such as "ingress.hosts[0]"'),
  maxLength: 250,
};
const valuesKey = { ...matching('^[\\-._a-zA-Z0-9]+$', 'the key of a ConfigMap or Secret, such as "values.yaml"'), maxLength: 253 };
const valuesFrom = { kind: oneOf(['Secret', 'ConfigMap']), name: text(1, 253) };
const valuesOptions = { optional: boolean, targetPath, valuesKey };

const postRenderers = (optional: Fields) =>
  list(object({}, { kustomize: object({}, { images: list(image), patches: list(patch), ...optional }) }));
const oldPatches = { patchesJson6902: list(jsonPatch), patchesStrategicMerge: list(anything) };

const shared = {
  driftDetection: object({}, { ignore: list(ignoreRule), mode: oneOf(['enabled', 'warn', 'disabled']) }),
  maxHistory: integer,
  persistentClient: boolean,
  releaseName: text(1, 53),
  storageNamespace: namespace,
  suspend: boolean,
  targetNamespace: namespace,
  timeout: duration,
  uninstall: object({}, uninstall),
  values: anything,
};

const v2 = object(
  { interval: duration },
  {
    ...shared,
    chart: chartTemplate(text(1, 2048), laterChart),
    chartRef: object({ kind: oneOf(['OCIRepository', 'HelmChart'], { ExternalArtifact: '2.7' }), name: text(1, 253) }, source),
    commonMetadata,
    dependsOn: list(object({ name: string }, { namespace: string, readyExpr: since('2.7', string) })),
    healthCheckExprs: since('2.8', list(healthCheckExpression)),
    install: object(
      {},
      {
        ...install,
        disableSchemaValidation: boolean,
        disableTakeOwnership: boolean,
        serverSideApply: since('2.8', boolean),
        strategy: retryStrategy,
      },
    ),
    kubeConfig,
    postRenderStrategy: since('2.8', oneOf(['nohooks', 'combined', 'separate'])),
    postRenderers: postRenderers({}),
    rollback: object({}, { ...rollback, serverSideApply }),
    serviceAccountName: text(1, 253),
    test: object({}, { ...test, filters: testFilters }),
    upgrade: object(
      {},
      {
        ...upgrade,
        chartNameChangeStrategy: since('2.9', oneOf(['InPlaceUpdate', 'Reinstall'])),
        disableSchemaValidation: boolean,
        disableTakeOwnership: boolean,
        serverSideApply,
        strategy: retryStrategy,
      },
    ),
    valuesFrom: list(object(valuesFrom, { ...valuesOptions, literal: since('2.9', boolean) })),
    waitStrategy: since('2.8', object({ name: oneOf(['poller', 'legacy']) })),
  },
);

const beta = {
  ...shared,
  chartRef: since('2.3', object({ kind: oneOf(['OCIRepository', 'HelmChart']), name: text(1, 253) }, source)),
  dependsOn: list(optionalReference),
  install: object({}, install),
  kubeConfig: kubeConfigSecret,
  postRenderers: postRenderers(oldPatches),
  rollback: object({}, rollback),
  upgrade: object({}, upgrade),
  valuesFrom: list(object(valuesFrom, valuesOptions)),
};

const v2beta2 = object(
  { interval: duration },
  {
    ...beta,
    chart: chartTemplate(text(1, 2048), { ...laterChart, valuesFile: string }),
    serviceAccountName: text(1, 253),
    test: object({}, { ...test, filters: testFilters }),
  },
);

const v2beta1 = object(
  { chart: chartTemplate(string, { valuesFile: string, verify: oldestVerify }), interval: duration },
  { ...beta, serviceAccountName: string, test: object({}, test) },
);

export const helmRelease: KindSchemas = {
  group: 'helm.toolkit.fluxcd.io',
  kind: 'HelmRelease',
  describes: 'spec',
  versions: { v2, v2beta2, v2beta1 },
};
