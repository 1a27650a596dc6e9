import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFormatNames } from '../../../src/report/check/format-names.ts';
import { sampleResult } from '../../report/sample.ts';
import { runMain } from '../run-main.ts';

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

  it('goes before the other report where both go to standard output', async () => {
    const { stdout } = await runMain(['--report', 'json=/dev/stdout', '--format', 'markdown'], { cwd: directory });
    expect(stdout).toMatch(/^\{\n.*\n\}\n<!-- flux-lint -->\n/s);
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

// Windows wants a privilege for links.
describe.skipIf(process.platform === 'win32')('a link that somebody pushed', () => {
  const home = mkdtempSync(join(tmpdir(), 'flux-lint-home-'));
  const repository = join(directory, 'pushed');
  afterAll(() => rmSync(home, { recursive: true }));
  mkdirSync(join(repository, '.git'), { recursive: true });
  mkdirSync(join(repository, 'real'));
  writeFileSync(join(home, '.profile'), 'mine');
  symlinkSync(join(home, '.profile'), join(repository, 'report.md'));
  symlinkSync(home, join(repository, 'out'));
  symlinkSync(join(home, 'new'), join(repository, 'dangling'));
  symlinkSync('real', join(repository, 'inside'));

  it.each([
    ['--output', 'report.md'],
    ['--output', 'out/deep/report.md'],
    ['--report', 'markdown=dangling'],
    ['--update-baseline', '--baseline', 'report.md'],
    ['--update-baseline', '--baseline', '../out/new'],
  ])('does not choose what is overwritten: %s %s', async (...argv) => {
    const cwd = argv.at(-1)?.startsWith('..') ? join(repository, 'real') : repository;
    const { code, stderr } = await runMain(
      argv,
      { cwd },
      { analyze: async () => () => ({ ...sampleResult, baseline: { count: 0, stale: 0, next: [] } }) },
    );
    expect(stderr).toMatch(/^flux-lint: \S+ leads out of the repository by a link\. /);
    expect(code).toBe(2);
    expect(readFileSync(join(home, '.profile'), 'utf8')).toBe('mine');
    expect(existsSync(join(home, 'deep')) || existsSync(join(home, 'new'))).toBe(false);
  });

  it('may lead to another place of the repository', async () => {
    expect((await runMain(['--output', 'inside/a.txt'], { cwd: repository })).code).toBe(1);
    expect(existsSync(join(repository, 'real/a.txt'))).toBe(true);
  });

  it('is no matter where the file that is named lies elsewhere', async () => {
    expect((await runMain(['--output', join(home, 'a.txt')], { cwd: repository })).code).toBe(1);
    expect((await runMain(['--output', '/dev/null'], { cwd: repository })).code).toBe(1);
  });
});
