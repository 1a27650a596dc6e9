import type { FluxMinor } from '../minor.ts';
import type { Schema } from '../schema.ts';

/** What the descriptions of kinds are made of: words for schemas, and the pieces that many kinds share. */

export type Fields = Readonly<Record<string, Schema>>;

export const string: Schema = { type: 'string' };
export const boolean: Schema = { type: 'boolean' };
export const integer: Schema = { type: 'integer' };
export const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true };
/** A map with any content: a Kubernetes object of whatever kind. */
export const anyObject: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

export const text = (minLength: number, maxLength: number): Schema => ({ type: 'string', minLength, maxLength });
export const upTo = (maxLength: number): Schema => ({ type: 'string', maxLength });
export const matching = (pattern: string, words: string): Schema => ({ type: 'string', pattern, words });
export const list = (items: Schema): Schema => ({ type: 'array', items });
export const mapOf = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });

/** A closed object: these fields and no others. */
export const object = (required: Fields, optional: Fields = {}): Schema => {
  const names = Object.keys(required);
  return { type: 'object', properties: { ...required, ...optional }, ...(names.length > 0 ? { required: names } : {}) };
};

/** @param later values that came with a minor after 2.2 */
export const oneOf = (values: readonly string[], later?: Readonly<Record<string, FluxMinor>>): Schema => ({
  type: 'string',
  enum: later ? [...values, ...Object.keys(later)] : values,
  ...(later ? { enumSince: later } : {}),
});

/** A field that came with a minor after 2.2. */
export const since = (minor: FluxMinor, schema: Schema): Schema => ({ ...schema, since: minor });

/** A field that the API server fills in before it looks at anything else: it is never missing. */
export const defaulted = (value: unknown, schema: Schema): Schema => ({ ...schema, default: value });

export const duration = matching('^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$', 'a duration such as "10m" or "1h30m" (units ms, s, m, h)');
/** Of requests to a source: without hours. */
export const requestTimeout = matching('^([0-9]+(\\.[0-9]+)?(ms|s|m))+$', 'a duration such as "60s" or "2m" (units ms, s, m)');

export const httpUrl = matching('^(http|https)://.*$', 'a URL that starts with http:// or https://');
export const ociUrl = matching('^oci://.*$', 'a URL that starts with oci://');

export const stringMap = mapOf(string);
export const localReference = object({ name: string });
export const optionalReference = object({ name: string }, { namespace: string });
export const namedReference = object({ kind: string, name: string }, { apiVersion: string, namespace: string });
export const secretKeyReference = object({ name: string }, { key: string });
export const commonMetadata = object({}, { annotations: stringMap, labels: stringMap });
export const accessFrom = object({ namespaceSelectors: list(object({}, { matchLabels: stringMap })) });

export const kubeConfig = object({}, { secretRef: secretKeyReference, configMapRef: since('2.7', localReference) });
/** Before workload identity: a Secret and nothing else. */
export const kubeConfigSecret = object({ secretRef: secretKeyReference });

export const patchTarget = object(
  {},
  {
    group: string,
    version: string,
    kind: string,
    name: string,
    namespace: string,
    labelSelector: string,
    annotationSelector: string,
  },
);
export const patch = object({ patch: string }, { target: patchTarget });
export const jsonPatch = object({
  patch: list(object({ op: oneOf(['test', 'remove', 'add', 'replace', 'move', 'copy']), path: string }, { from: string, value: anything })),
  target: patchTarget,
});
export const image = object({ name: string }, { newName: string, newTag: string, digest: string });
export const ignoreRule = object({ paths: list(string) }, { target: patchTarget });

export const healthCheckExpression = object({ apiVersion: string, current: string }, { kind: string, inProgress: string, failed: string });
export const labelSelector = object(
  {},
  { matchLabels: stringMap, matchExpressions: list(object({ key: string, operator: string }, { values: list(string) })) },
);
const gitReferenceFields = { branch: string, tag: string, semver: string, commit: string };
export const gitReference = object({}, { ...gitReferenceFields, name: string });
/** Before `name` came, in v1beta1. */
export const oldGitReference = object({}, gitReferenceFields);
export const oidcIdentity = object({ issuer: string, subject: string });
export const verifier = defaulted('cosign', oneOf(['cosign'], { notation: '2.3' }));
export const cloudProvider = defaulted('generic', oneOf(['generic', 'aws', 'azure', 'gcp']));
export const reconcileStrategy = defaulted('ChartVersion', oneOf(['ChartVersion', 'Revision']));
export const sourceTimeout = defaulted('60s', requestTimeout);
/** Before the patterns came, in v1beta1. */
export const looseTimeout = defaulted('60s', string);
