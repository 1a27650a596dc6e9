import { describe, expect, it } from 'vitest';
import { conflictingFields, fieldRules } from '../../../src/kube/schema/conflicting-fields.ts';
import { isMap, type Node } from '../../../src/yaml/node.ts';
import { parseObject } from './parse-object.ts';

const objectOf = (type: string, spec: string) => {
  const [group, version, kind] = type.split('/');
  return parseObject(`{ apiVersion: ${group}/${version}, kind: ${kind}, metadata: { name: flux }, spec: ${spec} }`);
};

const kustomization = 'kustomize.toolkit.fluxcd.io/v1/Kustomization';
const release = 'helm.toolkit.fluxcd.io/v2/HelmRelease';
const git = 'source.toolkit.fluxcd.io/v1/GitRepository';
const oci = 'source.toolkit.fluxcd.io/v1/OCIRepository';
const helm = 'source.toolkit.fluxcd.io/v1/HelmRepository';
const chart = 'source.toolkit.fluxcd.io/v1/HelmChart';
const bucket = 'source.toolkit.fluxcd.io/v1/Bucket';
const generator = 'source.extensions.fluxcd.io/v1beta1/ArtifactGenerator';
const provider = 'notification.toolkit.fluxcd.io/v1beta3/Provider';
const receiver = 'notification.toolkit.fluxcd.io/v1/Receiver';
const policy = 'image.toolkit.fluxcd.io/v1/ImagePolicy';
const instance = 'fluxcd.controlplane.io/v1/FluxInstance';
const set = 'fluxcd.controlplane.io/v1/ResourceSet';
const inputs = 'fluxcd.controlplane.io/v1/ResourceSetInputProvider';

