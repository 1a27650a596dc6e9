import type { KindSchemas } from '../schema.ts';
import {
  accessFrom,
  boolean,
  cloudProvider,
  duration,
  localReference,
  looseTimeout,
  matching,
  object,
  oneOf,
  requestTimeout,
  string,
} from './parts.ts';

const url = matching('^(http|https|oci)://.*$', 'a URL that starts with https://, http:// or oci://');
const shared = { accessFrom, passCredentials: boolean, secretRef: localReference, suspend: boolean };

const v1 = object(
  { url },
  {
    ...shared,
    certSecretRef: localReference,
    insecure: boolean,
    interval: duration,
    provider: cloudProvider,
    timeout: requestTimeout,
    type: oneOf(['default', 'oci']),
  },
);

const v1beta1 = object({ interval: string, url: string }, { ...shared, timeout: looseTimeout });

export const helmRepository: KindSchemas = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'HelmRepository',
  describes: 'spec',
  versions: { v1, v1beta2: v1, v1beta1 },
};
