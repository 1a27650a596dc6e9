import type { KindSchemas } from '../schema.ts';
import { commonMetadata, list, matching, namedReference, object, oneOf, string, text } from './parts.ts';

const alias = '[a-z0-9]([a-z0-9_-]*[a-z0-9])?';
const path = { minLength: 1, maxLength: 1024 };
const revision = { ...matching(`^@(${alias})$`, 'the alias of a source behind an @, such as "@repo"'), maxLength: 64 };

const copy = object(
  {
    from: { ...matching(`^@(${alias})/(.*)$`, 'a glob in a source, such as "@repo/apps/**"'), ...path },
    to: { ...matching('^@(artifact)/(.*)$', 'a path in the artifact, such as "@artifact/apps/"'), ...path },
  },
  { exclude: { ...list(string), maxItems: 100 }, strategy: oneOf(['Overwrite', 'Merge', 'Extract']) },
);

const source = object(
  {
    alias: { ...matching(`^${alias}$`, 'lower-case letters, digits, - and _, such as "repo"'), maxLength: 63 },
    kind: oneOf(['Bucket', 'GitRepository', 'OCIRepository', 'HelmChart', 'ExternalArtifact']),
    name: { ...matching('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$', 'the name of a source: lower-case letters, digits and -'), maxLength: 253 },
  },
  {
    namespace: {
      ...matching('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'the name of a namespace: lower-case letters, digits and -'),
      minLength: 1,
      maxLength: 63,
    },
  },
);

const artifact = object({ name: text(1, 253), copy: { ...list(copy), minItems: 1 } }, { revision, originRevision: revision });

const v1beta1 = object(
  { artifacts: { ...list(artifact), minItems: 1, maxItems: 1000 }, sources: { ...list(source), minItems: 1, maxItems: 1000 } },
  {
    commonMetadata,
    pathPattern: {
      ...matching(`^@(${alias})/(.*)$`, 'a path in a source with names in braces, such as "@repo/apps/{app}"'),
      maxLength: 1024,
    },
  },
);

export const artifactGenerator: KindSchemas = {
  group: 'source.extensions.fluxcd.io',
  kind: 'ArtifactGenerator',
  describes: 'spec',
  versions: { v1beta1 },
};

export const externalArtifact: KindSchemas = {
  group: 'source.toolkit.fluxcd.io',
  kind: 'ExternalArtifact',
  describes: 'spec',
  versions: { v1: object({}, { sourceRef: namedReference }) },
};
