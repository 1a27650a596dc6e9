/** The GitHub action, as a runner would run it, with the package as npm would publish it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBash, readAction } from '../action/composite-action.ts';
import { type JobResult, runJob } from '../action/played-runner.ts';
import { checkOut } from '../action/workspace.ts';
import { type Packed, pack, removePacked } from './packed.ts';

const home = resolve('.');
const action = readAction('action.yml');

let packed: Packed;
// Blanks in every path: a script that forgets its quotes fails.
const temp = () => join(packed.directory, 'runner temp');
beforeAll(() => {
  packed = pack();
  mkdirSync(temp());
});
afterAll(() => removePacked(packed));

let workspaces = 0;
const workspaceOf = (fixture: string, files?: Readonly<Record<string, string>>): string =>
  checkOut(join('fixtures/repos', fixture), join(packed.directory, `work space ${++workspaces}`), files);

const run = (workspace: string, inputs: Readonly<Record<string, string>> = {}): JobResult =>
  runJob({ action, actionPath: home, workspace, temp: temp(), inputs: { version: `file:${packed.tarball}`, ...inputs } });

/** Flux takes every file below this directory. */
const cluster = 'clusters/staging-eu-west-1';
const broken = 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\nmetadata: { name: a }\n';

const filesOf = ({ annotations }: JobResult): readonly (string | undefined)[] =>
  [...new Set(annotations.map(({ properties }) => properties.file))].sort();

