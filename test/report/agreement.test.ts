/** Same findings, same exit code in every format: each report is read again, and tells what JSON tells. */
import { describe, expect, it } from 'vitest';
import { analyze, type CheckRequest } from '../../src/analyze.ts';
import { checkExitCode, failOnChoices } from '../../src/cli/terminal/exit-code.ts';
import type { CheckResult } from '../../src/lint/result.ts';
import type { Finding } from '../../src/model/finding.ts';
import { severities } from '../../src/model/severity.ts';
import { type CheckFormat, checkFormatNames } from '../../src/report/check/format-names.ts';
import { readLog } from '../action/log-commands.ts';
import { repositoryOf } from '../cli/repository.ts';
import { runMain } from '../cli/run-main.ts';
import { everyRule } from './every-rule.ts';
import { repositories } from './repositories.ts';
import { sampleResult } from './sample.ts';

type Told = readonly (readonly [severity: string, ruleId: string])[];

/** What a report says was found. */
const readers: Readonly<Record<CheckFormat, (report: string) => Told>> = {
  json: (report) => {
    const { findings }: { findings: { severity: string; ruleId: string }[] } = JSON.parse(report);
    return findings.map(({ severity, ruleId }) => [severity, ruleId]);
  },
  sarif: (report) => {
    const { runs }: { runs: { results: { level: string; ruleId: string; suppressions?: unknown[] }[] }[] } = JSON.parse(report);
    const found = runs.flatMap(({ results }) => results).filter(({ suppressions = [] }) => suppressions.length === 0);
    return found.map(({ level, ruleId }) => [level === 'note' ? 'info' : level, ruleId]);
  },
  gitlab: (report) => {
    const issues: { severity: string; check_name: string }[] = JSON.parse(report);
    return issues.map(({ severity, check_name: ruleId }) => [{ critical: 'error', major: 'warning' }[severity] ?? severity, ruleId]);
  },
  github: (report) => {
    const { annotations, dropped } = readLog(report);
    expect(dropped).toBe(0);
    const shown = annotations.filter(({ properties }) => properties.title !== 'flux-lint');
    const rest = [...report.matchAll(/^- .+?:\d+:\d+(?: \(.+?\))?: (error|warning|info): (\S+): /gm)];
    const counted = /^::notice title=flux-lint::(\d+) more finding/m.exec(report)?.[1] ?? '0';
    expect(rest).toHaveLength(Number(counted));
    return [
      ...shown.map(({ level, properties }) => [level === 'notice' ? 'info' : level, properties.title ?? ''] as const),
      ...rest.map(([, severity = '', ruleId = '']) => [severity, ruleId] as const),
    ];
  },
  junit: (report) => {
    const tests = [
      ...report.matchAll(/<testcase name="(\S+) \d+:\d+(?: \(\d+\))?" .*?>\s*<(failure|skipped) message="[^"]*"(?: type="(\w+)")?/g),
    ];
    const [, all, failures] = /^<testsuites .*?tests="(\d+)" failures="(\d+)"/m.exec(report) ?? [];
    expect(tests).toHaveLength(Number(all) - 1);
    expect(tests.filter(([, , verdict]) => verdict === 'failure')).toHaveLength(Number(failures));
    return tests.map(([, ruleId = '', , severity = 'info']) => [severity, ruleId]);
  },
  html: (report) => {
    const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(report)?.[1] ?? '{}';
    const { findings }: { findings: { severity: string; ruleId: string }[] } = JSON.parse(data);
    return findings.map(({ severity, ruleId }) => [severity, ruleId]);
  },
  markdown: (report) =>
    [
      ...report.matchAll(/^<details.*?><summary><b>(\w+)<\/b> .*?<code>(.*?)<\/code>.*? \((\d+)\)<\/summary>\n(.*?)^<\/details>$/gms),
    ].flatMap(([, severity = '', ruleId = '', count = '', body = '']) => {
      const cells = body.split('\n').flatMap((line) => /^\| (?!Where|---)((?:[^|\\]|\\.)*)\|/.exec(line)?.[1] ?? []);
      const places = cells.flatMap((cell) => cell.split('<br>')).map((text) => Number(/^and (\d+) more/.exec(text)?.[1] ?? 1));
      expect(places.reduce((sum, more) => sum + more, 0)).toBe(Number(count));
      return Array.from({ length: Number(count) }, () => [severity, ruleId] as const);
    }),
  text: (report) =>
    [...report.matchAll(/^ {2}\d+:\d+ {2}(error|warning|info) {2}(\S+)((?:\n(?! {2}\d+:\d+ {2}).*)*)/gm)].flatMap(
      ([, severity = '', ruleId = '', rest = '']) => {
        const also = /^ {2}also {5}.+(?:\n {11}.+)*/m.exec(rest)?.[0].split('\n') ?? [];
        return ['itself', ...also].map(() => [severity, ruleId] as const);
      },
    ),
};

