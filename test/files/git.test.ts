import { chmodSync, existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { diskFiles } from '../../src/files/disk.ts';
import { openChanges } from '../../src/files/range.ts';
import { git, removeDirectory, repositoryOf, write } from '../git-repository.ts';

let fleet = '';
let ran = '';
beforeEach(() => {
  fleet = repositoryOf({ 'apps/web.yaml': 'kind: ConfigMap\n' });
  ran = join(fleet, '.git/ran');
  onTestFinished(() => removeDirectory(fleet));
});

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
