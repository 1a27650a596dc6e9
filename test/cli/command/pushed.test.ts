import { describe, expect, it, onTestFinished } from 'vitest';
import { commitAll, git, removeDirectory, repositoryOf, write } from '../../git-repository.ts';
import { runMain } from '../run-main.ts';

const keep = (directory: string): string => {
  onTestFinished(() => removeDirectory(directory));
  return directory;
};

const configMap = (colour: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: default }\ndata: { colour: ${colour} }\n`;

const fleet = {
  'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  'clusters/production/kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'clusters/production/settings.yaml': configMap('red'),
};

/** `impact` as pre-commit runs it. */
const push = async (cwd: string, env: Readonly<Record<string, string>> = {}, ...argv: readonly string[]) =>
  runMain(['impact', '--quiet', ...argv], { cwd, env: { PRE_COMMIT: '1', ...env } });

const refs = (from: string, to = 'HEAD') => ({ PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to });

const changedTwice = (): string => {
  const cwd = keep(repositoryOf(fleet));
  write(cwd, { 'clusters/production/settings.yaml': configMap('green') });
  commitAll(cwd);
  write(cwd, { 'README.md': 'new\n' });
  commitAll(cwd);
  return cwd;
};

describe('impact under pre-commit', () => {
  it('is of the commits that are pushed, not of the work tree', async () => {
    const cwd = changedTwice();
    write(cwd, { 'clusters/production/settings.yaml': configMap('red') });
    expect((await push(cwd, refs('HEAD~2'))).stdout).toMatch(/^Reaches 1 cluster \(production\): 1 changed\./);
  });

  it('is of what a branch adds, where the remote has moved on', async () => {
    const cwd = changedTwice();
    git(cwd, 'checkout', '-q', '-b', 'remote', 'HEAD~2');
    write(cwd, {
      'clusters/production/other.yaml': configMap('blue').replace('settings', 'other'),
      'clusters/production/kustomization.yaml': 'resources: [other.yaml]\n',
    });
    commitAll(cwd);
    git(cwd, 'checkout', '-q', 'main');
    expect((await push(cwd, refs('remote', 'main'))).stdout).toMatch(/: 1 changed\./);
  });

  it('ends at once where nothing of it has to do with Flux', async () => {
    const stderr = 'flux-lint: what has changed has nothing to do with Flux\n';
    expect(await push(changedTwice(), refs('HEAD~1'))).toEqual({ code: 0, stdout: '', stderr });
  });

  it.each([
    ['no refs', {}],
    ['zeros, as for a new branch', refs('0'.repeat(40))],
    ['a commit that is not here', refs('f'.repeat(40))],
  ])('compares with the upstream branch where it is given %s, and does not stop a first push', async (_, env) => {
    const cwd = changedTwice();
    expect(await push(cwd, env)).toEqual({
      code: 0,
      stdout: '',
      stderr: 'flux-lint: nothing to compare with: the branch has no upstream, and there is no origin/HEAD\n',
    });
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD~2');
    git(cwd, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    expect((await push(cwd, env)).stdout).toMatch(/^Reaches 1 cluster/);
  });

  it('is of the root that the files lie in', async () => {
    const cwd = keep(repositoryOf({ ...fleet, '.flux-lint.yaml': 'extends: recommended\n' }));
    const moved = Object.fromEntries(Object.entries(fleet).map(([path, text]) => [`deploy/${path}`, text] as const));
    write(cwd, { ...moved, 'deploy/.flux-lint.yaml': 'root: true\n' });
    commitAll(cwd);
    write(cwd, { 'deploy/clusters/production/settings.yaml': configMap('green') });
    commitAll(cwd);
    expect((await push(cwd, refs('HEAD~1'))).stdout).toMatch(/^Reaches 1 cluster \(production\): 1 changed\./);
  });

  it('is no mistake in a repository without manifests', async () => {
    const cwd = keep(repositoryOf({ 'README.md': '' }));
    write(cwd, { '.pre-commit-config.yaml': 'repos: []\n' });
    commitAll(cwd);
    expect(await push(cwd, refs('HEAD~1'))).toMatchObject({ code: 0, stderr: '' });
  });

  it('does what it is asked where it is asked for something', async () => {
    expect((await push(changedTwice(), refs('HEAD~1'), '--since', 'HEAD~2')).stdout).toMatch(/^Reaches 1 cluster/);
  });
});
