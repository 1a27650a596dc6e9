import { describe, expect, it } from 'vitest';
import { lintTexts, type Texts } from '../fixture.ts';

const kustomization = (name: string, path: string, more = '') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system }
  targetNamespace: ${name}
${more}`;

const fleet = (clusters: readonly string[], apps: string): Texts =>
  Object.fromEntries(
    clusters.flatMap((name) => [
      [`clusters/${name}/flux-system/gotk-sync.yaml`, '# written by flux bootstrap\n'],
      [`clusters/${name}/apps.yaml`, apps],
    ]),
  );

const shared = (entry: string): Texts => ({
  'billing/kustomization.yaml': `resources: [config.yaml, ${entry}]\n`,
  'billing/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
});

describe('a build that fails', () => {
  const both = `${kustomization('billing', './billing')}---\n${kustomization('orders', './billing')}`;

  it('is one finding over all clusters, which says what it stops', () => {
    const { findings, notJudged } = lintTexts({ ...fleet(['production', 'staging'], both), ...shared('none.yaml') });
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ ruleId }) => ruleId)).toEqual(['build/missing-resource']);
    expect(errors[0]?.reach).toMatchObject({ clusters: ['production', 'staging'], environments: ['production', 'staging'] });
    expect(errors[0]?.message).toMatch(/ 4 Kustomizations on 2 clusters are not deployed until this is fixed\.$/);
    expect(notJudged).toContainEqual(expect.objectContaining({ reason: 'the Kustomization does not build', count: 4 }));
  });

  it('names the one Kustomization that it stops', () => {
    const { findings } = lintTexts({ ...fleet(['production'], kustomization('billing', './billing')), ...shared('none.yaml') });
    expect(findings[0]?.message).toMatch(/ flux-system\/billing is not deployed until this is fixed\.$/);
  });
});

it('what lies behind a missing path or source is counted, not reported', () => {
  const apps = `${kustomization('billing', './biling')}---\n${kustomization('orders', './orders').replace('name: flux-system }\n  target', 'name: elsewhere }\n  target')}`;
  const { findings, notJudged } = lintTexts({ ...fleet(['production'], apps), ...shared('none.yaml') });
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ ruleId }) => ruleId);
  expect(errors).toEqual(['references/unknown-path', 'references/unknown-source']);
  expect(notJudged.map(({ reason, count }) => [reason, count])).toEqual([
    ['the path of the Kustomization is missing', 1],
    ['the source of the Kustomization is missing', 1],
  ]);
});

it('what is fetched from a URL is counted once, however hidden the info on it', () => {
  const url = 'https://github.com/acme/operator/releases/download/v1.2.0/crds.yaml';
  const { notJudged } = lintTexts({
    ...fleet(['production', 'staging'], kustomization('billing', './billing')),
    'billing/kustomization.yaml': `resources:\n  - ${url}\n`,
  });
  expect(notJudged).toEqual([
    {
      reason: 'what a kustomization fetches from a URL',
      count: 1,
      examples: [url],
      howTo: 'Commit what it holds, or make it a source.',
    },
  ]);
});

describe('a fingerprint', () => {
  const waiting = (before: string) =>
    lintTexts(
      {
        ...fleet(['production'], `${before}${kustomization('billing', './billing', '  dependsOn: [{ name: databases }]\n')}`),
        'billing/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
      },
      { only: ['references/unknown-dependency'] },
    ).findings;

  it('outlives edits elsewhere in the file', () => {
    const [before] = waiting('');
    const [after] = waiting('# a comment\n\n');
    expect(after?.location.line).toBe((before?.location.line ?? 0) + 2);
    expect(after?.fingerprint).toBe(before?.fingerprint);
  });

  it('tells equal problems of one object apart', () => {
    const { findings } = lintTexts(
      fleet(['production'], kustomization('billing', './', '  dependsOn: [{ name: databases }, { name: queues }]\n')),
      { only: ['references/unknown-dependency'] },
    );
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('tells equal suppressions of one file apart', () => {
    const comment = '# flux-lint-disable-file references/unknown-path -- gone\n';
    const { findings } = lintTexts(fleet(['production'], `${comment}${comment}${kustomization('billing', './clusters')}`));
    const unused = findings.filter(({ ruleId }) => ruleId === 'lint/unused-suppression');
    expect(unused).toHaveLength(2);
    expect(new Set(unused.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });
});

it('weighs what clusters run into by them, not by what nobody applies', () => {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: shop }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: shop }, values: { auth: { password: Tr0ub4dor-and-3 } } }
`;
  const texts: Texts = {
    'clusters/kind/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    'clusters/kind/kustomization.yaml': 'resources: [../../base]\n',
    'base/kustomization.yaml': 'resources: [release.yaml]\n',
    'base/release.yaml': release,
    'overlays/unused/kustomization.yaml': 'resources: [../../base]\n',
  };
  const { findings } = lintTexts(texts, { only: ['security/inline-credential'] });
  expect(findings.map(({ severity }) => severity)).toEqual(['info']);
});
