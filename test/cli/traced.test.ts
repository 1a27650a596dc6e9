/** What is opened and run on a repository that tries everything, as the kernel sees it; where strace is. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitAll, removeDirectory, repositoryOf, write } from '../git-repository.ts';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');
const canTrace = existsSync(cli) && spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
if (!canTrace) console.warn('Skipped: strace, or dist/cli.js, is not here.');

const outside = mkdtempSync(join(tmpdir(), 'flux-lint-outside-'));
let root = '';

const sync = (name: string, url: string, path: string) => `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 1m, url: ${url}, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 10m, path: ${path}, prune: true, sourceRef: { kind: GitRepository, name: ${name} } }
`;

beforeAll(() => {
  if (!canTrace) return;
  writeFileSync(join(outside, 'private.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: private }\n');
  root = repositoryOf({
    '.flux-lint.yaml': `plugins: [./evil.mjs]\nrepositories:\n  https://git.example.com/a: ${outside}\n  https://git.example.com/b: ./.git\n  https://git.example.com/c: /proc/self\n  https://git.example.com/d: ./linked\n`,
    'evil.mjs': `import { writeFileSync } from 'node:fs';\nwriteFileSync('${join(outside, 'it-ran')}', '');\n`,
    'clusters/prod/sync.yaml': `${sync('flux-system', 'https://git.example.com/acme/fleet', './clusters/prod')}${['a', 'b', 'c', 'd'].map((name) => sync(name, `https://git.example.com/${name}`, './')).join('')}`,
    'clusters/prod/sets.yaml':
      'apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: sets, namespace: flux-system }\nspec: { inputsFrom: [{ kind: ResourceSetInputProvider, name: there }], resourcesTemplate: "<< readFile `/etc/passwd` >>" }\n',
    'clusters/prod/kustomization.yaml': 'resources: [sync.yaml, sets.yaml, ../../link.yaml, ../../../../../../etc/passwd]\n',
  });
  symlinkSync(join(outside, 'private.yaml'), join(root, 'link.yaml'));
  symlinkSync(outside, join(root, 'linked'));
  write(root, { '.git/hooks/post-checkout': '#!/bin/sh\n' });
  commitAll(root);
  // A token that a checkout leaves behind.
  spawnSync('git', ['config', 'http.https://git.example.com/.extraheader', 'AUTHORIZATION: basic EXAMPLE-of-the-job'], { cwd: root });
});

afterAll(() => {
  rmSync(outside, { recursive: true, force: true });
  if (root !== '') removeDirectory(root);
});

interface Traced {
  readonly output: string;
  /** Programs that were started. */
  readonly programs: readonly string[];
  /** What flux-lint's own process opened. */
  readonly opened: readonly string[];
  readonly connected: readonly string[];
}

const traced = (argv: readonly string[]): Traced => {
  const log = join(outside, '..', `flux-lint-trace-${process.pid}`);
  const { stdout, stderr } = spawnSync(
    'strace',
    ['-f', '-qq', '-s', '4096', '-e', 'trace=execve,open,openat,connect', '-o', log, process.execPath, cli, ...argv],
    { cwd: root, encoding: 'utf8', env: { ...process.env, CI: 'true' } },
  );
  const lines = readFileSync(log, 'utf8').split('\n');
  rmSync(log);
  const started = lines.filter((line) => / execve\(/.test(line) && / = 0$/.test(line));
  const ofGit = new Set(started.filter((line) => /\/git"/.test(line)).map((line) => line.split(' ')[0]));
  const argument = (line: string) => /"([^"]*)"/.exec(line)?.[1] ?? '';
  return {
    output: `${stdout}\n${stderr}`,
    programs: [...new Set(started.map(argument))],
    opened: [
      ...new Set(lines.filter((line) => / open(at)?\(/.test(line) && !/ = -1 /.test(line) && !ofGit.has(line.split(' ')[0])).map(argument)),
    ],
    connected: lines.filter((line) => / connect\(/.test(line) && /sin6?_port/.test(line)),
  };
};

describe.skipIf(!canTrace)('a repository that tries everything', () => {
  it.each([
    [['check', '--format', 'json']],
    [['check', '--fix']],
    [['check', '--since', 'HEAD', '--format', 'text']],
    [['impact', '--since', 'HEAD']],
    [['graph', '--format', 'json']],
    [['build', '--kustomization', 'flux-system/flux-system']],
    [['build', '--kustomize', 'clusters/prod']],
    [['why', 'clusters/prod/sync.yaml']],
    [['check', '--staged', '--format', 'sarif']],
    [['check', '--fix-dry-run', '--unsafe-fixes']],
    [['impact', '--staged']],
    [['expand', '--format', 'json']],
    [['rules', '--format', 'json']],
    [['explain', 'build/stray-file']],
    [['completion', 'bash']],
    [['init', '--dry-run']],
  ])('has nothing of it run or read by %j', (argv) => {
    const { output, programs, opened, connected } = traced(argv);
    expect(programs.filter((program) => program !== process.execPath && !program.endsWith('/git'))).toEqual([]);
    expect(connected).toEqual([]);
    expect(
      opened.filter(
        (path) =>
          path.startsWith(outside) || path.startsWith('/etc/passwd') || /\/\.git\//.test(path) || path.startsWith('/proc/self/environ'),
      ),
    ).toEqual([]);
    expect(existsSync(join(outside, 'it-ran'))).toBe(false);
    expect(output).not.toContain('EXAMPLE-of-the-job');
  });
});
