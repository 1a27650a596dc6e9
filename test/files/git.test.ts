import { chmodSync, existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { diskFiles } from '../../src/files/disk.ts';
import { gitIndexFiles, gitRevisionFiles } from '../../src/files/git-revision.ts';
import { openChanges } from '../../src/files/range.ts';
import { commitAll, git, removeDirectory, repositoryOf, write } from '../git-repository.ts';

let fleet = '';
let ran = '';
beforeEach(() => {
  fleet = repositoryOf({ 'apps/web.yaml': 'kind: ConfigMap\n' });
  ran = join(fleet, '.git/ran');
  onTestFinished(() => removeDirectory(fleet));
});

afterEach(() => vi.unstubAllEnvs());

describe('git runs nothing that a repository names', () => {
  it('where a pushed folder looks like a repository', () => {
    write(fleet, {
      'planted/HEAD': 'ref: refs/heads/main\n',
      'planted/config': `[core]\n  repositoryformatversion = 0\n  bare = false\n  worktree = .\n  fsmonitor = "touch ${ran}; false"\n`,
      'planted/objects/keep': '',
      'planted/refs/keep': '',
      'planted/apps/web.yaml': 'kind: ConfigMap\n',
    });
    git(join(fleet, 'planted'), '-c', 'safe.bareRepository=all', 'ls-files', '--others');
    expect(existsSync(ran), 'git by itself runs it').toBe(true);
    removeDirectory(ran);

    expect(diskFiles(join(fleet, 'planted')).paths).toContain('apps/web.yaml');
    expect(diskFiles(join(fleet, 'planted/apps')).paths).toEqual(['web.yaml']);
    expect(() => openChanges(join(fleet, 'planted'), { type: 'since', revision: 'HEAD' })).toThrow();
    expect(existsSync(ran)).toBe(false);
  });

  it('to watch its files', () => {
    git(fleet, 'config', 'core.fsmonitor', `touch ${ran}; false`);
    expect(diskFiles(fleet).paths).toEqual(['apps/web.yaml']);
    write(fleet, { 'apps/web.yaml': 'kind: Secret\n' });
    expect(openChanges(fleet, { type: 'since', revision: 'HEAD' }).changes).toEqual([{ path: 'apps/web.yaml', status: 'modified' }]);
    expect(existsSync(ran)).toBe(false);
  });

  it('when its index changes', () => {
    write(fleet, { '.git/hooks/post-index-change': `#!/bin/sh\ntouch ${ran}\n` });
    chmodSync(join(fleet, '.git/hooks/post-index-change'), 0o755);
    utimesSync(join(fleet, 'apps/web.yaml'), 1e9, 1e9);
    expect(openChanges(fleet, { type: 'since', revision: 'HEAD' }).changes).toEqual([]);
    expect(existsSync(ran)).toBe(false);
  });
});

it('reads the index of the repository that it asks, whichever one a hook runs for', () => {
  vi.stubEnv('GIT_INDEX_FILE', join(fleet, 'no-index'));
  expect(gitIndexFiles(fleet, { prefix: '' })?.paths).toEqual(['apps/web.yaml']);
});

describe('a file that git lists and the work tree lacks is there, and cannot be read', () => {
  it('in a sparse checkout', () => {
    git(fleet, 'sparse-checkout', 'set', '--no-cone', '/nothing');
    expect(diskFiles(fleet).file('apps/web.yaml')?.unreadable).toBe('it is listed, but not in the work tree');
  });

  // Other systems have no such names.
  it.skipIf(process.platform !== 'linux')('by a name that is not UTF-8', () => {
    writeFileSync(Buffer.from(`${fleet}/apps/caf\xe9.yaml`, 'latin1'), 'kind: ConfigMap\n');
    expect(diskFiles(fleet).file('apps/caf\ufffd.yaml')?.unreadable).toBe('its name is not UTF-8');
  });
});

it('fetches nothing that a partial clone lacks', () => {
  git(fleet, 'config', 'uploadpack.allowFilter', 'true');
  const clone = join(fleet, '.git/partial');
  git(fleet, 'clone', '-q', '--no-checkout', '--filter=blob:none', pathToFileURL(fleet).href, clone);
  const file = () => gitRevisionFiles(clone, 'HEAD', { prefix: '' })?.file('apps/web.yaml');
  expect(file()?.unreadable).toBe('git has its name here, but not its content');
  git(clone, 'cat-file', '-p', 'HEAD:apps/web.yaml');
  expect(file()?.text).toBe('kind: ConfigMap\n');
});

it('does not look into submodules', () => {
  git(fleet, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', pathToFileURL(fleet).href, 'library');
  commitAll(fleet);
  write(fleet, { 'library/apps/web.yaml': 'kind: Secret\n' });
  expect(openChanges(fleet, { type: 'since', revision: 'HEAD' }).changes).toEqual([]);
});

it.each([{ type: 'staged' }, { type: 'since', revision: 'HEAD' }, { type: 'between', from: 'HEAD', to: 'HEAD' }] as const)(
  'says that there is no git, asked for what is $type',
  (range) => {
    vi.stubEnv('PATH', join(fleet, 'nothing'));
    expect(() => openChanges(fleet, range)).toThrow('git cannot be run');
  },
);
