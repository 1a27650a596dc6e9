import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFormatNames } from '../../src/report/check/format-names.ts';
import { sampleResult } from '../report/sample.ts';
import { runMain } from './run-main.ts';

const directory = mkdtempSync(join(tmpdir(), 'flux-lint-reports-'));
afterAll(() => rmSync(directory, { recursive: true }));

const read = (file: string): string => readFileSync(join(directory, file), 'utf8');

describe('--report', () => {
  it('writes what --output would, in every format, from one analysis', async () => {
    let runs = 0;
    const analyze = async () => () => {
      runs++;
      return sampleResult;
    };
    const files = checkFormatNames.map((format) => `--report=${format}=several/${format}=x`);
    const { code, stdout } = await runMain(['--format', 'json', ...files], { cwd: directory }, { analyze });
    expect({ code, runs }).toEqual({ code: 1, runs: 1 });
    expect(stdout).toBe(read('several/json=x'));
    for (const format of checkFormatNames) {
      await runMain(['--format', format, '--output', 'single'], { cwd: directory });
      expect(read(`several/${format}=x`)).toBe(read('single'));
    }
  });

  it('leaves annotations where GitHub reads the log', async () => {
    const { stdout } = await runMain(['--report', 'sarif=a.sarif'], { cwd: directory, env: { GITHUB_ACTIONS: 'true' } });
    expect(stdout).toMatch(/^::error /);
  });

  it.each([
    ['sarif', '--report cannot be "sarif". Write --report FORMAT=FILE.'],
    ['sarif=', '--report cannot be "sarif=". Write --report FORMAT=FILE.'],
    ['srif=x', '--report cannot be "srif". Did you mean "sarif"?'],
    ['sarif=out', 'two reports would be written to out. Give each a file of its own.'],
    ['sarif=./x/../out', 'two reports would be written to ./x/../out. Give each a file of its own.'],
  ])('refuses %s before anything is written', async (value, message) => {
    const { code, stderr } = await runMain(['--output', 'out', '--report', 'json=never.json', '--report', value], { cwd: directory });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(directory, 'never.json'))).toBe(false);
  });
});
