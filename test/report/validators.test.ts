/** The reports for forges, held against what their readers take. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/lint/result.ts';
import { gitlabReport } from '../../src/report/check/gitlab.ts';
import { junitReport } from '../../src/report/check/junit.ts';
import { everyRule } from './every-rule.ts';
import { cleanResult, sampleResult } from './sample.ts';

/** Every character that XML cannot hold or that means something to it; a byte order mark, which it can. */
const nasty = `\ufeff${String.fromCharCode(...Array.from({ length: 32 }, (_, index) => index))}\u007f\u0085\u2028\ud800\udfff\ufffe\uffff ]]> <a b="c">&amp; ' %`;

const results: Record<string, CheckResult> = {
  sample: sampleResult,
  empty: cleanResult,
  nasty: {
    ...sampleResult,
    findings: sampleResult.findings.map((finding) => ({
      ...finding,
      message: nasty,
      hint: nasty,
      location: { ...finding.location, path: `${nasty}/a.yaml` },
      reach: { ...finding.reach, clusters: [nasty] },
    })),
    notJudged: [{ reason: nasty, count: 1, examples: [nasty] }],
  },
};

beforeAll(() => {
  results['every rule'] = everyRule();
});

const names = ['sample', 'empty', 'nasty', 'every rule'];
const resultOf = (name: string): CheckResult => results[name] ?? cleanResult;

describe('junit', () => {
  const xmllint = (xml: string) =>
    spawnSync('xmllint', ['--noout', '--schema', join(import.meta.dirname, 'junit.xsd'), '-'], { input: xml });
  const isMissing = xmllint('<x/>').error !== undefined;
  if (isMissing) console.warn('xmllint does not run here (libxml2-utils of Debian has it): the JUnit reports are not validated');

  it.skipIf(isMissing).each(names)('of %s is valid', (name) => {
    const { status, stderr } = xmllint(junitReport(resultOf(name)));
    expect(stderr.toString()).toBe('- validates\n');
    expect(status).toBe(0);
  });

  it.skipIf(isMissing).each([
    ['an attribute too many', 'classname="', 'file="x" classname="'],
    ['a test that stands twice', /<testcase .*?<\/testcase>/s, '$&$&'],
    ['a suite without its count', /(<testsuite .*?) failures="\d+"/, '$1'],
    ['a character that is none', 'Checked', 'Chec\u0007ked'],
  ])('with %s is not', (_fault, from, to) => {
    const report = junitReport(sampleResult);
    const faulty = report.replace(from, to);
    expect(faulty).not.toBe(report);
    expect(xmllint(faulty).status).not.toBe(0);
  });
});

describe('gitlab', () => {
  const validate = new Ajv.default({ strict: true, strictRequired: false }).compile(
    JSON.parse(readFileSync(join(import.meta.dirname, 'code-quality.schema.json'), 'utf8')),
  );

  it.each(names)('of %s is valid', (name) => {
    const issues: { fingerprint: string; description: string }[] = JSON.parse(gitlabReport(resultOf(name)));
    validate(issues);
    expect(validate.errors).toBeNull();
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
    for (const { description } of issues) expect(description).not.toMatch(/\p{Cc}/u);
  });

  it.each([
    ['a path from here', '"apps/base/hostile.yaml"', '"./apps/base/hostile.yaml"'],
    ['a severity of ours', '"critical"', '"error"'],
    ['no line', '"begin"', '"start"'],
  ])('with %s is not', (_fault, from, to) => {
    const report = gitlabReport(sampleResult);
    expect(report).toContain(from);
    expect(validate(JSON.parse(report.replace(from, to)))).toBe(false);
  });
});
