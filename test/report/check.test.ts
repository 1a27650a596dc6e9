import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { ReportOptions } from '../../src/report/check/check-report.ts';
import { jsonReport } from '../../src/report/check/json.ts';
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

  it('says what was judged when nothing is wrong', async () => {
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

  it('leaves out the mildest where GitHub would refuse them all, and says so', () => {
    const { findings } = sampleResult;
    const mild = findings.filter(({ severity }) => severity === 'info').flatMap((finding) => Array.from({ length: 5000 }, () => finding));
    const log = JSON.parse(sarifReport({ ...sampleResult, findings: [...mild, ...findings], suppressed: [] }));
    const [run] = log.runs;
    expect(run.results).toHaveLength(5000);
    expect(run.results.filter(({ level }: { level: string }) => level !== 'note')).toHaveLength(5);
    expect(run.invocations[0].toolExecutionNotifications.at(-1).message.text).toMatch(/^6 results of the least severity are left out/);
  });

  it('keeps passwords of checkout URLs to itself', () => {
    const [finding] = sampleResult.findings.map((each) => ({
      ...each,
      location: { ...each.location, repository: 'https://bot:hunter2@example.com/apps' },
    }));
    const text = sarifReport({ ...sampleResult, findings: finding ? [finding] : [] });
    expect(text).toContain('https://bot@example.com/apps/');
    expect(text).not.toContain('hunter2');
  });
});
