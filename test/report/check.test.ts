import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { ReportOptions } from '../../src/report/check/check-report.ts';
import { githubReport } from '../../src/report/check/github.ts';
import { gitlabReport } from '../../src/report/check/gitlab.ts';
import { jsonReport } from '../../src/report/check/json.ts';
import { junitReport } from '../../src/report/check/junit.ts';
import { markdownReport } from '../../src/report/check/markdown.ts';
import { sarifReport } from '../../src/report/check/sarif.ts';
import { textReport } from '../../src/report/check/text.ts';
import { cleanResult, sampleResult } from './sample.ts';

const plain: ReportOptions = { colour: new Chalk({ level: 0 }), width: 100, verbose: false, quiet: false };
const fixture = (name: string) => `../../fixtures/reports/check/${name}`;

describe('text', () => {
  it.each([
    ['text.txt', plain],
    ['text-verbose.txt', { ...plain, verbose: true }],
    ['text-quiet.txt', { ...plain, quiet: true }],
    ['text-narrow.txt', { ...plain, width: 50 }],
    ['text-colour.txt', { ...plain, colour: new Chalk({ level: 1 }) }],
  ])('reads as %s', async (name, options) => {
    await expect(textReport(sampleResult, options)).toMatchFileSnapshot(fixture(name));
  });

  it('says what was checked when nothing is wrong', async () => {
    await expect(textReport(cleanResult, plain)).toMatchFileSnapshot(fixture('text-clean.txt'));
  });

  it('says nothing when it is to be quiet and nothing is wrong', () => {
    expect(textReport(cleanResult, { ...plain, quiet: true })).toBe('');
  });

  it('never lets a file steer the terminal', () => {
    expect(textReport(sampleResult, { ...plain, verbose: true })).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });
});

describe('json', () => {
  it('has the shape of version 1', async () => {
    await expect(jsonReport(sampleResult)).toMatchFileSnapshot(fixture('report.json'));
  });
});

describe('sarif', () => {
  it('reads as report.sarif', async () => {
    await expect(sarifReport(sampleResult)).toMatchFileSnapshot(fixture('report.sarif'));
  });

  it('leaves out the suppressed and the mildest where GitHub would refuse them all, and says so', () => {
    const { findings } = sampleResult;
    const mild = findings.filter(({ severity }) => severity === 'info').flatMap((finding) => Array.from({ length: 5000 }, () => finding));
    const log = JSON.parse(sarifReport({ ...sampleResult, findings: [...mild, ...findings] }));
    const [run] = log.runs;
    expect(run.results).toHaveLength(5000);
    expect(run.results.filter(({ level }: { level: string }) => level !== 'note')).toHaveLength(5);
    expect(run.invocations[0].toolExecutionNotifications.at(-1).message.text).toMatch(/^7 results of the least severity are left out/);
  });

  it('has fewer places on code flows than GitHub takes', () => {
    const [finding] = sampleResult.findings.filter(({ related }) => related.some(({ flow }) => flow !== undefined));
    const [step] = finding?.related ?? [];
    if (!finding || !step) throw new Error('the sample has lost its paths');
    const related = Array.from({ length: 12_000 }, (_, index) => ({ ...step, flow: `cluster-${Math.floor(index / 4)}` }));
    const log = JSON.parse(sarifReport({ ...sampleResult, findings: [{ ...finding, related }] }));
    const flows: readonly { threadFlows: { locations: unknown[] }[] }[] = log.runs[0].results[0].codeFlows;
    expect(flows.flatMap(({ threadFlows }) => threadFlows.flatMap(({ locations }) => locations))).toHaveLength(1000);
  });

  it('keeps passwords of checkout URLs to itself', () => {
    const [finding] = sampleResult.findings.map((each) => ({
      ...each,
      location: { ...each.location, repository: 'https://bot:hunter2@example.com/apps' },
    }));
    const text = sarifReport({ ...sampleResult, findings: finding ? [finding] : [] });
    expect(text).toContain('https://bot@example.com/apps/');
    expect(text).toContain('"uri": "https://bot@example.com/"');
    expect(text).not.toContain('hunter2');
  });
});

const [awkward] = sampleResult.findings.map((finding) => ({
  ...finding,
  message: 'a % b,\r\nc: <img> & "d" | `e` _f_ ::warning::\u0007\ud800\ufffe',
  location: { ...finding.location, path: 'a,b:c%/`d`|<e>&"\u0001.yaml' },
}));
/** Of the others, too, so many that each limit is broken. */
const twentyTimes = sampleResult.findings.flatMap((finding) => Array.from({ length: 20 }, () => ({ ...finding })));
const awkwardResult = { ...cleanResult, findings: awkward ? [awkward] : [], summary: { ...cleanResult.summary, warnings: 1 } };

