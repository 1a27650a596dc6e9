/** What readers of the reports refuse or cut is not sent to them; the documents that say so are named beside the limits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { ClusterImpact, ObjectChange } from '../../src/impact/impact.ts';
import type { CheckResult } from '../../src/lint/result.ts';
import type { Finding } from '../../src/model/finding.ts';
import { cells } from '../../src/report/cells.ts';
import { githubReport } from '../../src/report/check/github.ts';
import { gitlabReport } from '../../src/report/check/gitlab.ts';
import { jsonReport } from '../../src/report/check/json.ts';
import { junitReport } from '../../src/report/check/junit.ts';
import { markdownReport } from '../../src/report/check/markdown.ts';
import { sarifReport } from '../../src/report/check/sarif.ts';
import { textReport } from '../../src/report/check/text.ts';
import type { ImpactReport } from '../../src/report/impact/impact-report.ts';
import { impactMarkdown } from '../../src/report/impact/markdown.ts';
import { readLog } from '../action/log-commands.ts';
import { crowd } from './crowd.ts';
import { everyRule } from './every-rule.ts';
import { cleanResult, sampleResult, sampleRules } from './sample.ts';

const megabyte = 1_000_000;
const many = crowd({ count: 21_000, places: 3 });
const withFinding = (change: Partial<Finding>): CheckResult => {
  const [finding] = sampleResult.findings;
  if (!finding) throw new Error('the sample is empty');
  return { ...cleanResult, findings: [{ ...finding, ...change }] };
};

/** Fixtures of rules put a name before the hash, so that they do not meet. */
const withHashes = (result: CheckResult): CheckResult => ({
  ...result,
  findings: result.findings.map((finding) => ({ ...finding, fingerprint: finding.fingerprint.replace(/^.* /, '') })),
});

interface Place {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string } };
}
interface Log {
  readonly runs: readonly {
    readonly automationDetails: { readonly id: string };
    readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
    readonly originalUriBaseIds: Readonly<Record<string, { readonly uri?: string }>>;
    readonly results: readonly Result[];
  }[];
}
interface Rule {
  readonly id: string;
  readonly name: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string };
  readonly properties: { readonly tags: readonly string[]; readonly 'security-severity'?: string };
}
interface Result {
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Place[];
  readonly relatedLocations?: readonly Place[];
  readonly codeFlows?: readonly { readonly threadFlows: readonly { readonly locations: readonly unknown[] }[] }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}
const logOf = (text: string): Log => JSON.parse(text);
const resultsOf = (text: string): readonly Result[] => logOf(text).runs.flatMap(({ results }) => results);