describe('the reports', () => {
  it('are written before findings fail the step', () => {
    const workspace = workspaceOf('monorepo-outage');
    const job = run(workspace, { 'sarif-file': 'reports/flux lint.sarif', 'html-file': 'reports/flux lint.html' });
    expect(job.code, job.log).toBe(1);
    expect(job.annotations[0]).toMatchObject({
      level: 'error',
      properties: { file: 'clusters/prod-db-01/kustomization.yaml', line: '6', title: 'blast-radius/crosses-environments' },
    });
    expect(job.summary).toMatch(/^<!-- flux-lint -->\n\n## flux-lint: 1 error, \d+ infos\n.*<b>error<\/b> <a href=/s);
    const { errors, warnings, infos, findings, ...outputs } = job.outputs;
    expect(outputs).toEqual({ 'exit-code': '1', 'sarif-file': 'reports/flux lint.sarif', 'html-file': 'reports/flux lint.html' });
    expect(job.ran).toEqual(['Install flux-lint', 'Lint']);
    expect({ errors, warnings, findings }).toEqual({ errors: '1', warnings: '0', findings: String(1 + Number(infos)) });
    expect(readFileSync(join(workspace, 'reports/flux lint.html'), 'utf8')).toMatch(/^<!doctype html>/);
    const { runs } = JSON.parse(readFileSync(join(workspace, 'reports/flux lint.sarif'), 'utf8'));
    expect(runs[0].results).toHaveLength(Number(findings));
  });

  it('are uploaded where that is asked for, whatever was found', () => {
    const job = run(workspaceOf('monorepo-outage'), { 'html-artifact': 'the map' });
    expect(job.code, job.log).toBe(1);
    expect(job.ran).toEqual(['Install flux-lint', 'Lint', 'Upload the map']);
    const { name, path = '', ...rest } = job.given['Upload the map'] ?? {};
    expect({ name, ...rest }).toEqual({ name: 'the map', 'if-no-files-found': 'error' });
    expect(path).toBe(job.outputs['html-file']);
    expect(readFileSync(path, 'utf8')).toContain(
      '"link":"https://github.example.com/acme/fleet/blob/0123456789abcdef0123456789abcdef01234567/{path}#L{line}"',
    );
    const failed = run(workspaceOf('monorepo'), { 'html-artifact': 'the map', paths: 'no/such path' });
    expect(failed.ran).toEqual(['Install flux-lint', 'Lint']);
  });

  it('leave no finding out in silence', () => {
    const names = Array.from({ length: 25 }, (_, index) => `${cluster}/many/${String(index).padStart(2, '0')}.yaml`);
    const job = run(workspaceOf('monorepo', Object.fromEntries(names.map((name) => [name, broken]))));
    expect(job.dropped).toBe(0);
    expect(Number(job.outputs.findings)).toBeGreaterThanOrEqual(25);
    for (const name of names) expect(job.log).toContain(name);
  });

  it('say what could not be done', () => {
    const workspace = workspaceOf('monorepo');
    const job = run(workspace, { paths: 'no/such path', 'sarif-file': 'x.sarif' });
    expect(job.code).toBe(2);
    expect(job.outputs).toEqual({ 'exit-code': '2', findings: '', errors: '', warnings: '', infos: '', 'sarif-file': '', 'html-file': '' });
    expect(job.annotations.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'error flux-lint: no/such path does not exist. Name a directory or a file of the repository.',
    ]);
    expect(job.summary).toMatch(/^## flux-lint could not do it\n/);
    expect(existsSync(join(workspace, 'x.sarif'))).toBe(false);
  });
});

describe('the inputs', () => {
  it('fail-on decides what fails', () => {
    const workspace = workspaceOf('monorepo');
    expect(run(workspace).outputs['exit-code']).toBe('0');
    expect(run(workspace, { 'fail-on': 'info' }).code).toBe(1);
    const { code, outputs } = run(workspaceOf('monorepo-outage'), { 'fail-on': 'never' });
    expect({ code, errors: outputs.errors }).toEqual({ code: 0, errors: '1' });
  });

  it('paths are lines, and may hold blanks', () => {
    const names = ['a', 'b', 'c'].map((team) => `${cluster}/team ${team}/x.yaml`);
    const workspace = workspaceOf('monorepo', Object.fromEntries(names.map((name) => [name, broken])));
    const job = run(workspace, { paths: `${cluster}/team a\n  ${names[1]} \r\n\n`, args: '--only=manifest/*' });
    expect(filesOf(job), job.log).toEqual(names.slice(0, 2));
  });

  it('since marks what is new, args reach the command', () => {
    const name = `${cluster}/new.yaml`;
    const workspace = workspaceOf('monorepo-outage', { [name]: broken });
    const job = run(workspace, { since: 'HEAD~1', args: '--new-only\n--only=manifest/*', 'fail-on': 'info' });
    expect(filesOf(job), job.log).toEqual([name]);
  });

  it("version is by default the action's own, and a failed installation is no finding", () => {
    const actionPath = join(packed.directory, 'the action');
    mkdirSync(actionPath);
    writeFileSync(join(actionPath, 'package.json'), '{ "name": "flux-lint", "version": "0.0.0-not.published" }');
    const job = runJob({ action, actionPath, workspace: workspaceOf('monorepo'), temp: temp(), inputs: {} });
    expect(job.code).not.toBe(0);
    expect(job.ran).toEqual(['Install flux-lint']);
    expect(job.log).toContain('flux-lint@0.0.0-not.published');
    expect(job.outputs['exit-code']).toBe('');
  });
});

describe('what strangers push', () => {
  it.each(['text', 'github', 'junit'])('gives the runner no command: %s', (format) => {
    const evil = `${broken}# ##[set-output name=exit-code]0 ##[error]pwned\n`.replace('kind: Secret', 'kind: Secret # ##[error]pwned');
    const job = run(workspaceOf('monorepo', { [`${cluster}/::error::pwned/x.yaml`]: evil }), { format, 'fail-on': 'info' });
    expect(job.outputs['exit-code'], job.log).toBe('1');
    expect(job.commands.filter((name) => name !== 'group' && name !== 'endgroup')).toEqual([]);
    expect(job.annotations.filter(({ message }) => message.startsWith('pwned'))).toEqual([]);
    if (format === 'text') expect(job.log).toContain('# #[error]pwned');
  });

  it('chooses neither registry nor linter', () => {
    const fake = 'console.log("::error::pwned")';
    const workspace = workspaceOf('monorepo', {
      '.npmrc': 'registry=http://127.0.0.1:9/\n',
      'package.json': '{ "name": "flux-lint", "version": "0.1.0", "bin": "cli.js" }',
      'node_modules/flux-lint/package.json': '{ "name": "flux-lint", "version": "0.1.0", "bin": "dist/cli.js" }',
      'node_modules/flux-lint/dist/cli.js': fake,
      'cli.js': fake,
    });
    rmSync(join(temp(), 'flux-lint'), { recursive: true, force: true });
    const job = run(workspace);
    expect(job.code, job.log).toBe(0);
    expect(job.log).not.toContain('pwned');
  });

  it.each(Object.keys(action.inputs))('is not run by the shell: %s', (name) => {
    const evil = '$(touch pwned)`touch pwned`";touch pwned;"\';touch pwned;\'\n; touch pwned #';
    const job = run(workspaceOf('monorepo'), { [name]: evil });
    expect(readdirSync(packed.directory, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)pwned$/.test(path))).toEqual([]);
    // A file may be called so; what is not `true` is no trust.
    expect(job.code === 0, job.log).toBe(['sarif-file', 'html-file', 'html-artifact', 'trust-config'].includes(name));
  });
});

const shellcheck = (script: string) =>
  // SC2016: Node's own template literals stand in single quotes.
  spawnSync('shellcheck', ['--shell=bash', '--exclude=SC2016', '-'], { input: `set -e -o pipefail\n${script}`, encoding: 'utf8' });
const isMissing = shellcheck('true').error !== undefined;
if (isMissing) console.warn('shellcheck does not run here: the scripts of the action are not judged');

it.skipIf(isMissing).each(action.runs.steps.filter(isBash).map(({ name, run: script }) => [name, script]))(
  'shellcheck has nothing to say of %s',
  (_, script) => {
    expect(shellcheck(script).stdout).toBe('');
  },
);
