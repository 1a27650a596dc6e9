import type { KindSchemas } from '../schema.ts';
import {
  anyObject,
  anything,
  boolean,
  commonMetadata,
  defaulted,
  duration,
  integer,
  labelSelector,
  list,
  localReference,
  mapOf,
  matching,
  object,
  oneOf,
  string,
} from './parts.ts';

const group = 'fluxcd.controlplane.io';

const templates = { resources: list(anyObject), resourcesTemplate: string };
const step = object(
  { name: { ...matching('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a name of lower-case letters, digits and -'), maxLength: 63 } },
  { ...templates, timeout: duration },
);

export const resourceSet: KindSchemas = {
  group,
  kind: 'ResourceSet',
  describes: 'spec',
  versions: {
    v1: object(
      {},
      {
        ...templates,
        commonMetadata,
        dependsOn: list(
          object({ apiVersion: string, kind: string, name: string }, { namespace: string, ready: boolean, readyExpr: string }),
        ),
        inputStrategy: object({ name: oneOf(['Flatten', 'Permute']) }, { includeEmptyProviders: boolean }),
        inputs: list(mapOf(anything)),
        inputsFrom: list(
          object(
            {},
            {
              apiVersion: oneOf(['fluxcd.controlplane.io/v1']),
              kind: oneOf(['ResourceSetInputProvider']),
              name: string,
              selector: labelSelector,
            },
          ),
        ),
        serviceAccountName: string,
        steps: { ...list(step), minItems: 1, maxItems: 20 },
        wait: boolean,
      },
    ),
  },
};

const forges = ['GitHubBranch', 'GitHubTag', 'GitHubPullRequest', 'GitLabBranch', 'GitLabTag', 'GitLabMergeRequest', 'GitLabEnvironment'];
const otherForges = ['AzureDevOps', 'AWSCodeCommit', 'Gitea'].flatMap((forge) => [`${forge}Branch`, `${forge}Tag`, `${forge}PullRequest`]);
const registries = ['OCIArtifactTag', 'ACRArtifactTag', 'ECRArtifactTag', 'GARArtifactTag'];

export const resourceSetInputProvider: KindSchemas = {
  group,
  kind: 'ResourceSetInputProvider',
  describes: 'spec',
  versions: {
    v1: object(
      { type: oneOf(['Static', ...forges, ...otherForges, ...registries, 'ExternalService']) },
      {
        certSecretRef: localReference,
        defaultValues: mapOf(anything),
        filter: object(
          {},
          {
            excludeBranch: string,
            excludeEnvironment: string,
            excludeTag: string,
            includeBranch: string,
            includeEnvironment: string,
            includeTag: string,
            labels: list(string),
            limit: defaulted(100, integer),
            semver: string,
          },
        ),
        insecure: boolean,
        schedule: list(object({ cron: string }, { timeZone: defaulted('UTC', string), window: defaulted('0s', duration) })),
        secretRef: localReference,
        serviceAccountName: string,
        skip: object({}, { labels: list(string) }),
        url: matching('^((http|https|oci)://.*){0,1}$', 'a URL that starts with https://, http:// or oci://'),
      },
    ),
  },
};
