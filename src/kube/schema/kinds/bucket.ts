import type { KindSchemas } from '../schema.ts';
import {
  accessFrom,
  boolean,
  defaulted,
  duration,
  httpUrl,
  localReference,
  looseTimeout,
  object,
  oneOf,
  since,
  sourceTimeout,
  string,
} from './parts.ts';

const required = { bucketName: string, endpoint: string, interval: duration };
const shared = { ignore: string, insecure: boolean, region: string, secretRef: localReference, suspend: boolean };
const provider = defaulted('generic', oneOf(['generic', 'aws', 'gcp', 'azure']));

const sts = object({ provider: oneOf(['aws', 'ldap']), endpoint: httpUrl }, { secretRef: localReference, certSecretRef: localReference });

const later = {
  certSecretRef: since('2.4', localReference),
  prefix: string,
  provider,
  proxySecretRef: since('2.4', localReference),
  sts: since('2.4', sts),
  timeout: sourceTimeout,
};

const v1 = object(required, { ...shared, ...later, serviceAccountName: since('2.7', string) });
const v1beta2 = object(required, { ...shared, ...later, accessFrom });
const v1beta1 = object(
  { ...required, interval: string },
  { ...shared, accessFrom, provider: defaulted('generic', oneOf(['generic', 'aws', 'gcp'])), timeout: looseTimeout },
);

export const bucket: KindSchemas = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'Bucket',
  describes: 'spec',
  versions: { v1, v1beta2, v1beta1 },
};