const wrong: readonly (readonly [type: string, spec: string, ...pointers: string[]])[] = [
  [kustomization, '{ kubeConfig: { secretRef: { name: a }, configMapRef: { name: b } } }', '/spec/kubeConfig/configMapRef'],
  [kustomization, '{ kubeConfig: {} }', '/spec/kubeConfig'],
  [
    kustomization,
    '{ healthCheckExprs: [{ apiVersion: v1, kind: A }, { apiVersion: v1, kind: B }, { apiVersion: v1, kind: A }] }',
    '/spec/healthCheckExprs/2',
  ],
  [release, '{ chart: {}, chartRef: {} }', '/spec/chartRef'],
  [release, '{ interval: 1m }', '/spec'],
  [
    release,
    '{ chart: {}, install: { strategy: { name: RemediateOnFailure, retryInterval: 1m } } }',
    '/spec/install/strategy/retryInterval',
  ],
  [
    release,
    '{ chart: {}, upgrade: { strategy: { name: RemediateOnFailure, retryInterval: 1m } } }',
    '/spec/upgrade/strategy/retryInterval',
  ],
  [git, '{ ref: { name: refs/heads/a, tag: v1 } }', '/spec/ref/tag'],
  [git, '{ ref: { tag: v1, semver: "*", branch: main } }', '/spec/ref/semver', '/spec/ref/branch', '/spec/ref/branch'],
  [git, '{ serviceAccountName: a }', '/spec/serviceAccountName'],
  [git, '{ provider: github }', '/spec/provider'],
  [git, '{ verify: { mode: TagAndHEAD }, ref: { branch: main } }', '/spec/verify/mode'],
  [oci, '{ ref: { digest: a, semver: b, tag: c } }', '/spec/ref/semver', '/spec/ref/tag'],
  [oci, '{ ref: { digest: a, tag: c } }'],
  [helm, '{ url: "oci://a/b" }', '/spec/url'],
  [helm, '{ url: "oci://a/b", type: default }', '/spec/type'],
  [helm, '{ url: "https://a/b", type: oci }', '/spec/url'],
  [chart, '{ sourceRef: { kind: GitRepository }, verify: {} }', '/spec/verify'],
  [bucket, '{ provider: gcp, sts: { provider: aws } }', '/spec/sts'],
  [bucket, '{ provider: aws, sts: { provider: ldap } }', '/spec/sts/provider'],
  [bucket, '{ sts: { provider: aws } }', '/spec/sts/provider'],
  [
    bucket,
    '{ provider: aws, sts: { provider: aws, secretRef: { name: a }, certSecretRef: { name: a } } }',
    '/spec/sts/secretRef',
    '/spec/sts/certSecretRef',
  ],
  [bucket, '{ serviceAccountName: a }', '/spec/serviceAccountName'],
  [bucket, '{ provider: aws, serviceAccountName: a, secretRef: { name: a } }', '/spec/serviceAccountName'],
  [generator, '{ artifacts: [{ name: "{app}" }] }', '/spec/artifacts/0/name'],
  [generator, '{ sources: [{ alias: a }, { alias: a }] }', '/spec/sources/1/alias'],
  [generator, '{ artifacts: [{ name: a }, { name: a }] }', '/spec/artifacts/1/name'],
  [provider, '{ type: slack, commitStatusExpr: a }', '/spec/commitStatusExpr'],
  [receiver, '{ type: generic-oidc }', '/spec/type'],
  [receiver, '{ type: generic-oidc, oidcProviders: [] }', '/spec/type'],
  [receiver, '{ type: github, secretRef: { name: a }, oidcProviders: [{}] }', '/spec/oidcProviders'],
  [receiver, '{ type: generic-oidc, secretRef: { name: a }, oidcProviders: [{}] }', '/spec/secretRef'],
  [receiver, '{ type: github }', '/spec/type'],
  [policy, '{ policy: {} }', '/spec/policy'],
  [policy, '{ policy: { semver: {}, alphabetical: {} } }', '/spec/policy/alphabetical'],
  [policy, '{ policy: { semver: {}, numerical: {} } }', '/spec/policy/numerical'],
  [policy, '{ policy: { alphabetical: {}, numerical: {} } }', '/spec/policy/numerical'],
  [policy, '{ interval: 1m }', '/spec/interval'],
  [policy, '{ digestReflectionPolicy: Always }', '/spec/digestReflectionPolicy'],
  [instance, '{ sharding: { storage: persistent } }', '/spec/sharding/storage'],
  [instance, '{ cluster: { multitenantWorkloadIdentity: true } }', '/spec/cluster/multitenantWorkloadIdentity'],
  [instance, '{ sync: { kind: GitRepository, provider: gcp } }', '/spec/sync/provider'],
  [instance, '{ sync: { kind: Bucket, provider: github } }', '/spec/sync/provider'],
  [set, '{ steps: [{ name: a, resources: [] }], resources: [] }', '/spec/steps'],
  [set, '{ wait: true }', '/spec'],
  [set, '{ resources: [], inputStrategy: { name: Flatten, includeEmptyProviders: true } }', '/spec/inputStrategy/includeEmptyProviders'],
  [set, '{ resources: [], inputsFrom: [{ name: a, selector: {} }] }', '/spec/inputsFrom/0/selector'],
  [set, '{ resources: [], inputsFrom: [{ name: a }, { kind: b }] }', '/spec/inputsFrom/1'],
  [set, '{ steps: [{ name: a, resources: [] }, { name: a, resources: [] }] }', '/spec/steps/1/name'],
  [set, '{ steps: [{ name: a }] }', '/spec/steps/0'],
  [inputs, '{ type: Static, url: "https://a" }', '/spec/url'],
  [inputs, '{ type: GitHubBranch }', '/spec/type'],
  [inputs, '{ type: GitHubBranch, url: "oci://a" }', '/spec/url'],
  [inputs, '{ type: AzureDevOpsTag, url: "oci://a" }', '/spec/url'],
  [inputs, '{ type: AWSCodeCommitTag, url: "http://a" }', '/spec/url'],
  [inputs, '{ type: ECRArtifactTag, url: "https://a" }', '/spec/url'],
  [inputs, '{ type: ExternalService, url: "oci://a" }', '/spec/url'],
  [inputs, '{ type: ExternalService, url: "http://a" }', '/spec/url'],
  [inputs, '{ type: GitHubTag, url: "https://a", insecure: true }', '/spec/insecure'],
  [inputs, '{ type: GitHubTag, url: "https://a", serviceAccountName: a }', '/spec/serviceAccountName'],
  [inputs, '{ type: GARArtifactTag, url: "oci://a", certSecretRef: {} }', '/spec/certSecretRef'],
  [inputs, '{ type: AWSCodeCommitTag, url: "https://a", secretRef: {} }', '/spec/secretRef'],
];

