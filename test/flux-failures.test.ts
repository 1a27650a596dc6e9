/** Every failure that Flux's controllers report, with the rules that predict it, or why none can. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { referenceData } from './reference-data.ts';

interface Failure {
  /** Of the condition. */
  readonly reason: string;
  /** Words of the message by which one knows it. */
  readonly message: string;
  readonly predictedBy?: readonly string[];
  /** Why nothing in the repository shows it. */
  readonly unpredictable?: string;
}

const failures: readonly Failure[] = [
  { reason: 'ArtifactFailed', message: 'not found', predictedBy: ['references/unknown-source', 'references/bootstrap-deadlock'] },
  {
    reason: 'ArtifactFailed',
    message: 'Source artifact not found, retrying',
    unpredictable: 'the source is there and cannot be fetched: its server, its credentials and its refs are known online only',
  },
  { reason: 'ArtifactFailed', message: 'kustomization path not found', predictedBy: ['references/unknown-path'] },
  { reason: 'AccessDenied', message: 'cross-namespace references have been blocked', predictedBy: ['tenancy/cross-namespace-source'] },
  {
    reason: 'AccessDenied',
    message: 'ExternalArtifact feature gate is disabled',
    unpredictable: 'a gate of the controllers: their flags may be set where gotk-components is installed from, and no rule reads them yet',
  },
  {
    reason: 'DependencyNotReady',
    message: 'dependency not found',
    predictedBy: ['references/unknown-dependency', 'references/wrong-kind-dependency', 'references/generated-name'],
  },
  {
    reason: 'DependencyNotReady',
    message: 'is not ready',
    predictedBy: ['references/dependency-cycle', 'references/bootstrap-deadlock'],
  },
  {
    reason: 'DependencyNotReady',
    message: 'revision is not up to date',
    unpredictable: 'a dependency that is slow: it passes, or has a failure of its own',
  },
  {
    reason: 'InvalidCELExpression',
    message: 'CEL does not compile',
    unpredictable: 'no rule reads the expressions: a CEL package of another language could refuse what Flux takes',
  },
  {
    reason: 'FeatureGateDisabled',
    message: 'decryption.serviceAccountName',
    unpredictable: 'a gate of the controllers, as above',
  },
  { reason: 'BuildFailed', message: 'no such file or directory', predictedBy: ['build/missing-resource', 'build/not-committed'] },
  { reason: 'BuildFailed', message: 'failed to decode Kubernetes YAML', predictedBy: ['build/stray-file', 'manifest/invalid-yaml'] },
  {
    reason: 'BuildFailed',
    message: 'missing Resource metadata, mapping key already defined',
    predictedBy: ['manifest/missing-identity', 'manifest/duplicate-key'],
  },
  { reason: 'BuildFailed', message: 'unable to find one of kustomization.yaml', predictedBy: ['build/missing-resource'] },
  { reason: 'BuildFailed', message: 'Found multiple kustomization files', predictedBy: ['build/invalid-kustomization'] },
  { reason: 'BuildFailed', message: 'json: unknown field', predictedBy: ['build/invalid-kustomization'] },
  { reason: 'BuildFailed', message: 'may not add resource with an already registered id', predictedBy: ['build/duplicate-object'] },
  { reason: 'BuildFailed', message: 'expected kind Component', predictedBy: ['build/invalid-kustomization'] },
  { reason: 'BuildFailed', message: 'cycle detected', predictedBy: ['build/cycle'] },
  { reason: 'BuildFailed', message: 'no resource matches strategic merge patch', predictedBy: ['build/patch-without-target'] },
  { reason: 'BuildFailed', message: 'doc is missing path', predictedBy: ['build/invalid-patch'] },
  {
    reason: 'BuildFailed',
    message: 'namespace transformation produces ID conflict',
    predictedBy: ['build/duplicate-object', 'build/failed-transformation'],
  },
  { reason: 'BuildFailed', message: 'fs-security-constraint', predictedBy: ['build/outside-artifact', 'build/remote-base'] },
  { reason: 'BuildFailed', message: 'must be local and relative', predictedBy: ['build/failed-transformation'] },
  { reason: 'BuildFailed', message: 'var name is invalid', predictedBy: ['substitution/invalid-name'] },
  {
    reason: 'BuildFailed',
    message: 'substitute from … error',
    predictedBy: ['references/unknown-substitute-source', 'references/generated-name'],
  },
  { reason: 'BuildFailed', message: 'variable not set (strict mode)', predictedBy: ['substitution/undefined-variable'] },
  {
    reason: 'BuildFailed',
    message: 'missing closing brace',
    predictedBy: ['substitution/invalid-name', 'substitution/unintended-variable'],
  },
  { reason: 'BuildFailed', message: 'error decrypting sources', predictedBy: ['security/decryption-without-key'] },
  {
    reason: 'ReconciliationFailed',
    message: 'is SOPS encrypted, configuring decryption is required',
    predictedBy: ['security/encrypted-without-decryption'],
  },
  { reason: 'ReconciliationFailed', message: 'namespace not specified', predictedBy: ['references/missing-namespace'] },
  {
    reason: 'ReconciliationFailed',
    message: 'namespaces "x" not found',
    predictedBy: ['references/unknown-namespace', 'references/bootstrap-deadlock'],
  },
  {
    reason: 'ReconciliationFailed',
    message: 'no matches for kind',
    predictedBy: ['references/custom-resource-before-definition', 'schema/removed-api', 'schema/unserved-version'],
  },
  {
    reason: 'ReconciliationFailed',
    message: 'field is immutable',
    predictedBy: ['blast-radius/change-edits-immutable-field'],
  },
  { reason: 'ReconciliationFailed', message: 'field not declared in schema', predictedBy: ['schema/unknown-field'] },
  {
    reason: 'ReconciliationFailed',
    message: 'expected string',
    predictedBy: ['manifest/non-string-value', 'manifest/non-string-label', 'substitution/unquoted-value'],
  },
  {
    reason: 'ReconciliationFailed',
    message: 'User "system:serviceaccount:ns:sa" cannot',
    predictedBy: ['references/unknown-service-account'],
  },
  { reason: 'ReconciliationFailed', message: 'failed calling webhook', predictedBy: ['references/dependency-not-awaited'] },
  {
    reason: 'HealthCheckFailed',
    message: 'timeout waiting for',
    predictedBy: ['references/unknown-health-check', 'references/bootstrap-deadlock'],
  },
  { reason: 'PruneFailed', message: 'delete failed', unpredictable: 'finalizers and rights in the live cluster' },
  {
    reason: 'SourceNotReady',
    message: 'HelmChart is not ready',
    predictedBy: ['references/unknown-source'],
  },
  {
    reason: 'SourceNotReady',
    message: 'could not get Source object, cross-namespace references are not allowed',
    predictedBy: ['references/unknown-source', 'tenancy/cross-namespace-source'],
  },
  {
    reason: 'ValuesError',
    message: 'could not resolve ConfigMap chart values reference',
    predictedBy: ['references/unknown-values-source', 'references/generated-name'],
  },
  {
    reason: 'DependencyNotReady',
    message: 'unable to get dependency',
    predictedBy: ['references/unknown-dependency', 'references/wrong-kind-dependency', 'references/generated-name'],
  },
  { reason: 'InstallFailed', message: 'namespaces "x" not found', predictedBy: ['references/unknown-namespace'] },
  { reason: 'Stalled', message: 'exceeded maximum retries', predictedBy: ['reliability/missing-remediation'] },
  {
    reason: 'ArtifactFailed',
    message: 'artifact revision does not match chart version',
    unpredictable: 'the version that a chart carries inside is known to its registry only',
  },
  {
    reason: 'GitOperationFailed',
    message: "couldn't find remote ref",
    unpredictable: 'the branches and tags of a server are known online only',
  },
  {
    reason: 'AuthenticationFailed',
    message: 'failed to get secret',
    unpredictable: 'credentials of sources are made by hand on purpose: that they are not in git is no fault',
  },
  { reason: 'URLInvalid', message: 'URL must not contain a tag', predictedBy: ['schema/invalid-value'] },
  {
    reason: 'ArtifactFailed',
    message: 'no match found for semver',
    predictedBy: ['schema/invalid-value'],
  },
  {
    reason: 'Stalled',
    message: "'oci' URL scheme cannot be used with 'default'",
    predictedBy: ['schema/conflicting-fields'],
  },
  {
    reason: 'InvalidSourceConfiguration',
    message: 'push spec not provided, and cannot be inferred',
    unpredictable: 'it takes the automation and its GitRepository together, whose ref a cluster may patch: no rule does so yet',
  },
  {
    reason: 'AccessDenied',
    message: 'missing ACL labels on accessFrom',
    predictedBy: ['tenancy/cross-namespace-source'],
  },
  { reason: 'BuildFailed', message: 'map has no entry for key', predictedBy: ['generated/missing-input'] },
  { reason: 'BuildFailed', message: 'failed to compute inputs', predictedBy: ['generated/unknown-input-provider'] },
];

