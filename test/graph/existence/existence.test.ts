import { expect, it } from 'vitest';
import { evaluateWorkspace } from '../../../src/analyze.ts';
import type { ExistenceVerdict } from '../../../src/graph/existence/existence.ts';
import type { Wanted } from '../../../src/graph/existence/wanted.ts';
import { lintTexts, type Texts, workspaceOf } from '../../fixture.ts';

const sync = { 'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n' };

const inCluster = (text: string, more: Texts = {}): Texts => ({ ...sync, 'clusters/production/all.yaml': text, ...more });

const ask = (texts: Texts, wanted: Wanted): ExistenceVerdict =>
  evaluateWorkspace(workspaceOf(texts)).graph.existence.of('production', wanted);

const object = (kind: string, name: string, { apiVersion = 'v1', namespace = 'shop', rest = '' } = {}) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\n${rest}\n---\n`;

const secret = (name: string, namespace = 'shop'): Wanted => ({ kind: 'Secret', namespace, name });

const elsewhere = (rest = '') =>
  object('GitRepository', 'platform', {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    namespace: 'flux-system',
    rest: 'spec: { url: https://git.example.com/acme/platform }',
  }) +
  object('Kustomization', 'platform', {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    namespace: 'flux-system',
    rest: `spec:\n  path: ./\n  sourceRef: { kind: GitRepository, name: platform }\n${rest}`,
  });

it('is no where everything that could make it is known', () => {
  expect(ask(inCluster(object('Secret', 'a')), secret('b'))).toEqual({ answer: 'no' });
  expect(ask(inCluster(object('Secret', 'a')), secret('a'))).toEqual({ answer: 'exists' });
  expect(ask(inCluster(object('Secret', 'a')), secret('a', 'other'))).toEqual({ answer: 'no' });
});

it('tells kinds of different groups apart', () => {
  const texts = inCluster(object('Bucket', 'assets', { apiVersion: 's3.aws.example.com/v1' }));
  expect(ask(texts, { kind: 'Bucket', namespace: 'shop', name: 'assets' }).answer).toBe('exists');
  expect(ask(texts, { group: 'source.toolkit.fluxcd.io', kind: 'Bucket', namespace: 'shop', name: 'assets' }).answer).toBe('no');
});

it('is unknown where content is not at hand, narrowed by targetNamespace', () => {
  expect(ask(inCluster(elsewhere()), secret('a')).answer).toBe('unknown');
  expect(ask(inCluster(elsewhere('  targetNamespace: shop')), secret('a')).answer).toBe('unknown');
  expect(ask(inCluster(elsewhere('  targetNamespace: other')), secret('a')).answer).toBe('no');
});

it('is narrowed by the rights of the account', () => {
  const binding = (kind: string, namespace: string) =>
    object(kind, 'deployer', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      namespace,
      rest: 'subjects: [{ kind: ServiceAccount, name: deployer, namespace: flux-system }]',
    });
  const texts = (more: string) => inCluster(elsewhere('  serviceAccountName: deployer') + more);
  expect(ask(texts(binding('RoleBinding', 'other')), secret('a')).answer).toBe('no');
  expect(ask(texts(binding('RoleBinding', 'shop')), secret('a')).answer).toBe('unknown');
  expect(ask(texts(binding('RoleBinding', 'other') + binding('ClusterRoleBinding', 'other')), secret('a')).answer).toBe('unknown');
  // Whoever gives it rights is not here.
  expect(ask(texts(''), secret('a')).answer).toBe('unknown');
});

it('is narrowed by the kinds that a template makes', () => {
  const set = (resources: string) =>
    inCluster(
      object('ResourceSet', 'all', {
        apiVersion: 'fluxcd.controlplane.io/v1',
        rest: `spec: { inputsFrom: [{ name: elsewhere }], resources: [${resources}] }`,
      }),
    );
  expect(ask(set('{ kind: ConfigMap }'), secret('a')).answer).toBe('no');
  expect(ask(set('{ kind: Secret }'), secret('a')).answer).toBe('unknown');
  expect(ask(set('{ kind: Kustomization }'), secret('a')).answer).toBe('unknown');
});

it('is closed by a template of which everything is known', () => {
  const set = (name: string) =>
    inCluster(
      object('ResourceSet', 'all', {
        apiVersion: 'fluxcd.controlplane.io/v1',
        rest: `spec: { inputs: [{ name: ${name} }], resources: [{ apiVersion: v1, kind: Secret, metadata: { name: << inputs.name >>, namespace: shop } }] }`,
      }),
    );
  expect(ask(set('b'), secret('a')).answer).toBe('no');
  expect(ask(set('a'), secret('a')).answer).toBe('exists');
});

it('is opened by a chart for the kinds that charts make, in the namespace it goes to', () => {
  const texts = inCluster(
    object('HelmRelease', 'shop', { apiVersion: 'helm.toolkit.fluxcd.io/v2', rest: 'spec: { targetNamespace: store }' }),
  );
  expect(ask(texts, secret('a', 'store')).answer).toBe('unknown');
  expect(ask(texts, secret('a', 'shop')).answer).toBe('no');
  expect(ask(texts, { kind: 'GitRepository', namespace: 'store', name: 'a' }).answer).toBe('no');
  expect(ask(texts, { kind: 'CustomResourceDefinition', namespace: undefined, name: 'a' }).answer).toBe('unknown');
  expect(ask(texts, { kind: 'Namespace', namespace: undefined, name: 'store' }).answer).toBe('no');
});

it('exists where a controller makes it of something here', () => {
  const external = object('ExternalSecret', 'vault', { apiVersion: 'external-secrets.io/v1', rest: 'spec: { target: { name: a } }' });
  expect(ask(inCluster(external), secret('a')).answer).toBe('exists');
  expect(ask(inCluster(external), secret('vault')).answer).toBe('unknown');
  expect(ask(inCluster(object('SealedSecret', 'a', { apiVersion: 'bitnami.com/v1alpha1' })), secret('a')).answer).toBe('exists');
  const database = object('Cluster', 'orders', { apiVersion: 'postgresql.cnpg.io/v1' });
  expect(ask(inCluster(database), secret('orders-app')).answer).toBe('unknown');
  expect(ask(inCluster(database), secret('orders-app', 'other')).answer).toBe('no');
  const reflected = object('Secret', 'a', { namespace: 'vault' }).replace(
    'namespace: vault',
    'namespace: vault, annotations: { reflector.v1.k8s.emberstack.com/reflection-auto-enabled: "true" }',
  );
  expect(ask(inCluster(reflected), secret('a')).answer).toBe('exists');
});

it('is unknown where Terraform or a script names it', () => {
  const nothing = object('ConfigMap', 'shop');
  expect(ask(inCluster(nothing, { 'main.tf': 'resource "kubernetes_secret" "x" { metadata { name = "a" } }' }), secret('a')).answer).toBe(
    'unknown',
  );
  const script = { 'README.md': 'Run:\n\n    kubectl -n shop create secret generic \\\n      a --from-file=x\n\nThen wait for b.\n' };
  expect(ask(inCluster(nothing, script), secret('a')).answer).toBe('unknown');
  expect(ask(inCluster(nothing, script), secret('b')).answer).toBe('no');
});

it('always has what every installation has', () => {
  const texts = inCluster(object('ConfigMap', 'shop'));
  for (const wanted of [
    { kind: 'GitRepository', namespace: 'flux-system', name: 'flux-system' },
    { kind: 'Namespace', namespace: undefined, name: 'kube-system' },
    { kind: 'Namespace', namespace: undefined, name: 'flux-system' },
    { kind: 'ServiceAccount', namespace: 'shop', name: 'default' },
    { kind: 'ServiceAccount', namespace: 'flux-system', name: 'kustomize-controller' },
  ]) {
    expect(ask(texts, wanted), wanted.name).toEqual({ answer: 'exists' });
  }
});

it('makes an error of what is proven, an info of what may come from elsewhere, nothing of what is told already', () => {
  const apps = (source: string) =>
    object('Kustomization', 'apps', {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      namespace: 'flux-system',
      rest: `spec: { path: ./, sourceRef: { kind: GitRepository, name: ${source} } }`,
    });
  const severities = (text: string) =>
    lintTexts(inCluster(text), { only: ['references/unknown-source'] }).findings.map(({ severity }) => severity);
  expect(severities(apps('absent'))).toEqual(['error']);
  expect(severities(apps('absent') + apps('missing').replace('name: apps', 'name: jobs'))).toEqual(['error', 'error']);
  expect(severities(apps('absent') + elsewhere())).toEqual(['info']);
  // One letter away from what is there.
  expect(severities(apps('platfrom') + elsewhere())).toEqual(['error']);
  expect(lintTexts({ 'library/all.yaml': apps('absent') }, { only: ['references/unknown-source'] }).findings).toEqual([]);
});

it('does not let a chart bring the values it needs itself', () => {
  const release = (name: string) =>
    object('HelmRelease', name, {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      rest: 'spec: { valuesFrom: [{ kind: Secret, name: absent }] }',
    });
  const said = (text: string) =>
    lintTexts(inCluster(text), { only: ['references/unknown-values-source'] }).findings.map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  expect(said(release('shop'))).toEqual([expect.stringMatching(/^info: .*often made outside of git/)]);
  const vault = object('HelmRelease', 'vault', { apiVersion: 'helm.toolkit.fluxcd.io/v2' });
  expect(said(release('shop') + vault)).toEqual([expect.stringMatching(/^info: .*chart of HelmRelease vault/)]);
});
