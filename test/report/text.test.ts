/** How much the report for people says, and in which order. */
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/lint/result.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Severity } from '../../src/model/severity.ts';
import type { ReportOptions } from '../../src/report/check/check-report.ts';
import { jsonReport } from '../../src/report/check/json.ts';
import { textReport } from '../../src/report/check/text.ts';
import { runMain } from '../cli/run-main.ts';
import { cleanResult, sampleResult } from './sample.ts';

const plain: ReportOptions = { colour: new Chalk({ level: 0 }), width: 100, verbose: false, quiet: false };
const fixture = (name: string) => `../../fixtures/reports/check/${name}`;

const finding = (ruleId: string, path: string, more: Partial<Finding> = {}): Finding => ({
  ruleId,
  severity: 'warning',
  message: 'Flux does not try again.',
  location: { path, line: 2, column: 1, endLine: 2, endColumn: 9 },
  related: [],
  reach: { clusters: [], environments: [], tenants: [] },
  fingerprint: `${ruleId} ${path}`,
  ...more,
});

const resultOf = (findings: readonly Finding[], sources: Readonly<Record<string, string>> = {}): CheckResult => {
  const count = (severity: Severity) => findings.filter((each) => each.severity === severity).length;
  const summary = { ...cleanResult.summary, errors: count('error'), warnings: count('warning'), infos: count('info') };
  return { ...cleanResult, findings, summary, sources: new Map(Object.entries(sources)) };
};

const production = { clusters: ['prod-01'], environments: ['production'], tenants: [] };
const staging = { clusters: ['staging'], environments: ['staging'], tenants: [] };

const crowd = resultOf([
  ...Array.from({ length: 30 }, (_, index) => finding('reliability/missing-remediation', `apps/a-${index}.yaml`, { reach: staging })),
  ...Array.from({ length: 4 }, (_, index) => finding('security/missing-provider', `apps/b-${index}.yaml`, { reach: production })),
  finding('build/empty', 'apps/c.yaml', { severity: 'error', reach: staging }),
  finding('build/cycle', 'apps/d.yaml', { severity: 'error', reach: production }),
  finding('build/stray-file', 'apps/e.yaml', { severity: 'info' }),
]);

const headsOf = (text: string) => [...text.matchAll(/^ {2}\d+:\d+ {2}(?:error|warning|info) {2}(\S+)/gm)].map(([, rule]) => rule);

describe('many warnings', () => {
  it('have a line for each rule, below errors in full', async () => {
    await expect(textReport(crowd, plain)).toMatchFileSnapshot(fixture('text-many.txt'));
  });

  it('fit into one screen, as wide as lines are', () => {
    const rules = Array.from({ length: 25 }, (_, rule) =>
      Array.from({ length: 40 }, (_, index) => finding(`reliability/rule-${rule}`, `apps/${index}.yaml`)),
    );
    const text = textReport(resultOf(rules.flat()), { ...plain, width: Number.POSITIVE_INFINITY });
    expect(text.split('\n').length).toBeLessThan(60);
  });

  it('are listed where their rules were asked for', () => {
    const text = textReport(crowd, { ...plain, isNarrowed: true });
    expect(text.match(/^ {2}apps\/[ab]-\d+\.yaml:2:1 {2}warning/gm)).toHaveLength(34);
  });

  it('are told in full with --verbose, infos too', () => {
    expect(headsOf(textReport(crowd, { ...plain, verbose: true }))).toHaveLength(37);
  });
});

describe('a few warnings', () => {
  const lines = `${'text: |\n'.repeat(3)}`;
  const few = (count: number) => {
    const paths = Array.from({ length: count }, (_, index) => `apps/${index}.yaml`);
    return resultOf(
      paths.map((path) => finding('build/empty', path)),
      Object.fromEntries(paths.map((path) => [path, lines])),
    );
  };

  it('are told in full, with the lines they mean while the screen has room', () => {
    expect(textReport(few(2), plain)).toMatch(/> 2 │ text/);
    const ten = textReport(few(10), plain);
    expect(ten.match(/^apps\/\d\.yaml:2:1 {2}warning {2}build\/empty$/gm)).toHaveLength(10);
    expect(ten).not.toContain('│');
    expect(ten.split('\n').length).toBeLessThan(60);
  });
});

