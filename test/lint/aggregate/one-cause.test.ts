import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../src/lint/fix/apply-fixes.ts';
import { lintTexts, type Texts } from '../../fixture.ts';

const overlay = (name: string, more = ''): Texts => ({
  [`apps/${name}/kustomization.yaml`]: `bases:${more}\n  - ../../base\n`,
});

const fleet: Texts = {
  'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  'clusters/production/kustomization.yaml': 'resources: [../../apps/eu, ../../apps/us, ../../apps/uk]\n',
  'base/kustomization.yaml': 'resources: [config.yaml]\n',
  'base/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop, namespace: default }\n',
};
const suffixed = (name: string): Texts => ({
  [`apps/${name}/kustomization.yaml`]: `${overlay(name)[`apps/${name}/kustomization.yaml`]}nameSuffix: -${name}\n`,
});
const three: Texts = { ...fleet, ...suffixed('eu'), ...suffixed('uk'), ...suffixed('us') };
const only = ['build/deprecated-field'];

describe('what has one cause', () => {
  it('is told at its first place, with the count, the next places and one fix for all', () => {
    const { findings, summary } = lintTexts(three, { only });
    expect(findings).toHaveLength(1);
    expect(summary).toMatchObject({ warnings: 1, fixable: 1 });
    const [finding] = findings;
    expect(finding?.location.path).toBe('apps/eu/kustomization.yaml');
    expect(finding?.message).toMatch(/ So it is in 2 more places\.$/);
    expect(finding?.related.map(({ location }) => location.path)).toEqual(['apps/uk/kustomization.yaml', 'apps/us/kustomization.yaml']);
    const { texts } = applyFixes(findings, (path) => three[path], ['safe']);
    expect(lintTexts({ ...three, ...texts }, { only }).findings).toEqual([]);
  });

  it('is left apart for whoever asks', () => {
    expect(lintTexts(three, { only, isApart: true }).findings).toHaveLength(3);
  });

  it('hides nothing behind a comment on one of the places', () => {
    const commented = {
      ...three,
      'apps/eu/kustomization.yaml': `# flux-lint-disable-next-line build/deprecated-field -- an old client\n${three['apps/eu/kustomization.yaml']}`,
    };
    const { findings, summary } = lintTexts(commented, { only });
    expect(summary.suppressed).toBe(1);
    expect(findings.map(({ location }) => location.path)).toEqual(['apps/uk/kustomization.yaml']);
    expect(findings[0]?.message).toMatch(/ So it is in 1 more place\.$/);
  });

  it('hides nothing behind a baseline that has one of the places', () => {
    const [known] = lintTexts(three, { only, isApart: true }).findings;
    const entries = known ? [{ fingerprint: known.fingerprint, ruleId: known.ruleId, path: known.location.path }] : [];
    const { findings } = lintTexts(three, { only, baseline: { entries, update: false } });
    expect(findings[0]?.message).toMatch(/ So it is in 1 more place\.$/);
  });

  it('is two findings where one of them is of another severity', () => {
    const config = 'overrides:\n  - files: [apps/uk/**]\n    rules:\n      build/deprecated-field: error\n';
    const { findings } = lintTexts({ ...three, '.flux-lint.yaml': config }, { only });
    expect(findings.map(({ severity }) => severity).sort()).toEqual(['error', 'warning']);
  });
});
