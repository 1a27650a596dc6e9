import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runMain } from '../../cli/run-main.ts';
import { git, makeRepository } from '../../git-repository.ts';

const top = mkdtempSync(join(tmpdir(), 'flux-lint-'));
const repository = join(top, 'fleet');

beforeAll(() => {
  cpSync(join(import.meta.dirname, '../../../fixtures/repos/second-branch'), repository, { recursive: true });
  const settings = join(repository, 'billing/settings.yaml');
  writeFileSync(
    settings,
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: billing\n  namespace: billing\ndata:\n  version: released\n',
  );
  makeRepository(repository);
  git(repository, 'branch', 'release');
  writeFileSync(settings, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: billing\n  namespace: billing\ndata:\n  version: next\n');
  git(repository, 'commit', '--quiet', '-am', 'next');
});
afterAll(() => rmSync(top, { recursive: true }));

const build = (cwd: string) => runMain(['build', '--kustomization', 'flux-system/billing', '--origins'], { cwd });

it('builds from the branch that the source follows, not from the work tree', async () => {
  const { code, stdout } = await build(repository);
  expect(code).toBe(0);
  expect(stdout).toContain('version: released # billing/settings.yaml:7');
});

it('does so with a detached head', async () => {
  git(repository, 'checkout', '--quiet', '--detach');
  expect((await build(repository)).stdout).toContain('version: released');
});

it('says that the branch is not in a shallow clone', async () => {
  git(top, 'clone', '--quiet', '--depth=1', '--branch=main', `file://${repository}`, 'shallow');
  const { code, stderr } = await build(join(top, 'shallow'));
  expect(code).toBe(2);
  expect(stderr).toContain('the branch release of this repository is not here');
});

it('says so without git', async () => {
  cpSync(repository, join(top, 'plain'), { recursive: true, filter: (path) => !path.includes('/.git') });
  const { code, stderr } = await build(join(top, 'plain'));
  expect(code).toBe(2);
  expect(stderr).toContain('the branch release of this repository is not here');
});