const sorted = (told: Told): readonly string[] => told.map((words) => words.join(' ')).sort();

const countOf = (findings: readonly Finding[], wanted: string): number => findings.filter(({ severity }) => severity === wanted).length;

const agree = async (result: CheckResult): Promise<void> => {
  const { findings, summary } = result;
  expect([summary.errors, summary.warnings, summary.infos]).toEqual(severities.map((severity) => countOf(findings, severity)));
  for (const failOn of failOnChoices) {
    for (const format of checkFormatNames) {
      const argv = ['--format', format, '--fail-on', failOn, '--verbose'];
      const { code, stdout } = await runMain(argv, {}, { analyze: async () => () => result });
      expect({ format, code }).toEqual({ format, code: checkExitCode(result.summary, { failOn, maxWarnings: undefined }) });
      const told = sorted(readers[format](stdout));
      expect({ format, told }).toEqual({ format, told: sorted(findings.map(({ severity, ruleId }) => [severity, ruleId])) });
    }
  }
};

const request = (root: string, only: readonly string[]): CheckRequest => ({
  cwd: root,
  root,
  paths: [],
  only,
  clusters: [],
  rules: {},
  repositories: {},
  reportUnusedSuppressions: true,
  plugins: true,
  fixes: [],
  baseline: undefined,
});

describe.each(repositories)('$name', ({ root }) => {
  it('with all that is found', async () => {
    const result = await analyze(request(root, []));
    expect(result.findings).not.toEqual([]);
    await agree(result);
  });

  it('with nothing found', async () => {
    const result = await analyze(request(root, ['manifest/invalid-yaml']));
    expect(result.findings).toEqual([]);
    await agree(result);
  });
});

it('the sample, with what is suppressed, not judged and in other repositories', () => agree(sampleResult));

it('what every rule says, as far as a comment can hold it', async () => {
  const every = everyRule();
  // Markdown has room for so many.
  for (let start = 0; start < every.findings.length; start += 60) {
    const findings = every.findings.slice(start, start + 60);
    const counts = { errors: countOf(findings, 'error'), warnings: countOf(findings, 'warning'), infos: countOf(findings, 'info') };
    await agree({ ...every, findings, summary: { ...every.summary, ...counts } });
  }
});

// Windows has no such names.
it.skipIf(process.platform === 'win32')('a repository that means harm', async () => {
  const evil = '\u001b[2m| `@acme/all` | <img src=x> ##[error]x ::error::x --> ]]> "quoted" \\ *a*';
  const name = `apps/a|b \`c\` <d> & 'e' ::error::.yaml`;
  const manifest = `kind: ConfigMap\nkind: ${JSON.stringify(evil)}\napiVersion: v1\nmetadata: { name: ${JSON.stringify(evil)} }\ndata: { a: "\${UNSET}" } # ${evil.slice(1)}\n`;
  const { root } = repositoryOf({
    '.flux-lint.yaml': 'root: true\n',
    'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    [`clusters/prod/${name}`]: `\ufeff${manifest}`,
    'clusters/prod/crlf.yaml': manifest.replaceAll('\n', '\r\n'),
    'clusters/prod/escape.yaml': `# ${evil}\n${manifest}`,
  });
  const result = await analyze(request(root, []));
  expect(result.findings.length).toBeGreaterThan(2);
  await agree(result);
});