/** Rules that are named above and not written yet; a rule that comes leaves this list. */
const toCome = new Set([
  'blast-radius/change-edits-immutable-field',
  'build/cycle',
  'build/duplicate-object',
  'build/failed-transformation',
  'build/invalid-kustomization',
  'build/invalid-patch',
  'build/not-committed',
  'build/outside-artifact',
  'build/patch-without-target',
  'build/remote-base',
  'build/stray-file',
  'manifest/duplicate-key',
  'manifest/missing-identity',
  'manifest/non-string-label',
  'manifest/non-string-value',
  'security/decryption-without-key',
  'security/encrypted-without-decryption',
]);

const known = new Set(rules.map(({ id }) => id));

it.each(failures.map((failure) => [`${failure.reason}: ${failure.message}`, failure] as const))('%s', (_, failure) => {
  const { predictedBy = [], unpredictable } = failure;
  expect(predictedBy.length > 0, 'either rules or a reason').toBe(unpredictable === undefined);
  expect(predictedBy.filter((id) => !known.has(id) && !toCome.has(id))).toEqual([]);
});

it('lists as to come only what is named', () => {
  const named = new Set(failures.flatMap(({ predictedBy = [] }) => predictedBy));
  expect([...toCome].filter((id) => !named.has(id))).toEqual([]);
});

const table = referenceData('design/flux-semantics.md');

it.skipIf(table === undefined)('has a line for every failure of the collected facts', () => {
  const text = readFileSync(table ?? '', 'utf8');
  const section = text.slice(text.indexOf('\n## 10.'), text.indexOf('\n## 11.'));
  const rows = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
  // The first one is the heading.
  expect(failures.length).toBe(rows.length - 1);
});