describe('the order', () => {
  it('is the severity, then what reaches production, then the path', () => {
    expect(headsOf(textReport(crowd, plain))).toEqual(['build/cycle', 'build/empty']);
    const [first, second] = textReport(crowd, plain).match(/^ +\d+ {2}\S+$/gm) ?? [];
    expect([first?.trim(), second?.trim()]).toEqual(['4  security/missing-provider', '30  reliability/missing-remediation']);
  });
});

describe('the same edit in sibling files', () => {
  const clusters = ['blue', 'green', 'red', 'white', 'gray', 'pink'];
  const path = (cluster: string) => `clusters/${cluster}/istio.yaml`;
  const text = 'kind: HelmRelease\nversion: 1.20\nversion: 1.20\n';
  const edit = (cluster: string, more: Partial<Finding> = {}) =>
    finding('reliability/unpinned-version', path(cluster), {
      message: `HelmRelease istio of ${cluster} takes any version.`,
      reach: { clusters: [cluster], environments: [], tenants: [] },
      ...more,
    });
  const shown = (findings: readonly Finding[], texts: Readonly<Record<string, string>> = {}) =>
    textReport(resultOf(findings, { ...Object.fromEntries(clusters.map((cluster) => [path(cluster), text])), ...texts }), plain);

  it('is one finding with six places, which reaches six clusters', async () => {
    await expect(shown(clusters.map((cluster) => edit(cluster)))).toMatchFileSnapshot(fixture('text-siblings.txt'));
  });

  it.each([
    ['another line', { [path('red')]: 'kind: HelmRelease\nversion: 1.19\n' }, {}],
    ['another message', {}, { message: 'HelmRelease linkerd takes any version.' }],
    ['another severity', {}, { severity: 'error' }],
  ] as const)('is not %s', (_, texts, more) => {
    expect(headsOf(shown([edit('blue'), edit('red', more)], texts))).toHaveLength(2);
  });

  it('is not another place in the same file', () => {
    const second = edit('blue', { location: { path: path('blue'), line: 3, column: 1, endLine: 3, endColumn: 9 } });
    expect(headsOf(shown([edit('blue'), second]))).toHaveLength(2);
  });
});

describe('--group-by', () => {
  it.each(['rule', 'file', 'cluster', 'none'] as const)('%s lists every finding once for each', async (groupBy) => {
    await expect(textReport(sampleResult, { ...plain, groupBy })).toMatchFileSnapshot(fixture(`text-by-${groupBy}.txt`));
  });

  it('is refused for what there is not', async () => {
    expect(await runMain(['--group-by', 'severity'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('rule, file, cluster, none'),
    });
  });
});

describe('--statistics', () => {
  it('counts by rule and severity', async () => {
    await expect(textReport(crowd, { ...plain, statistics: true })).toMatchFileSnapshot(fixture('text-statistics.txt'));
  });

  it('stands in JSON beside the findings', () => {
    const { statistics, findings } = JSON.parse(jsonReport(crowd, { statistics: true }));
    expect(findings).toHaveLength(37);
    expect(statistics[0]).toEqual({ ruleId: 'build/cycle', severity: 'error', fixable: 0, count: 1 });
    expect(JSON.parse(jsonReport(crowd))).not.toHaveProperty('statistics');
  });

  it('is for text and JSON', async () => {
    expect(await runMain(['--statistics', '--format', 'sarif'])).toMatchObject({ code: 2 });
    expect(await runMain(['--statistics'], { env: { GITHUB_ACTIONS: 'true' } })).toMatchObject({
      stdout: expect.stringMatching(/^1 {2}error/),
    });
  });
});