describe('sarif, as GitHub takes it', () => {
  it.each([
    ['many findings', many],
    ['many findings that each name hundreds of places', crowd({ count: 5000, places: 300 })],
    ['some findings that each name thousands of places', crowd({ count: 90, places: 3000 })],
  ])('of %s is neither refused nor cut', (_, result) => {
    const text = sarifReport(result);
    expect(gzipSync(text).length).toBeLessThan(10 * megabyte);
    const [run, ...others] = logOf(text).runs;
    expect(others).toEqual([]);
    expect(run?.results.length).toBe(Math.min(5000, result.findings.length));
    for (const { locations, relatedLocations = [], codeFlows = [] } of run?.results ?? []) {
      expect(locations).toHaveLength(1);
      expect(relatedLocations.length).toBeGreaterThan(0);
      expect(locations.length + relatedLocations.length).toBeLessThanOrEqual(1000);
      const steps = codeFlows.flatMap(({ threadFlows }) => threadFlows.flatMap((flow) => flow.locations));
      expect(steps.length).toBeGreaterThan(0);
      expect(steps.length).toBeLessThanOrEqual(1000);
    }
  });

  it.each([
    ['ours', () => everyRule().rules],
    [
      'a plugin that has much to say',
      () =>
        sampleRules.map((rule) => ({
          ...rule,
          id: `acme/${'long-'.repeat(99)}`,
          summary: 'x\u{1f600}'.repeat(999),
          why: '\u{1f600}'.repeat(999),
        })),
    ],
  ])('has rules of a size that it shows: %s', (_, rules) => {
    const [run] = logOf(sarifReport({ ...cleanResult, rules: rules() })).runs;
    expect(run?.tool.driver.rules.length).toBeGreaterThan(0);
    expect(run?.tool.driver.rules.length).toBeLessThanOrEqual(25_000);
    for (const { id, name, shortDescription, fullDescription, help, properties } of run?.tool.driver.rules ?? []) {
      expect(id).not.toBe('');
      expect(name.length).toBeLessThanOrEqual(255);
      for (const { text } of [shortDescription, fullDescription]) {
        expect(text).not.toBe('');
        expect(text.length).toBeLessThanOrEqual(1024);
        expect(text).not.toMatch(/\p{Cs}/u);
      }
      expect(help.text).not.toBe('');
      expect(properties.tags.length).toBeLessThanOrEqual(10);
      const score = properties['security-severity'];
      expect(properties.tags.includes('security')).toBe(score !== undefined);
      if (score !== undefined) expect(score).toMatch(/^(\d|10)\.\d$/);
    }
  });

  it('leaves the fingerprint of a line to upload-sarif, where it can read the line', () => {
    const keys = (location: Partial<Finding['location']>) =>
      resultsOf(sarifReport(withFinding({ location: { path: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 2, ...location } }))).map(
        ({ partialFingerprints }) => Object.keys(partialFingerprints),
      );
    expect(keys({})).toEqual([['fluxLintFinding/v1']]);
    expect(keys({ repository: 'https://example.com/apps' })).toEqual([['primaryLocationLineHash', 'fluxLintFinding/v1']]);
    expect(keys({ revision: 'f00d' })).toEqual([['primaryLocationLineHash', 'fluxLintFinding/v1']]);
  });

  it('gives each root of a repository a category of its own', () => {
    const idOf = (folder: string) => logOf(sarifReport({ ...sampleResult, folder })).runs[0]?.automationDetails.id;
    expect(['', 'fleets/eu'].map(idOf)).toEqual(['flux-lint/', 'flux-lint/fleets/eu/']);
  });

  it.each([
    ['a b/c%d.yaml', 'a%20b/c%25d.yaml'],
    ['a:b/c#d?e.yaml', 'a%3Ab/c%23d%3Fe.yaml'],
    ['\u00e4/\u8acb.yaml', '%C3%A4/%E8%AB%8B.yaml'],
    ['a\\b[c].yaml', 'a%5Cb%5Bc%5D.yaml'],
  ])('names %s so that it is found again', (path, uri) => {
    const [result] = resultsOf(sarifReport(withFinding({ location: { path, line: 1, column: 1, endLine: 1, endColumn: 2 } })));
    expect(result?.locations[0]?.physicalLocation.artifactLocation).toEqual({ uri, uriBaseId: '%SRCROOT%' });
    expect(decodeURIComponent(uri)).toBe(path);
    // What upload-sarif takes for another scheme is never looked for.
    expect(new URL(uri, 'file:///work/').protocol).toBe('file:');
  });

  it.each([
    ['ssh://git@github.com/your-org/apps', 'ssh://git@github.com/', 'your-org/apps/x.yaml'],
    ['git@github.com:your-org/apps.git', 'ssh://git@github.com/', 'your-org/apps.git/x.yaml'],
    ['https://bot:secret@example.com/apps/', 'https://bot@example.com/', 'apps/x.yaml'],
    ['oci://ghcr.io/your-org/manifests', 'oci://ghcr.io/', 'your-org/manifests/x.yaml'],
    ['file:///srv/git/apps', 'file:///', 'srv/git/apps/x.yaml'],
  ])('takes no file of %s for one of this repository', (repository, base, uri) => {
    const text = sarifReport(withFinding({ location: { path: 'x.yaml', line: 1, column: 1, endLine: 1, endColumn: 2, repository } }));
    const [place] = resultsOf(text)[0]?.locations ?? [];
    expect(place?.physicalLocation.artifactLocation.uri).toBe(uri);
    const baseId = place?.physicalLocation.artifactLocation.uriBaseId ?? '';
    expect(logOf(text).runs[0]?.originalUriBaseIds[baseId]?.uri).toBe(base);
  });

  it('has messages that are text alone', () => {
    const message = 'see [here](https://evil.example) or [this](1)\u0000\u001b[2J\ud800';
    const [result] = resultsOf(sarifReport(withFinding({ message, hint: 'two\nlines' })));
    expect(result?.message.text).toBe('see [here] (https://evil.example) or [this] (1)\u2400\u241b[2J<U+D800> two lines');
  });
});