describe('github', () => {
  it('reads as github.txt', async () => {
    await expect(githubReport(sampleResult)).toMatchFileSnapshot(fixture('github.txt'));
    await expect(githubReport(cleanResult)).toMatchFileSnapshot(fixture('github-clean.txt'));
  });

  it('escapes what would end a command or a parameter', () => {
    const [command] = githubReport(awkwardResult).split('\n');
    expect(command).toContain('file=a%2Cb%3Ac%25/`d`|<e>&"');
    expect(command).toContain('::a %25 b,\u240d\u240ac: <img>');
  });

  it('counts what GitHub would drop', () => {
    const text = githubReport({ ...sampleResult, findings: twentyTimes });
    expect(text.match(/^::error /gm)).toHaveLength(10);
    expect(text.match(/^::warning /gm)).toHaveLength(10);
    expect(text.match(/^::notice /gm)).toHaveLength(10);
    expect(text).toContain('::notice title=flux-lint::91 more findings in the log');
    const [, group] = /^::group::91 more findings\n(.*)^::endgroup::$/ms.exec(text) ?? [];
    expect(group?.match(/^- .+:\d+:\d+: (error|warning|info): /gm)).toHaveLength(91);
  });

  it('lists each on one line of the log', () => {
    const findings = twentyTimes.map((finding) => ({ ...finding, message: 'first\n  second' }));
    expect(githubReport({ ...sampleResult, findings })).toMatch(/^- .*: first second$/m);
  });

  it('shows what is new before what was there', () => {
    const findings = twentyTimes.map((finding, index) => ({ ...finding, message: `number ${index}`, new: index % 20 === 19 }));
    const warnings = githubReport({ ...sampleResult, findings }).match(/^::warning .*number \d+/gm);
    expect(warnings?.slice(0, 4).map((line) => / \d+$/.exec(line)?.[0])).toEqual([' 19', ' 59', ' 79', ' 0']);
  });

  it('lets no manifest give the runner a command', () => {
    const evil = { path: '::add-mask::a', message: 'x\n::set-output name=findings::0\n##[set-output name=findings]0' };
    const findings = twentyTimes.map((finding) => ({
      ...finding,
      message: evil.message,
      location: { ...finding.location, path: evil.path },
    }));
    const notJudged = [{ reason: evil.message, count: 1, examples: [evil.path] }];
    const lines = githubReport({ ...sampleResult, findings, notJudged }).split('\n');
    const commands = lines.flatMap((line) => /^\s*::([a-z-]+)/.exec(line)?.[1] ?? []);
    expect([...new Set(commands)].sort()).toEqual(['endgroup', 'error', 'group', 'notice', 'warning']);
    expect(lines.filter((line) => !/^::(error|warning|notice) /.test(line)).join('\n')).not.toContain('##[');
  });
});

describe.each([
  [{ repository: 'ssh://git@example.com/acme/apps' }, 'ssh://git@example.com/acme/apps'],
  [{ revision: 'release-1.2' }, 'release-1.2'],
])('a finding in %j', (elsewhere, named) => {
  const findings = awkwardResult.findings.map((finding) => ({
    ...finding,
    location: { ...finding.location, path: 'a.yaml', ...elsewhere },
  }));
  const result = { ...awkwardResult, findings };

  it('is put on no line of this repository by GitHub, and says where it is', () => {
    const [command] = githubReport(result).split('\n');
    expect(command).toMatch(/^::\w+ title=[^,]*::a\.yaml:\d+:\d+ \(/);
    expect(command).toContain(named);
  });

  it('says in GitLab where it is', () => {
    const [issue] = JSON.parse(gitlabReport(result));
    expect(issue.description).toMatch(/^a\.yaml:\d+:\d+ \(/);
    expect(issue.description).toContain(named);
  });
});

describe('gitlab', () => {
  it('reads as gitlab.json', async () => {
    await expect(gitlabReport(sampleResult)).toMatchFileSnapshot(fixture('gitlab.json'));
  });

  it('names no file of this repository for a finding in another', () => {
    const [finding] = sampleResult.findings;
    if (!finding) throw new Error('the sample is empty');
    const location = { ...finding.location, repository: 'ssh://git@example.com/acme/apps' };
    const [issue] = JSON.parse(gitlabReport({ ...sampleResult, folder: 'gitops', findings: [{ ...finding, location }] }));
    expect(issue.location.path).toBe('ssh://git@example.com/acme/apps/apps/base/billing settings.yaml');
    expect(issue.description).toMatch(/^apps\/base\/billing settings\.yaml:4:1 \(ssh:\/\/git@example\.com\/acme\/apps\): /);
  });

  it('is an empty list when nothing is wrong', () => {
    expect(gitlabReport(cleanResult)).toBe('[]\n');
  });
});

describe('junit', () => {
  it('reads as junit.xml', async () => {
    await expect(junitReport(sampleResult)).toMatchFileSnapshot(fixture('junit.xml'));
    await expect(junitReport(cleanResult)).toMatchFileSnapshot(fixture('junit-clean.xml'));
  });

  it('escapes markup and leaves out what XML cannot hold', () => {
    const text = junitReport(awkwardResult);
    expect(text).toContain('c: &lt;img&gt; &amp; &quot;d&quot; | `e` _f_ ::warning::\u2407&lt;U+D800&gt;"');
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cs}\ufffe]/u);
  });

  it('gives every test a name of its own', () => {
    const text = junitReport({ ...sampleResult, findings: twentyTimes });
    const names = [...text.matchAll(/<testcase (name="[^"]*" classname="[^"]*")/g)].map(([, name]) => name);
    expect(names).toHaveLength(121);
    expect(new Set(names).size).toBe(121);
  });

  it('counts what it holds', () => {
    const text = junitReport(sampleResult);
    expect(text.match(/<testcase /g)).toHaveLength(7);
    expect(text).toContain('<testsuites name="flux-lint" tests="7" failures="5" errors="0" time="0">');
    expect(text.match(/<failure /g)).toHaveLength(5);
    expect(text.match(/<skipped /g)).toHaveLength(1);
  });
});