const right: readonly (readonly [type: string, spec: string])[] = [
  [kustomization, '{ kubeConfig: { secretRef: { name: a }, configMapRef: ~ } }'],
  [release, '{ chartRef: {}, install: { strategy: { name: RetryOnFailure, retryInterval: 1m } } }'],
  [git, '{ ref: { commit: a, branch: main }, provider: azure, serviceAccountName: a }'],
  [git, '{ provider: github, secretRef: { name: a }, verify: { mode: Tag }, ref: { semver: "1" } }'],
  [oci, '{ ref: { tag: a } }'],
  [helm, '{ url: "oci://a/b", type: oci }'],
  [chart, '{ sourceRef: { kind: HelmRepository }, verify: {} }'],
  [bucket, '{ sts: { provider: ldap, secretRef: { name: a } }, secretRef: { name: a } }'],
  [generator, '{ pathPattern: "@a/{app}", artifacts: [{ name: "{app}" }, { name: b }], sources: [{ alias: a }, { alias: b }] }'],
  [provider, '{ type: github, commitStatusExpr: a }'],
  [receiver, '{ type: generic-oidc, oidcProviders: [{}] }'],
  [policy, '{ policy: { semver: {} }, digestReflectionPolicy: Always, interval: 1m }'],
  [
    instance,
    '{ cluster: { multitenantWorkloadIdentity: true, objectLevelWorkloadIdentity: true }, sync: { kind: OCIRepository, provider: gcp } }',
  ],
  [set, '{ resources: [], resourcesTemplate: a, inputsFrom: [{ name: a }, { selector: {} }] }'],
  [inputs, '{ type: Static }'],
  [inputs, '{ type: OCIArtifactTag, url: "oci://a", insecure: true, certSecretRef: {}, secretRef: {}, serviceAccountName: a }'],
];

describe('conflictingFields', () => {
  it.each(wrong.map(([type, spec, ...pointers]) => [type, spec, pointers] as const))('%s %s', (type, spec, pointers) => {
    expect(conflictingFields(objectOf(type, spec)).map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it.each(right)('nothing in %s %s', (type, spec) => {
    expect(conflictingFields(objectOf(type, spec))).toEqual([]);
  });

  it('wants the names that the Flux Operator wants', () => {
    const named = (kind: string, name: string) =>
      conflictingFields(parseObject(`{ apiVersion: fluxcd.controlplane.io/v1, kind: ${kind}, metadata: { name: ${name} }, spec: {} }`));
    expect(named('FluxInstance', 'other')).toMatchObject([{ pointer: '/metadata/name' }]);
    expect(named('FluxReport', 'other')).toMatchObject([{ pointer: '/metadata/name' }]);
    expect(named('FluxInstance', 'flux')).toEqual([]);
  });

  it.each([
    [bucket, '{ provider: UNKNOWN, sts: { provider: aws }, serviceAccountName: a }'],
    [git, '{ provider: UNKNOWN, serviceAccountName: a }'],
    [helm, '{ url: UNKNOWN, type: UNKNOWN }'],
    [release, '{ chart: UNKNOWN, kubeConfig: UNKNOWN, upgrade: { strategy: { name: UNKNOWN, retryInterval: 1m } } }'],
    [policy, '{ policy: UNKNOWN, digestReflectionPolicy: UNKNOWN, interval: 1m }'],
    [receiver, '{ type: UNKNOWN }'],
    [instance, '{ cluster: { multitenantWorkloadIdentity: UNKNOWN }, sync: { kind: UNKNOWN, provider: gcp } }'],
    [set, '{ resources: UNKNOWN, inputsFrom: [UNKNOWN, { name: UNKNOWN }] }'],
    [inputs, '{ type: UNKNOWN, url: UNKNOWN, secretRef: {}, insecure: true }'],
    [inputs, '{ type: ExternalService, url: "http://a", insecure: UNKNOWN }'],
  ])('never blames what is unknown in %s %s', (type, spec) => {
    const unknown = (node: Node): Node => {
      if (node.type === 'list') return { ...node, items: node.items.map(unknown) };
      if (node.type === 'map') return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: unknown(value) })) };
      return node.type === 'scalar' && node.text === 'UNKNOWN' ? { type: 'unknown', why: 'a variable', span: node.span, via: [] } : node;
    };
    const root = unknown(objectOf(type, spec));
    expect(isMap(root) && conflictingFields(root)).toEqual([]);
  });

  it('has a case here for every rule', () => {
    const reported = new Set(wrong.flatMap(([type, spec]) => conflictingFields(objectOf(type, spec)).map(({ message }) => message)));
    const rules = [...fieldRules.values()].flat().filter(({ message }) => !message.includes('must be called flux'));
    expect(rules.filter(({ message }) => !reported.has(message))).toEqual([]);
  });
});
