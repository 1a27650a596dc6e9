import type { KindSchemas } from '../schema.ts';
import {
  boolean,
  defaulted,
  duration,
  type Fields,
  list,
  localReference,
  matching,
  object,
  oneOf,
  since,
  string,
  stringMap,
  text,
  upTo,
} from './parts.ts';

const group = 'notification.toolkit.fluxcd.io';

const kinds = [
  'Bucket',
  'GitRepository',
  'Kustomization',
  'HelmRelease',
  'HelmChart',
  'HelmRepository',
  'ImageRepository',
  'ImagePolicy',
  'ImageUpdateAutomation',
  'OCIRepository',
];
const betaKind = oneOf(kinds);
const kind = oneOf(kinds, { ArtifactGenerator: '2.7', ExternalArtifact: '2.7' });
/** The objects that events come from, or that a webhook touches. */
const objects = (watched: typeof kind, optional: Fields = {}) =>
  list(object({ kind: watched, name: text(1, 253) }, { apiVersion: string, namespace: text(1, 253), matchLabels: stringMap, ...optional }));
const oldestObjects = list(
  object({ kind: betaKind, name: text(1, 53) }, { apiVersion: string, namespace: text(1, 53), matchLabels: stringMap }),
);

const alertFields = { eventSeverity: defaulted('info', oneOf(['info', 'error'])), exclusionList: list(string), suspend: boolean };
const laterAlertFields = { ...alertFields, eventMetadata: stringMap, inclusionList: list(string), summary: upTo(255) };

export const alert: KindSchemas = {
  group,
  kind: 'Alert',
  describes: 'spec',
  versions: {
    v1beta3: object({ eventSources: objects(kind), providerRef: localReference }, laterAlertFields),
    v1beta2: object({ eventSources: objects(betaKind), providerRef: localReference }, laterAlertFields),
    v1beta1: object({ eventSources: oldestObjects, providerRef: localReference }, { ...alertFields, summary: string }),
  },
};

const hooks = ['generic', 'generic-hmac', 'github', 'gitlab', 'bitbucket', 'harbor', 'dockerhub', 'quay', 'gcr', 'nexus', 'acr'];
const expression = object({ expression: string, name: string });
const oidcProvider = object(
  {
    issuerURL: matching('^https?://', 'a URL that starts with https:// or http://'),
    validations: { ...list(object({ expression: string, message: string })), minItems: 1 },
  },
  { audience: string, variables: list(expression) },
);
const betaReceiver = { resources: objects(betaKind), secretRef: localReference, type: oneOf(hooks) };
const receiverFields = { events: list(string), suspend: boolean };

export const receiver: KindSchemas = {
  group,
  kind: 'Receiver',
  describes: 'spec',
  versions: {
    v1: object(
      { resources: objects(kind, { filter: since('2.9', string) }), type: oneOf(hooks, { cdevents: '2.3', 'generic-oidc': '2.9' }) },
      {
        ...receiverFields,
        interval: defaulted('10m', duration),
        oidcProviders: since('2.9', list(oidcProvider)),
        resourceFilter: since('2.5', string),
        secretRef: localReference,
      },
    ),
    v1beta2: object(betaReceiver, { ...receiverFields, interval: duration }),
    v1beta1: object({ ...betaReceiver, resources: oldestObjects }, receiverFields),
  },
};
