/** Small things that somebody meets who runs it for the first time. */
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { removeDirectory } from '../git-repository.ts';
import { repositoryOf } from './repository.ts';
import { runMain } from './run-main.ts';

const bounds = 'clusters: [{ name: production, path: apps }]\n';
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop, namespace: default }\n';
const real = { analyze: async () => analyze };

it('refuses to walk a disk: no git, no configuration', async () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'flux-lint-')));
  onTestFinished(() => removeDirectory(cwd));
  writeFileSync(join(cwd, 'a.yaml'), configMap);
  expect(await runMain([], { cwd }, real)).toMatchObject({ code: 2, stderr: expect.stringContaining('is in no git work tree') });
  expect((await runMain(['--root', '.'], { cwd }, real)).code).not.toBe(2);
  writeFileSync(join(cwd, '.flux-lint.yaml'), 'root: true\n');
  expect((await runMain([], { cwd }, real)).code).not.toBe(2);
});

it('refuses standard input that lies nowhere, and says what to do', async () => {
  expect(await runMain(['-'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--stdin-filename PATH') });
});

it.each(['apps/shop.yaml', 'apps/new.yaml'])('judges what an editor has of %s instead of what lies there', async (path) => {
  const { root } = repositoryOf({ '.flux-lint.yaml': bounds, 'apps/shop.yaml': configMap });
  const io = { cwd: root, stdin: () => `${configMap}a: [\n` };
  const argv = ['--root', '.', '--stdin-filename', path, '--format', 'json', '--only', 'manifest/*'];
  const { findings } = JSON.parse((await runMain(argv, io, real)).stdout);
  expect(findings.map(({ ruleId, location }: { ruleId: string; location: { path: string } }) => [ruleId, location.path])).toEqual([
    ['manifest/invalid-yaml', path],
  ]);
  expect(JSON.parse((await runMain(argv, { ...io, stdin: () => configMap }, real)).stdout).findings).toEqual([]);
});

const plugin = (body: string) => `export const broken = {
  id: 'acme/broken', severity: 'error', summary: 'a', why: 'b', reference: 'https://acme.example', examples: {},
  *graph() {
    ${body}
  },
};
`;

it('blames a plugin that throws, with its file and line', async () => {
  const { root, run } = repositoryOf({
    '.flux-lint.yaml': 'root: true\nplugins: [./lint/rules.mjs]\n',
    'a.yaml': configMap,
    'lint/rules.mjs': plugin('throw new Error("no owner");'),
  });
  const { code, stderr } = await run([]);
  expect(code).toBe(2);
  expect(stderr).toContain('the rule acme/broken of a plugin failed at ');
  expect(stderr).toContain(`${realpathSync(root)}/lint/rules.mjs:4:`);
  expect(stderr).toContain('no owner');
  expect((await run(['--no-plugins'])).code).not.toBe(2);
});

it('knows a letter for each of the six options that are used most', async () => {
  const { root } = repositoryOf({ '.flux-lint.yaml': 'root: true\n', 'mine.yaml': 'root: true\nrules: {}\n', 'a.yaml': configMap });
  mkdirSync(join(root, 'out'));
  const argv = ['-r', '.', '-c', 'mine.yaml', '-f', 'json', '-o', 'out/report.json', '-q', '-v'];
  expect(await runMain(argv, { cwd: root }, real)).toMatchObject({ stdout: '', stderr: '' });
});

it('has its help in groups', async () => {
  const { stdout } = await runMain(['check', '--help']);
  const titles = ['What is judged:', 'Which rules, and what fails:', 'Fixes:', 'The report:'];
  expect(titles.map((title) => stdout.indexOf(title)).every((at) => at >= 0)).toBe(true);
});

it('breaks the lines of --quiet where the terminal ends', async () => {
  const { stdout } = await runMain(['--quiet'], { isTTY: true, columns: 60 });
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThan(90);
  expect(stdout).toMatch(/\n {2}\S/);
});

it('writes a baseline as JSON where it is called so, and reads it again', async () => {
  const { run } = repositoryOf({ '.flux-lint.yaml': bounds, 'apps/a.yaml': `${configMap}a: [\n` });
  const { readFileSync } = await import('node:fs');
  const { root } = repositoryOf({});
  const file = join(root, 'baseline.json');
  await run(['--baseline', file, '--update-baseline']);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    version: 1,
    findings: [{ ruleId: 'manifest/invalid-yaml', path: 'apps/a.yaml' }],
  });
  expect((await run(['--baseline', file])).stdout).toContain('1 in the baseline');
});
