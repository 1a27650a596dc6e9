import type { KindSchemas } from '../schema.ts';
import { boolean, commonMetadata, defaulted, duration, integer, list, object, ociUrl, oneOf, patch, string, upTo } from './parts.ts';

const group = 'fluxcd.controlplane.io';

const instance = object(
  {
    distribution: object(
      { registry: string, version: string },
      {
        artifact: ociUrl,
        artifactPullSecret: string,
        imagePullSecret: string,
        variant: oneOf(['upstream-alpine', 'enterprise-alpine', 'enterprise-distroless', 'enterprise-distroless-fips']),
      },
    ),
  },
  {
    cluster: object(
      {},
      {
        domain: defaulted('cluster.local', string),
        multitenant: defaulted(false, boolean),
        multitenantWorkloadIdentity: defaulted(false, boolean),
        networkPolicy: defaulted(true, boolean),
        objectLevelWorkloadIdentity: boolean,
        size: oneOf(['small', 'medium', 'large']),
        tenantDefaultDecryptionServiceAccount: string,
        tenantDefaultKubeConfigServiceAccount: string,
        tenantDefaultServiceAccount: string,
        type: defaulted('kubernetes', oneOf(['kubernetes', 'openshift', 'aws', 'azure', 'gcp'])),
      },
    ),
    commonMetadata,
    components: list(
      oneOf([
        'source-controller',
        'kustomize-controller',
        'helm-controller',
        'notification-controller',
        'image-reflector-controller',
        'image-automation-controller',
        'source-watcher',
      ]),
    ),
    kustomize: object({}, { patches: list(patch) }),
    migrateResources: defaulted(true, boolean),
    sharding: object(
      { shards: { ...list(string), minItems: 1 } },
      { key: defaulted('sharding.fluxcd.io/key', string), storage: oneOf(['ephemeral', 'persistent']) },
    ),
    storage: object({ class: string, size: string }),
    sync: object(
      { kind: oneOf(['OCIRepository', 'GitRepository', 'Bucket']), path: string, ref: string, url: string },
      {
        interval: defaulted('1m', duration),
        name: upTo(63),
        provider: oneOf(['generic', 'aws', 'azure', 'gcp', 'github']),
        pullSecret: string,
      },
    ),
    wait: defaulted(true, boolean),
  },
);

export const fluxInstance: KindSchemas = { group, kind: 'FluxInstance', describes: 'spec', versions: { v1: instance } };

const report = object(
  { distribution: object({ entitlement: string, status: string }, { managedBy: string, version: string }) },
  {
    cluster: object({ platform: string, serverVersion: string }, { nodes: integer }),
    components: list(object({ image: string, name: string, ready: boolean, status: string })),
    operator: object({ apiVersion: string, platform: string, version: string }),
    reconcilers: list(
      object(
        { apiVersion: string, kind: string },
        { stats: object({ failing: integer, running: integer, suspended: integer }, { totalSize: string }) },
      ),
    ),
    sync: object({ id: string, ready: boolean, status: string }, { path: string, source: string }),
  },
);

export const fluxReport: KindSchemas = { group, kind: 'FluxReport', describes: 'spec', versions: { v1: report } };
