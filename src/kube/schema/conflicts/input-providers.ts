import { type MapNode, stringAt } from '../../../yaml/node.ts';
import { type FieldRule, has, valueOr, when } from './field-rule.ts';

/** By the beginnings and ends of `spec.type`, as the CRD of ResourceSetInputProvider does. */
const typeOf = (spec: MapNode): string => stringAt(spec, 'type') ?? '';
const isCloudRegistry = (type: string) => type.endsWith('ArtifactTag') && type !== 'OCIArtifactTag';

/** A URL that is known and does not start as its type wants it. */
const urlRule = (message: string, isMeant: (type: string) => boolean, start: RegExp): FieldRule => ({
  message: `${message}: the API server rejects it.`,
  check: (spec) => {
    const url = stringAt(spec, 'url');
    return when(isMeant(typeOf(spec)) && url !== undefined && !start.test(url), 'spec', 'url');
  },
});

const fieldRule = (field: string, message: string, isExcluded: (type: string) => boolean): FieldRule => ({
  message: `${message}: the API server rejects it.`,
  check: (spec) => when(has(spec, field) && typeOf(spec) !== '' && isExcluded(typeOf(spec)), 'spec', field),
});

export const inputProviderRules: readonly FieldRule[] = [
  fieldRule('url', 'A provider of the type Static takes no spec.url', (type) => type === 'Static'),
  {
    message: 'Every provider but those of the type Static needs spec.url: the API server rejects the object.',
    check: (spec) => when(typeOf(spec) !== '' && typeOf(spec) !== 'Static' && !has(spec, 'url'), 'spec', 'type'),
  },
  urlRule('spec.url of a Git provider must start with http:// or https://', (type) => type.startsWith('Git'), /^http/),
  urlRule(
    'spec.url of an AzureDevOps provider must start with http:// or https://',
    (type) => type.startsWith('AzureDevOps'),
    /^https?:\/\//,
  ),
  urlRule('spec.url of an AWSCodeCommit provider must start with https://', (type) => type.startsWith('AWSCodeCommit'), /^https:\/\//),
  urlRule('spec.url of an ArtifactTag provider must start with oci://', (type) => type.endsWith('ArtifactTag'), /^oci/),
  urlRule('spec.url of an ExternalService must start with http:// or https://', (type) => type === 'ExternalService', /^http/),
  {
    message: 'An http:// URL of an ExternalService needs spec.insecure: true: the API server rejects it.',
    check: (spec) => {
      const isPlain = typeOf(spec) === 'ExternalService' && stringAt(spec, 'url')?.startsWith('http://') === true;
      return when(isPlain && valueOr(spec, 'insecure', false) === false, 'spec', 'url');
    },
  },
  {
    message: 'spec.insecure is only for the types ExternalService and OCIArtifactTag: the API server rejects it.',
    check: (spec) => {
      const isExcluded = !['', 'ExternalService', 'OCIArtifactTag'].includes(typeOf(spec));
      return when(isExcluded && valueOr(spec, 'insecure', false) === true, 'spec', 'insecure');
    },
  },
  fieldRule(
    'serviceAccountName',
    'spec.serviceAccountName is only for the types AzureDevOps*, AWSCodeCommit* and *ArtifactTag',
    (type) => !/^(AzureDevOps|AWSCodeCommit)|ArtifactTag$/.test(type),
  ),
  fieldRule(
    'certSecretRef',
    'Providers of the types Static, AzureDevOps*, AWSCodeCommit* and of cloud registries take no spec.certSecretRef',
    (type) => type === 'Static' || /^(AzureDevOps|AWSCodeCommit)/.test(type) || isCloudRegistry(type),
  ),
  fieldRule(
    'secretRef',
    'Providers of the types Static, AWSCodeCommit* and of cloud registries take no spec.secretRef',
    (type) => type === 'Static' || type.startsWith('AWSCodeCommit') || isCloudRegistry(type),
  ),
];
