import type { KindSchemas } from '../schema.ts';
import {
  accessFrom,
  boolean,
  cloudProvider,
  defaulted,
  duration,
  gitReference,
  labelSelector,
  list,
  localReference,
  object,
  oneOf,
  optionalReference,
  requestTimeout,
  since,
  string,
  stringMap,
  upTo,
} from './parts.ts';

const group = 'image.toolkit.fluxcd.io';

const scan = { image: string, interval: duration };
const scanFields = {
  accessFrom,
  certSecretRef: localReference,
  secretRef: localReference,
  serviceAccountName: upTo(253),
  suspend: boolean,
  timeout: requestTimeout,
};
const repository = object(scan, {
  ...scanFields,
  exclusionList: defaulted(['^.*\\.sig$'], { ...list(string), maxItems: 25 }),
  insecure: boolean,
  provider: cloudProvider,
  proxySecretRef: since('2.3', localReference),
});

export const imageRepository: KindSchemas = {
  group,
  kind: 'ImageRepository',
  describes: 'spec',
  versions: { v1: repository, v1beta2: repository, v1beta1: object(scan, { ...scanFields, exclusionList: list(string) }) },
};

const order = defaulted('asc', oneOf(['asc', 'desc']));
const choice = {
  imageRepositoryRef: optionalReference,
  policy: object({}, { alphabetical: object({}, { order }), numerical: object({}, { order }), semver: object({ range: string }) }),
};
const filterTags = object({}, { extract: string, pattern: string });
const policyFields = {
  digestReflectionPolicy: since('2.6', defaulted('Never', oneOf(['Always', 'IfNotPresent', 'Never']))),
  filterTags,
  interval: since('2.6', duration),
};

export const imagePolicy: KindSchemas = {
  group,
  kind: 'ImagePolicy',
  describes: 'spec',
  versions: {
    v1: object(choice, { ...policyFields, suspend: boolean }),
    v1beta2: object(choice, policyFields),
    v1beta1: object(choice, { filterTags }),
  },
};

const signing = { secretRef: localReference };
const commit = { messageTemplate: string };
const author = object({ email: string }, { name: string });
const gitFields = { checkout: object({ ref: gitReference }), push: object({}, { branch: string, options: stringMap, refspec: string }) };
const strategy = defaulted('Setters', oneOf(['Setters']));
const setters = { strategy: 'Setters' };

const automation = {
  interval: duration,
  sourceRef: object(
    { kind: defaulted('GitRepository', oneOf(['GitRepository'])), name: string },
    { apiVersion: string, namespace: string },
  ),
};
const laterCommit = { ...commit, messageTemplateValues: stringMap };

export const imageUpdateAutomation: KindSchemas = {
  group,
  kind: 'ImageUpdateAutomation',
  describes: 'spec',
  versions: {
    v1: object(automation, {
      git: object(
        { commit: object({ author }, { ...laterCommit, signingKey: object(signing, { type: since('2.7', oneOf(['gpg', 'ssh'])) }) }) },
        gitFields,
      ),
      policySelector: labelSelector,
      suspend: boolean,
      update: defaulted(setters, object({}, { path: string, strategy })),
    }),
    v1beta2: object(automation, {
      git: object({ commit: object({ author }, { ...laterCommit, signingKey: object(signing) }) }, gitFields),
      policySelector: labelSelector,
      suspend: boolean,
      update: defaulted(setters, object({ strategy }, { path: string })),
    }),
    v1beta1: object(automation, {
      git: object({ commit: object({ author }, { ...commit, signingKey: object(signing) }) }, gitFields),
      suspend: boolean,
      update: defaulted(setters, object({ strategy }, { path: string })),
    }),
  },
};