describe('markdown', () => {
  it('reads as markdown.md', async () => {
    await expect(markdownReport(sampleResult)).toMatchFileSnapshot(fixture('markdown.md'));
    await expect(markdownReport(cleanResult)).toMatchFileSnapshot(fixture('markdown-clean.md'));
  });

  it('lets no text break out of its cell', () => {
    const row = markdownReport(awkwardResult)
      .split('\n')
      .find((line) => line.startsWith('| **'));
    expect(row).toContain('a % b, c: &lt;img&gt; &amp; "d" \\| \\`e\\` \\_f\\_');
    expect(row).toContain('`` a,b:c%/`d`\\|<e>&"');
    expect(row?.match(/(?<!\\)\|/g)).toHaveLength(5);
  });

  it.each([
    ['@acme/everyone, see #7, !8, gh-9', '@&#8203;acme/everyone, see \\#&#8203;7, !&#8203;8, gh-&#8203;9'],
    ['https://evil.example www.evil.example', 'https:&#8203;//evil.example www&#8203;.evil.example'],
    ['git@github.com', 'git@github.com'],
    ['[a](javascript:b) ![c](d) <details>', '\\[a\\](javascript:b) !\\[c\\](d) &lt;details&gt;'],
    ['&#64;acme &commat;acme', '&amp;\\#&#8203;64;acme &amp;commat;acme'],
  ])('makes nothing of %j', (message, written) => {
    const findings = awkwardResult.findings.map((finding) => ({ ...finding, message }));
    expect(markdownReport({ ...awkwardResult, findings })).toContain(`| ${written}<br>`);
  });

  it('lets neither a hint nor a name of a cluster break out of it', () => {
    const findings = awkwardResult.findings.map((finding) => ({
      ...finding,
      hint: 'this | that_',
      reach: { ...finding.reach, clusters: ['a|b'] },
    }));
    expect(markdownReport({ ...awkwardResult, findings })).toMatch(/<br>_this \\\| that\\__<br>.* \| a\\\|b \|\n/);
  });

  it('stays below the size that GitHub takes, and says what is left out', () => {
    const findings = sampleResult.findings.flatMap((finding) => Array.from({ length: 200 }, () => ({ ...finding })));
    const text = markdownReport({ ...sampleResult, findings });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\n\d+ more findings did not fit here\./);
    expect(text).not.toContain('<details>');
  });

  it('counts the infos that did not fit, too', () => {
    const infos = sampleResult.findings.flatMap((finding) =>
      Array.from({ length: 200 }, () => ({ ...finding, severity: 'info' as const })),
    );
    const text = markdownReport({ ...sampleResult, findings: infos, summary: { ...sampleResult.summary, infos: infos.length } });
    expect(text).toContain('<details><summary>1200 infos</summary>');
    expect(text.match(/\*\*info\*\*/g)?.length).toBeLessThan(1200);
  });
});

describe('a root below the top of the repository', () => {
  const below = { ...sampleResult, folder: 'gitops/fleet' };

  it('comes before the paths that a forge reads', () => {
    expect(githubReport(below)).toContain('file=gitops/fleet/clusters/production/apps.yaml,');
    expect(junitReport(below)).toContain('classname="gitops/fleet/clusters/production/apps.yaml"');
    expect(markdownReport(below)).toContain('`gitops/fleet/clusters/production/apps.yaml:10:13`');
    expect(JSON.parse(gitlabReport(below))[0].location.path).toBe('gitops/fleet/apps/base/billing settings.yaml');
    const sarif = sarifReport(below);
    expect(sarif).toContain('"uri": "gitops/fleet/apps/base/billing%20settings.yaml"');
    expect(sarif).not.toContain('"uri": "apps/');
    expect(sarif).toContain('"uri": "your-org/billing-apps/tenants/team-0/databases.yaml"');
  });

  it('is the same from every working directory', () => {
    expect(sarifReport({ ...sampleResult, root: '../..' })).toBe(sarifReport(sampleResult));
    expect(sarifReport({ ...below, root: '.' })).toBe(sarifReport({ ...below, root: 'fleet' }));
  });
});
