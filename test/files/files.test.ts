import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subtree } from '../../src/files/composed.ts';
import { diskFiles } from '../../src/files/disk.ts';
import { memoryFiles } from '../../src/files/memory.ts';
import { git } from '../git-repository.ts';

const top = mkdtempSync(join(tmpdir(), 'flux-lint-'));
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), text);
};

beforeAll(() => {
  write('outside.yaml', 'secret: true\n');
  write('repo/a.yaml', 'a: 1\n');
  write('repo/apps/base/b.yaml', 'b: 1\n');
  write('repo/ignored.yaml', 'c: 1\n');
  write('repo/.gitignore', 'ignored.yaml\n');
  write('repo/gone.yaml', 'd: 1\n');
  symlinkSync('../outside.yaml', join(top, 'repo/leak.yaml'));
  symlinkSync('/etc/hostname', join(top, 'repo/absolute.yaml'));
  symlinkSync('apps/base', join(top, 'repo/shortcut'));
  symlinkSync('loop', join(top, 'repo/loop'));
});
afterAll(() => rmSync(top, { recursive: true }));

describe.each(['without git', 'with git'])('diskFiles %s', (mode) => {
  beforeAll(() => {
    if (mode === 'without git') return;
    git(join(top, 'repo'), 'init', '--quiet');
    git(join(top, 'repo'), 'add', 'a.yaml', 'gone.yaml');
    rmSync(join(top, 'repo/gone.yaml'));
  });

  it('lists what is there, sorted', () => {
    const { paths, list } = diskFiles(join(top, 'repo'));
    expect(paths).toContain('apps/base/b.yaml');
    expect(paths).toEqual([...paths].sort());
    expect(paths.includes('ignored.yaml')).toBe(mode === 'without git');
    expect(paths.includes('gone.yaml')).toBe(mode === 'without git');
    expect(paths.some((path) => path.startsWith('.git/'))).toBe(false);
    expect(list('apps')).toEqual(['base']);
    expect(list('nowhere')).toBeUndefined();
  });

  it('never reads outside, by dots or by links', () => {
    const files = diskFiles(join(top, 'repo'));
    expect(files.file('../outside.yaml')).toBeUndefined();
    expect(files.file('leak.yaml')).toBeUndefined();
    expect(files.file('absolute.yaml')).toBeUndefined();
    expect(files.file('loop')).toBeUndefined();
    expect(files.entry('leak.yaml')).toBe('link');
  });

  it('knows what git does not have', () => {
    const { uncommitted } = diskFiles(join(top, 'repo'));
    const isGit = mode === 'with git';
    expect(uncommitted('a.yaml')).toBeUndefined();
    expect(uncommitted('apps/base/b.yaml')).toBe(isGit ? 'untracked' : undefined);
    expect(uncommitted('ignored.yaml')).toBe(isGit ? 'ignored' : undefined);
    expect(uncommitted('apps/base')).toBeUndefined();
    expect(uncommitted('gone.yaml')).toBeUndefined();
    expect(uncommitted('a.yaml/below')).toBeUndefined();
    expect(uncommitted('leak.yaml')).toBe(isGit ? 'untracked' : undefined);
  });

  it('follows links that stay inside, to the one file they mean', () => {
    const files = diskFiles(join(top, 'repo'));
    expect(files.file('shortcut/b.yaml')?.text).toBe('b: 1\n');
    expect(files.file('shortcut/b.yaml')).toBe(files.file('apps/base/b.yaml'));
  });
});

describe('memoryFiles', () => {
  it('answers like a disk', () => {
    const files = memoryFiles({ 'apps/x.yaml': 'x: 1' }, { links: { 'l.yaml': 'apps/x.yaml', 'out.yaml': '../x' } });
    expect(files.paths).toEqual(['apps/x.yaml', 'l.yaml', 'out.yaml']);
    expect(files.entry('apps')).toBe('directory');
    expect(files.file('l.yaml')?.path).toBe('apps/x.yaml');
    expect(files.file('out.yaml')).toBeUndefined();
    expect(files.file('apps/../apps/./x.yaml')?.text).toBe('x: 1');
  });
});

describe('subtree', () => {
  const files = memoryFiles(
    { 'apps/web/x.yaml': 'x: 1', 'apps/y.yaml': 'y: 1', 'z.yaml': 'z: 1' },
    { links: { 'apps/in.yaml': 'web/x.yaml', 'apps/out.yaml': '../z.yaml' } },
  );
  const apps = subtree(files, 'apps');

  it('is a view of the same files', () => {
    expect(apps.paths).toEqual(['in.yaml', 'out.yaml', 'web/x.yaml', 'y.yaml']);
    expect(apps.file('web/x.yaml')).toBe(files.file('apps/web/x.yaml'));
    expect(apps.list('')).toEqual(['in.yaml', 'out.yaml', 'web', 'y.yaml']);
    expect(apps.entry('web')).toBe('directory');
    expect(apps.resolve('in.yaml')).toBe('web/x.yaml');
  });

  it('ends at its directory', () => {
    expect(apps.file('out.yaml')).toBeUndefined();
    expect(apps.file('../z.yaml')).toBeUndefined();
    expect(subtree(files, 'nope').paths).toEqual([]);
  });
});
