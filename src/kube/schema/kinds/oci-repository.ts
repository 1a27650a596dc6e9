import type { KindSchemas } from '../schema.ts';
import {
  boolean,
  cloudProvider,
  duration,
  list,
  localReference,
  object,
  ociUrl,
  oidcIdentity,
  oneOf,
  since,
  sourceTimeout,
  string,
  verifier,
} from './parts.ts';

const verify = {
  matchOIDCIdentity: list(oidcIdentity),
  secretRef: localReference,
};

const required = { interval: duration, url: ociUrl };
const optional = {
  certSecretRef: localReference,
  ignore: string,
  insecure: boolean,
  layerSelector: object({}, { mediaType: string, operation: oneOf(['extract', 'copy']) }),
  provider: cloudProvider,
  proxySecretRef: since('2.4', localReference),
  ref: object({}, { digest: string, semver: string, semverFilter: since('2.3', string), tag: string }),
  secretRef: localReference,
  serviceAccountName: string,
  suspend: boolean,
  timeout: sourceTimeout,
};

const v1 = object(required, {
  ...optional,
  verify: object({ provider: verifier }, { ...verify, trustedRootSecretRef: since('2.9', localReference) }),
});
const v1beta2 = object(required, { ...optional, verify: object({ provider: verifier }, verify) });

export const ociRepository: KindSchemas = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'OCIRepository',
  describes: 'spec',
  versions: { v1, v1beta2 },
};