describe('several roots of one repository', () => {
  it.each([
    ['gitlab', (result: CheckResult) => JSON.parse(gitlabReport(result)).map(({ fingerprint }: { fingerprint: string }) => fingerprint)],
    [
      'sarif',
      (result: CheckResult) => resultsOf(sarifReport(result)).map(({ partialFingerprints }) => partialFingerprints['fluxLintFinding/v1']),
    ],
  ])('%s: do not share fingerprints', (_, fingerprints) => {
    const folders = ['', 'fleets/east', 'fleets/west'];
    const all = folders.flatMap((folder) => fingerprints({ ...sampleResult, suppressed: [], folder }));
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(folders.length * sampleResult.findings.length);
  });
});

describe('junit, as GitLab takes it', () => {
  it('has no more than 30 MB, the mildest left out and counted', () => {
    const long = { ...many, findings: many.findings.map((finding) => ({ ...finding, message: finding.message.repeat(8) })) };
    const text = junitReport(long);
    expect(Buffer.byteLength(text)).toBeLessThan(30 * megabyte);
    expect(Buffer.byteLength(text)).toBeGreaterThan(25 * megabyte);
    const tests = text.match(/<testcase /g)?.length ?? 0;
    const [, all, failures] = /<testsuites name="flux-lint" tests="(\d+)" failures="(\d+)"/.exec(text) ?? [];
    expect([Number(all), Number(failures)]).toEqual([tests, text.match(/<failure /g)?.length]);
    expect(text).toContain(`${21_001 - tests} findings of the least severity did not fit here.`);
    expect(text.match(/ type="error"/g)).toHaveLength(7000);
    const suites = [...text.matchAll(/<testsuite .*?tests="(\d+)"/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(suites).toBe(tests);
  });

  it('has them all where there is room', () => {
    expect(junitReport(many).match(/<testcase /g)).toHaveLength(21_001);
    expect(junitReport(many)).not.toContain('did not fit');
  });
});

describe('markdown, as GitHub takes it', () => {
  it.each([
    ['many findings', many],
    [
      'much that is not judged',
      { ...many, notJudged: Array.from({ length: 99 }, () => ({ reason: 'r'.repeat(200), count: 9, examples: ['e'.repeat(99)] })) },
    ],
  ])('of %s is a comment', (_, result) => {
    const text = markdownReport(result);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.length).toBeGreaterThan(64_000);
    expect(text).toMatch(/\n\d+ more findings did not fit here\./);
  });

  it('shows the others beside one that is longer than a comment', () => {
    const [first, ...rest] = sampleResult.findings;
    if (!first) throw new Error('the sample is empty');
    const text = markdownReport({ ...sampleResult, findings: [{ ...first, severity: 'error', message: 'x'.repeat(70_000) }, ...rest] });
    expect(text.match(/^\| `/gm)).toHaveLength(rest.length);
    expect(text).toContain('1 more finding did not fit here.');
  });
});

describe('impact markdown, as GitHub takes it', () => {
  const change = (index: number): ObjectChange => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: 'shop',
    name: `settings-${index}`,
    base: undefined,
    head: undefined,
    from: undefined,
    fields: [],
    causedBy: ['apps/a.yaml'],
    at: { span: { path: 'apps/a.yaml', start: 0, end: 1 }, via: [] },
    isRenamed: false,
    isPruned: true,
    leftBecause: undefined,
  });
  const cluster = (name: string, environment: string, count: number): ClusterImpact => ({
    name,
    environment: { environment, because: 'its name says so' },
    isProtected: environment === 'production',
    base: undefined,
    head: undefined,
    kustomizations: [
      {
        id: 'flux-system/apps',
        tenant: undefined,
        base: undefined,
        head: undefined,
        isHeld: false,
        added: [],
        changed: [],
        removed: Array.from({ length: count }, (_, index) => change(index)),
      },
    ],
  });
  const reportOf = (size: number): ImpactReport => ({
    base: 'a'.repeat(40),
    head: 'worktree',
    impact: {
      clusters: [cluster('prod', 'production', size), cluster('dev', 'development', 3)],
      changedFiles: Array.from({ length: size }, (_, index) => ({ path: `docs/${index}.md`, status: 'modified', reaches: false })),
      unknown: Array.from({ length: size }, (_, index) => ({
        cluster: 'prod',
        kustomization: `a/${index}`,
        reason: 'why',
        causedBy: [],
        isProtected: true,
      })),
    },
    findings: many.findings.slice(0, size),
    notJudged: [{ reason: 'the source is not mapped', count: size, examples: [] }],
  });

  it('is a comment, whatever the change is', () => {
    const text = impactMarkdown(reportOf(5000));
    expect(text.length).toBeLessThanOrEqual(65_536);
    for (const part of [
      '| **production** |',
      '- and 4950 more',
      '5000 Kustomizations could not be compared',
      '5000 changed files reaching',
    ])
      expect(text).toContain(part);
    expect(text).toContain('<details><summary>development</summary>');
    expect(text).not.toContain('<details><summary>production</summary>');
    expect(text).toContain('Not checked: the source is not mapped (5000)');
    expect(text.match(/Not all details fit here/g)).toHaveLength(1);
  });

  it('has all of a change that fits', () => {
    const text = impactMarkdown(reportOf(40));
    expect(text).not.toMatch(/Not all details fit|- and \d+ more/);
    expect(text.match(/- removed `ConfigMap shop/g)).toHaveLength(43);
  });
});

describe('github, as the runner takes it', () => {
  it('annotates ten of each level and drops none in silence', () => {
    const { annotations, dropped } = readLog(githubReport(many));
    expect([annotations.length, dropped]).toEqual([30, 0]);
    expect(githubReport(many)).toContain('title=flux-lint::20971 more findings in the log of this step');
  });
});

describe('gitlab', () => {
  it('lists every finding, small enough for an artifact', () => {
    const text = gitlabReport(many);
    expect(JSON.parse(text)).toHaveLength(21_000);
    expect(Buffer.byteLength(text)).toBeLessThan(100 * megabyte);
  });
});

describe('json', () => {
  it.each([
    ['the sample', () => sampleResult],
    ['what every rule says', () => withHashes(everyRule())],
    ['nothing', () => cleanResult],
  ])('has the documented shape: %s', (_, result) => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/reports/check.schema.json'), 'utf8'));
    const validate = new Ajv.default({ strict: true, allowUnionTypes: true }).compile(schema);
    const report = JSON.parse(jsonReport(result()));
    validate(report);
    expect(validate.errors).toBeNull();
    expect(validate({ ...report, findings: [{ ...report.findings[0], severity: 'fatal' }] })).toBe(false);
  });

  it('lists every finding, in its order', () => {
    const { findings }: { findings: { fingerprint: string }[] } = JSON.parse(jsonReport(many));
    expect(findings.map(({ fingerprint }) => fingerprint)).toEqual(many.findings.map(({ fingerprint }) => fingerprint));
  });
});

describe('text', () => {
  const title = `title: "${'\u8acb\u6c42\u66f8'.repeat(60)} ${'\u{1f469}\u200d\u{1f467}'.repeat(40)} \u001b[2J"`;
  const wide = (column: number, width: number): readonly string[] => {
    const location = { path: 'apps/\u8acb\u001b]0;x.yaml', line: 1, column, endLine: 1, endColumn: column + 30 };
    const result = {
      ...withFinding({ location, message: 'It is '.repeat(60), hint: '\u8acb '.repeat(90) }),
      sources: new Map([[location.path, title]]),
    };
    return textReport(result, { colour: new Chalk({ level: 0 }), width, verbose: false, quiet: false }).split('\n');
  };

  it.each([
    [40, 1],
    [40, 9],
    [40, 120],
    [40, 203],
    [250, 1],
    [250, 160],
  ])('fills no more than %i cells from column %i on', (width, column) => {
    const lines = wide(column, width);
    expect(lines.join('\n')).toMatch(/> 1 \u2502 .*\u2026/);
    for (const line of lines) expect(cells(line), line).toBeLessThanOrEqual(width);
    expect(lines.join('')).not.toMatch(/\p{Cc}|\p{Cs}|<U\+D/u);
  });
});
