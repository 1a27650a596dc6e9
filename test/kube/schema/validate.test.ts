import { describe, expect, it } from 'vitest';
import { validateObject } from '../../../src/kube/schema/schemas.ts';
import { withEntry } from '../../../src/yaml/edit.ts';
import { child, type MapNode, type UnknownNode } from '../../../src/yaml/node.ts';
import { parseObject } from './parse-object.ts';

const kustomization = (...lines: readonly string[]) =>
  parseObject(`
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
${lines.map((line) => `  ${line}`).join('\n')}
`);

describe('validateObject', () => {
  it('finds nothing in what is right', () => {
    expect(validateObject(kustomization('path: ./apps', 'postBuild: { substitute: { A: b } }'))).toEqual([]);
  });

  it.each([
    [
      'retryInterval: 10',
      { type: 'invalid-value', pointer: '/spec/retryInterval' },
      'spec.retryInterval must be a duration such as "10m" or "1h30m" (units ms, s, m, h); it is the number 10.',
    ],
    [
      'timeout: 1d',
      { type: 'invalid-value', pointer: '/spec/timeout' },
      'spec.timeout must be a duration such as "10m" or "1h30m" (units ms, s, m, h); it is "1d".',
    ],
    ['wait: "true"', { type: 'invalid-value', pointer: '/spec/wait' }, 'spec.wait must be true or false; it is "true".'],
    ['dependsOn: infra', { type: 'invalid-value', pointer: '/spec/dependsOn' }, 'spec.dependsOn must be a list; it is "infra".'],
    [
      'dependsOn: [infra]',
      { type: 'invalid-value', pointer: '/spec/dependsOn/0' },
      'spec.dependsOn[0] must be a map with name, namespace and readyExpr; it is "infra".',
    ],
    [
      'dependsOn: [{ namespace: a }]',
      { type: 'missing-field', pointer: '/spec/dependsOn/0/name' },
      'spec.dependsOn[0].name is required: a string.',
    ],
    [
      'deletionPolicy: delete',
      { type: 'invalid-value', pointer: '/spec/deletionPolicy', nearest: 'Delete' },
      'spec.deletionPolicy must be one of MirrorPrune, Delete, Orphan, WaitForTermination; it is "delete".',
    ],
    ['timout: 1m', { type: 'unknown-field', pointer: '/spec/timout', nearest: 'timeout' }, 'Kustomization has no field spec.timout.'],
    [
      'substitute: { a: b }',
      { type: 'unknown-field', pointer: '/spec/substitute', belongs: '/spec/postBuild/substitute' },
      'Kustomization has no field spec.substitute. It is a field of spec.postBuild.',
    ],
    [
      'decryption: { provider: sops, key: a }',
      { type: 'unknown-field', pointer: '/spec/decryption/key' },
      'Kustomization has no field spec.decryption.key. spec.decryption takes provider, secretRef and serviceAccountName.',
    ],
    [
      'targetNamespace: ""',
      { type: 'invalid-value', pointer: '/spec/targetNamespace' },
      'spec.targetNamespace must be a string of 1 to 63 characters; it is "".',
    ],
    [
      'postBuild: { substitute: { PORT: 8080 } }',
      { type: 'invalid-value', pointer: '/spec/postBuild/substitute/PORT' },
      'spec.postBuild.substitute.PORT must be a string; it is the number 8080.',
    ],
  ])('%s', (line, error, message) => {
    expect(validateObject(kustomization(line))).toEqual([expect.objectContaining({ ...error, message })]);
  });

  it('finds the place that a field belongs to', () => {
    const root = parseObject(`
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: a }
spec:
  interval: 10m
  chart: { spec: { chart: a, timeout: 5m, sourceRef: { kind: HelmRepository, name: a } } }
  createNamespace: true
  retries: 3
`);
    expect(validateObject(root)).toMatchObject([
      { pointer: '/spec/chart/spec/timeout', belongs: '/spec/timeout' },
      { pointer: '/spec/createNamespace', belongs: '/spec/install/createNamespace' },
      { pointer: '/spec/retries', belongs: undefined },
    ]);
  });

  it('takes null for not set', () => {
    expect(validateObject(kustomization('path: ~', 'wait: null'))).toEqual([]);
    expect(validateObject(kustomization('dependsOn: [{ name: ~ }]'))).toMatchObject([
      { type: 'missing-field', pointer: '/spec/dependsOn/0/name' },
    ]);
  });

  it('reports a misspelt required field once', () => {
    const root = parseObject(`
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: a }
spec: { ulr: https://charts.example.com }
`);
    expect(validateObject(root)).toMatchObject([{ type: 'unknown-field', pointer: '/spec/ulr', nearest: 'url' }]);
  });

  it('asks for a spec, and for nothing that has a default', () => {
    const oci = 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: a }\n';
    expect(validateObject(parseObject(oci))).toMatchObject([{ type: 'missing-field', pointer: '/spec' }]);
    expect(validateObject(parseObject(`${oci}spec: { interval: 5m, url: 'oci://a/b', verify: {} }`))).toEqual([]);
  });

  it('never blames what is unknown', () => {
    const unknown: UnknownNode = { type: 'unknown', why: 'a variable', span: { path: 'a', start: 0, end: 0 }, via: [] };
    const root = kustomization();
    const spec = child(root, 'spec') as MapNode; // the document above has one
    expect(validateObject(withEntry(root, 'spec', unknown))).toEqual([]);
    expect(validateObject(withEntry(root, 'spec', withEntry(withEntry(spec, 'interval', unknown), 'sourceRef', unknown)))).toEqual([]);
  });

  it('knows what came with which minor', () => {
    const root = kustomization('ignoreMissingComponents: true', 'deletionPolicy: WaitForTermination');
    expect(validateObject(root, '2.7')).toEqual([]);
    expect(validateObject(root, '2.5')).toMatchObject([
      { type: 'unknown-field', since: '2.7', message: 'spec.ignoreMissingComponents came with Flux 2.7; Flux 2.5 does not know it.' },
      {
        type: 'invalid-value',
        since: '2.6',
        message: 'spec.deletionPolicy can be "WaitForTermination" only since Flux 2.6; this is Flux 2.5.',
      },
    ]);
  });

  it('leaves status and foreign kinds alone', () => {
    expect(validateObject(parseObject('apiVersion: v1\nkind: ConfigMap\ndata: 1'))).toEqual([]);
    expect(validateObject(withEntry(kustomization(), 'status', kustomization()))).toEqual([]);
  });

  it('takes the fields of a kustomization file in any letter case', () => {
    const file = parseObject(
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nResources: [a.yaml]\nimages: [{ name: a, newTag: 1.10 }]\nbase: []',
    );
    expect(validateObject(file)).toMatchObject([
      { type: 'invalid-value', pointer: '/images/0/newTag', message: 'images[0].newTag must be a string; it is the number 1.10.' },
      { type: 'unknown-field', pointer: '/base', nearest: 'bases' },
    ]);
  });
});
