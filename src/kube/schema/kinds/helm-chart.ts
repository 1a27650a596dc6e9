import type { KindSchemas } from '../schema.ts';
import {
  accessFrom,
  boolean,
  defaulted,
  duration,
  list,
  localReference,
  object,
  oidcIdentity,
  oneOf,
  reconcileStrategy,
  since,
  string,
  verifier,
} from './parts.ts';

const sourceRef = object({ kind: oneOf(['HelmRepository', 'GitRepository', 'Bucket']), name: string }, { apiVersion: string });
const required = { chart: string, interval: duration, sourceRef };
const shared = {
  reconcileStrategy,
  suspend: boolean,
  valuesFiles: list(string),
  version: defaulted('*', string),
};
const later = {
  ignoreMissingValuesFiles: since('2.3', boolean),
  verify: object({ provider: verifier }, { matchOIDCIdentity: list(oidcIdentity), secretRef: localReference }),
};
const beta = { accessFrom, valuesFile: string };

const v1 = object(required, { ...shared, ...later });
const v1beta2 = object(required, { ...shared, ...later, ...beta });
const v1beta1 = object({ ...required, interval: string }, { ...shared, ...beta });

export const helmChart: KindSchemas = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'HelmChart',
  describes: 'spec',
  versions: { v1, v1beta2, v1beta1 },
};
