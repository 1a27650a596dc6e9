import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CheckRequest } from '../../../src/analyze.ts';
import { unwatched } from '../../../src/model/watch.ts';
import { checkFormatNames } from '../../../src/report/check/format-names.ts';
import { cleanResult, sampleResult } from '../../report/sample.ts';
import { runMain } from '../run-main.ts';

const directory = mkdtempSync(join(tmpdir(), 'flux-lint-cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

const escapeCode = '\u001b[';
const clean = async () => () => cleanResult;

/** What the analysis is asked for by these arguments. */
const requestOf = async (...argv: string[]): Promise<CheckRequest | undefined> => {
  let request: CheckRequest | undefined;
  const analyze = async () => (given: CheckRequest) => {
    request = given;
    return cleanResult;
  };
  await runMain(argv, { cwd: '/somewhere' }, { analyze });
  return request;
};

describe('the request', () => {
  const nothing = {
    cwd: '/somewhere',
    paths: [],
    root: undefined,
    config: undefined,
    clusters: [],
    only: [],
    rules: {},
    repositories: {},
    reportUnusedSuppressions: true,
    baseline: undefined,
    fixes: [],
    plugins: true,
    watch: unwatched,
  };

  it('is the whole root by default, with and without the name of the command', async () => {
    expect(await requestOf()).toEqual(nothing);
    expect(await requestOf('check')).toEqual(nothing);
  });

  it('takes paths with and without the name of the command', async () => {
    expect(await requestOf('./clusters', '42')).toEqual({ ...nothing, paths: ['./clusters', '42'] });
    expect(await requestOf('check', './clusters', '42')).toEqual({ ...nothing, paths: ['./clusters', '42'] });
    expect(await requestOf('--', '-odd-name')).toEqual({ ...nothing, paths: ['-odd-name'] });
  });

  it('takes every option without eating the path behind it', async () => {
    const request = await requestOf(
      ...['--root', '..', '--config', 'lint.yaml', '--cluster', 'prod-*', '--cluster=staging', '--only', 'references/*'],
      ...['--only', 'invalid-yaml', 'a/b', '--rule', 'blast-radius/shared-base=error', '--repository', 'https://git.example/a?b=c=../a'],
    );
    expect(request).toEqual({
      ...nothing,
      cwd: '/somewhere',
      paths: ['a/b'],
      root: '..',
      config: 'lint.yaml',
      clusters: ['prod-*', 'staging'],
      only: ['references/*', 'invalid-yaml'],
      rules: { 'blast-radius/shared-base': 'error' },
      repositories: { 'https://git.example/a?b=c': '../a' },
    });
  });
});

describe('the exit code', () => {
  const mild = async () => () => ({ ...sampleResult, summary: { ...sampleResult.summary, errors: 0 } });

  it.each([
    [[], clean, 0],
    [[], undefined, 1],
    [['--fail-on', 'never'], undefined, 0],
    [[], mild, 0],
    [['--fail-on', 'warning'], mild, 1],
    [['--fail-on', 'info'], mild, 1],
    [['--fail-on', 'info'], clean, 0],
    [['--max-warnings', '3'], mild, 0],
    [['--max-warnings', '2'], mild, 1],
  ])('of %j', async (argv, analyze, expected) => {
    for (const format of checkFormatNames) {
      const { code } = await runMain([...argv, '--format', format], {}, analyze ? { analyze } : {});
      expect({ format, code }).toEqual({ format, code: expected });
    }
  });

  it('by warnings is explained', async () => {
    const { stderr } = await runMain(['--max-warnings', '2'], {}, { analyze: mild });
    expect(stderr).toBe('flux-lint: 3 warnings, --max-warnings allows 2\n');
    expect((await runMain(['--max-warnings', '3'], {}, { analyze: mild })).stderr).toBe('');
  });
});

describe('the format', () => {
  const actions = { env: { GITHUB_ACTIONS: 'true' } };

  it('is annotations where GitHub reads the log and none is named', async () => {
    expect((await runMain([], actions)).stdout).toMatch(/^::error /);
    expect((await runMain([], { ...actions, isTTY: true })).stdout).not.toMatch(/^::/m);
    expect((await runMain(['--format', 'text'], actions)).stdout).not.toMatch(/^::/m);
    expect((await runMain([])).stdout).not.toMatch(/^::/m);
  });

  it('goes to a file, whose directory is made, and nothing to the log', async () => {
    const { stdout, code } = await runMain(['--output', 'out/report.txt'], { ...actions, cwd: directory, isTTY: true });
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    const text = readFileSync(join(directory, 'out/report.txt'), 'utf8');
    expect(text).toContain('2 errors, 3 warnings');
    expect(text).not.toContain(escapeCode);
  });

  it('of GitLab has no place for what was not judged, so the log says it', async () => {
    const { stdout, stderr } = await runMain(['--format', 'gitlab']);
    expect(JSON.parse(stdout)).toHaveLength(6);
    expect(stderr).toMatch(/^flux-lint: Not checked: the source is not mapped/);
  });

  it('is not written when the run could not be done', async () => {
    await runMain(['--output', 'none.txt', '--format', 'jsn'], { cwd: directory });
    expect(existsSync(join(directory, 'none.txt'))).toBe(false);
  });
});

describe('colour', () => {
  it.each([
    ['a pipe', [], {}, false],
    ['a terminal', [], { isTTY: true }, true],
    ['a dumb terminal', [], { isTTY: true, env: { TERM: 'dumb' } }, false],
    ['NO_COLOR', [], { isTTY: true, env: { NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR', [], { isTTY: true, env: { NO_COLOR: '' } }, true],
    ['FORCE_COLOR', [], { env: { FORCE_COLOR: '1' } }, true],
    ['FORCE_COLOR=0', [], { isTTY: true, env: { FORCE_COLOR: '0' } }, false],
    ['--color', ['--color'], { env: { NO_COLOR: '1' } }, true],
    ['--no-color', ['--no-color'], { isTTY: true, env: { FORCE_COLOR: '1' } }, false],
  ])('%s', async (_name, argv, io, coloured) => {
    expect((await runMain(argv, io)).stdout.includes(escapeCode)).toBe(coloured);
  });
});

describe('width', () => {
  const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

  it('follows the terminal', async () => {
    expect(widest((await runMain(['--no-color'], { isTTY: true, columns: 80 })).stdout)).toBeLessThanOrEqual(80);
    expect(widest((await runMain(['--no-color'], { isTTY: true, columns: 400 })).stdout)).toBeLessThanOrEqual(120);
  });

  it('breaks no sentence in a pipe', async () => {
    const message = sampleResult.findings[0]?.message ?? '';
    expect((await runMain(['--verbose'])).stdout).toContain(message);
  });
});

it('says the same twice', async () => {
  expect(await runMain(['--verbose'])).toEqual(await runMain(['--verbose']));
});
