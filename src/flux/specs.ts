import { boolean, dictionary, list, number, record, string, tree, type ViewOf } from '../kube/view.ts';

/** The fields of Flux kinds that evaluation and rules read, by the names of the API (flux v2.9). */

const nameReference = record({ name: string });
const namespacedName = record({ name: string, namespace: string });
const valuesReference = record({ kind: string, name: string, optional: boolean, valuesKey: string, targetPath: string });
const substituteReference = record({ kind: string, name: string, optional: boolean });
const kubeConfig = record({ secretRef: nameReference, configMapRef: nameReference });
const crossNamespaceSource = record({ apiVersion: string, kind: string, name: string, namespace: string });

const kustomizationFields = record({
  interval: string,
  retryInterval: string,
  timeout: string,
  path: string,
  prune: boolean,
  wait: boolean,
  force: boolean,
  suspend: boolean,
  targetNamespace: string,
  namePrefix: string,
  nameSuffix: string,
  serviceAccountName: string,
  deletionPolicy: string,
  sourceRef: crossNamespaceSource,
  dependsOn: list(record({ name: string, namespace: string, readyExpr: string })),
  healthChecks: list(record({ apiVersion: string, kind: string, name: string, namespace: string })),
  components: list(string),
  ignoreMissingComponents: boolean,
  commonMetadata: tree,
  decryption: record({ provider: string, secretRef: nameReference, serviceAccountName: string }),
  kubeConfig,
  postBuild: record({
    substitute: tree,
    substituteFrom: list(substituteReference),
    substituteStrategy: string,
  }),
});
export type KustomizationSpec = ViewOf<typeof kustomizationFields>;

const helmReleaseFields = record({
  interval: string,
  timeout: string,
  suspend: boolean,
  releaseName: string,
  targetNamespace: string,
  storageNamespace: string,
  serviceAccountName: string,
  kubeConfig,
  chart: record({
    spec: record({ chart: string, version: string, sourceRef: crossNamespaceSource, reconcileStrategy: string, valuesFiles: list(string) }),
  }),
  chartRef: crossNamespaceSource,
  dependsOn: list(namespacedName),
  install: record({ crds: string, createNamespace: boolean, remediation: record({ retries: number }), strategy: record({ name: string }) }),
  upgrade: record({ crds: string, remediation: record({ retries: number }), strategy: record({ name: string }) }),
  driftDetection: record({ mode: string }),
  valuesFrom: list(valuesReference),
  values: tree,
});
export type HelmReleaseSpec = ViewOf<typeof helmReleaseFields>;

const sourceFields = record({
  url: string,
  interval: string,
  timeout: string,
  type: string,
  provider: string,
  insecure: boolean,
  suspend: boolean,
  bucketName: string,
  endpoint: string,
  prefix: string,
  ignore: string,
  ref: record({ branch: string, tag: string, semver: string, commit: string, name: string, digest: string, semverFilter: string }),
  include: list(record({ repository: nameReference, fromPath: string, toPath: string })),
  sparseCheckout: list(string),
  secretRef: nameReference,
  verify: tree,
  recurseSubmodules: boolean,
});
export type SourceSpec = ViewOf<typeof sourceFields>;

const generatorFields = record({
  sources: list(record({ alias: string, kind: string, name: string, namespace: string })),
  artifacts: list(
    record({
      name: string,
      revision: string,
      originRevision: string,
      copy: list(record({ from: string, to: string, exclude: list(string), strategy: string })),
    }),
  ),
  pathPattern: string,
});
export type ArtifactGeneratorSpec = ViewOf<typeof generatorFields>;

const instanceFields = record({
  distribution: record({ version: string, registry: string }),
  cluster: record({ multitenant: boolean, tenantDefaultServiceAccount: string, type: string }),
  components: list(string),
  sync: record({
    kind: string,
    url: string,
    ref: string,
    path: string,
    name: string,
    interval: string,
    pullSecret: string,
    provider: string,
  }),
  kustomize: record({ patches: tree }),
});

/** Readers of `spec`, to be given the node at `/spec`. */
export const specs = {
  kustomization: kustomizationFields,
  helmRelease: helmReleaseFields,
  source: sourceFields,
  artifactGenerator: generatorFields,
  fluxInstance: instanceFields,
  substitute: dictionary(string),
} as const;
