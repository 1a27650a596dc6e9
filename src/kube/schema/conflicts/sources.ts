import { child, stringAt } from '../../../yaml/node.ts';
import { type FieldRule, has, isOther, itemsOf, repeated, valueOr, when } from './field-rule.ts';

export const bucketRules: readonly FieldRule[] = [
  {
    message: 'Only the providers aws and generic take spec.sts: the API server rejects it.',
    check: (spec) => when(has(spec, 'sts') && isOther(valueOr(spec, 'provider', 'generic'), 'aws', 'generic'), 'spec', 'sts'),
  },
  {
    message: 'With the provider aws, spec.sts.provider can only be aws: the API server rejects it.',
    check: (spec) => {
      const sts = child(spec, 'sts');
      const isWrong = valueOr(spec, 'provider', 'generic') === 'aws' && isOther(valueOr(sts, 'provider', undefined), 'aws');
      return when(isWrong, 'spec', 'sts', 'provider');
    },
  },
  {
    message: 'With the provider generic, spec.sts.provider can only be ldap: the API server rejects it.',
    check: (spec) => {
      const sts = child(spec, 'sts');
      const isWrong = valueOr(spec, 'provider', 'generic') === 'generic' && isOther(valueOr(sts, 'provider', undefined), 'ldap');
      return when(isWrong, 'spec', 'sts', 'provider');
    },
  },
  {
    message: 'The STS provider aws takes no Secret: the API server rejects it.',
    check: (spec) =>
      ['secretRef', 'certSecretRef'].flatMap((field) =>
        when(stringAt(spec, 'sts', 'provider') === 'aws' && has(spec, 'sts', field), 'spec', 'sts', field),
      ),
  },
];

export const bucketAccountRules: readonly FieldRule[] = [
  {
    message: 'The provider generic takes no spec.serviceAccountName: the API server rejects it.',
    check: (spec) =>
      when(has(spec, 'serviceAccountName') && valueOr(spec, 'provider', 'generic') === 'generic', 'spec', 'serviceAccountName'),
  },
  {
    message: 'spec.secretRef and spec.serviceAccountName exclude each other: the API server rejects the object.',
    check: (spec) => when(has(spec, 'secretRef') && has(spec, 'serviceAccountName'), 'spec', 'serviceAccountName'),
  },
];

const ineffective = (winner: string, loser: string): FieldRule => ({
  message: `spec.ref.${loser} has no effect: spec.ref.${winner} comes before it.`,
  check: (spec) => when(has(spec, 'ref', winner) && has(spec, 'ref', loser), 'spec', 'ref', loser),
  atMost: 'info',
});

/** commit > name > tag > semver > branch; a commit may come with the branch it is on. */
export const gitReferenceRules: readonly FieldRule[] = [
  ineffective('name', 'tag'),
  ineffective('tag', 'semver'),
  ineffective('tag', 'branch'),
  ineffective('semver', 'branch'),
];

export const gitRepositoryRules: readonly FieldRule[] = [
  ...gitReferenceRules,
  {
    message: 'spec.serviceAccountName needs the provider azure or aws: the API server rejects it.',
    check: (spec) =>
      when(has(spec, 'serviceAccountName') && isOther(valueOr(spec, 'provider', 'generic'), 'azure', 'aws'), 'spec', 'serviceAccountName'),
  },
  {
    message: "The provider github needs spec.secretRef with the GitHub App's key: without it nothing is fetched.",
    check: (spec) => when(valueOr(spec, 'provider', 'generic') === 'github' && !has(spec, 'secretRef'), 'spec', 'provider'),
  },
  {
    message: 'Verifying a tag needs a tag to check out (spec.ref.tag or semver): the source stalls (InvalidVerificationMode).',
    check: (spec) => {
      const verifiesTag = ['Tag', 'TagAndHEAD'].includes(stringAt(spec, 'verify', 'mode') ?? '');
      return when(verifiesTag && !['tag', 'semver', 'name'].some((field) => has(spec, 'ref', field)), 'spec', 'verify', 'mode');
    },
  },
];

/** digest > semver > tag. A tag beside a digest says to people, and to those who update it, what the digest is of. */
export const ociRepositoryRules: readonly FieldRule[] = [ineffective('digest', 'semver'), ineffective('semver', 'tag')];

export const helmRepositoryRules: readonly FieldRule[] = [
  {
    message: "An oci:// URL needs spec.type: oci. With the type default the repository stalls ('oci' URL scheme cannot be used).",
    check: (spec) => {
      const isOci = stringAt(spec, 'url')?.startsWith('oci://') === true;
      return when(isOci && valueOr(spec, 'type', 'default') === 'default', 'spec', has(spec, 'type') ? 'type' : 'url');
    },
  },
  {
    message: 'The type oci needs a URL that starts with oci://: no chart can be fetched (invalid OCI registry URL).',
    check: (spec) => when(stringAt(spec, 'type') === 'oci' && /^https?:/.test(stringAt(spec, 'url') ?? ''), 'spec', 'url'),
  },
];

export const helmChartRules: readonly FieldRule[] = [
  {
    message: 'Only a chart from a HelmRepository can be verified: the API server rejects spec.verify.',
    check: (spec) => when(has(spec, 'verify') && isOther(stringAt(spec, 'sourceRef', 'kind'), 'HelmRepository'), 'spec', 'verify'),
  },
];

const objectName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const artifactGeneratorRules: readonly FieldRule[] = [
  {
    message: 'Without spec.pathPattern the name of an artifact must be a valid object name: the API server rejects it.',
    check: (spec) => {
      if (has(spec, 'pathPattern')) return [];
      return itemsOf(spec, 'artifacts').flatMap((artifact, index) => {
        const name = stringAt(artifact, 'name');
        return when(name !== undefined && !objectName.test(name), 'spec', 'artifacts', index, 'name');
      });
    },
  },
  {
    message: 'Another source has the same alias: the ArtifactGenerator stalls.',
    check: (spec) =>
      repeated(itemsOf(spec, 'sources'), (source) => stringAt(source, 'alias')).map((index) => ['spec', 'sources', index, 'alias']),
  },
  {
    message: 'Another artifact has the same name: the ArtifactGenerator stalls.',
    check: (spec) =>
      repeated(itemsOf(spec, 'artifacts'), (artifact) => stringAt(artifact, 'name')).map((index) => ['spec', 'artifacts', index, 'name']),
  },
];
