import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gitRemotes, gitRevisionFiles, isShallow, resolveRevision } from '../../src/files/git-revision.ts';
import { commitAll, git } from '../git-repository.ts';

const top = realpathSync(mkdtempSync(join(tmpdir(), 'flux-lint-')));
const repository = join(top, 'repository');
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
};
const commit = (message: string) => {
  commitAll(repository, message);
  return git(repository, 'rev-parse', 'HEAD');
};

let first = '';
let second = '';

beforeAll(() => {
  mkdirSync(repository);
  git(repository, 'init', '--quiet');
  write('apps/web/x.yaml', 'version: 1\n');
  write('apps/web/notes.txt', 'é\n');
  write('kustomization.yaml', 'resources: [apps/web]\n');
  symlinkSync('web', join(repository, 'apps/current'));
  symlinkSync('/etc', join(repository, 'outside'));
  first = commit('first');
  git(repository, 'tag', '--annotate', 'v1', '--message', 'v1');
  git(repository, 'branch', 'release/1');
  write('apps/web/x.yaml', 'version: 2\n');
  write('apps/y.yaml', 'y: 1\n');
  second = commit('second');
  write('apps/web/x.yaml', 'version: work tree\n');
  git(repository, 'remote', 'add', 'origin', 'ssh://git@example.com/your-org/fleet');
  git(repository, 'remote', 'add', 'fork', 'https://example.com/me/fleet.git');
  git(repository, 'update-ref', 'refs/remotes/fork/only-there', first);
});
afterAll(() => rmSync(top, { recursive: true }));

describe('gitRevisionFiles', () => {
  it('is the tree of a commit, whatever the work tree holds', () => {
    const files = gitRevisionFiles(repository, first, { prefix: 'v1:' });
    expect(files?.paths).toEqual(['apps/current', 'apps/web/notes.txt', 'apps/web/x.yaml', 'kustomization.yaml', 'outside']);
    expect(files?.file('apps/web/x.yaml')).toMatchObject({ path: 'v1:apps/web/x.yaml', text: 'version: 1\n', unreadable: undefined });
    expect(files?.file('apps/web/notes.txt')?.text).toBe('é\n');
    expect(gitRevisionFiles(repository, second, { prefix: '' })?.file('apps/web/x.yaml')?.text).toBe('version: 2\n');
  });

  it('knows links and keeps them inside', () => {
    const files = gitRevisionFiles(repository, first, { prefix: '' });
    expect(files?.entry('apps/current')).toBe('link');
    expect(files?.file('apps/current/x.yaml')).toBe(files?.file('apps/web/x.yaml'));
    expect(files?.file('outside/hostname')).toBeUndefined();
  });

  it('starts at a directory of the work tree', () => {
    const files = gitRevisionFiles(join(repository, 'apps'), second, { prefix: '' });
    expect(files?.paths).toEqual(['current', 'web/notes.txt', 'web/x.yaml', 'y.yaml']);
    expect(files?.file('y.yaml')?.text).toBe('y: 1\n');
  });

  it('is undefined for what is not here', () => {
    expect(gitRevisionFiles(repository, '0'.repeat(40), { prefix: '' })).toBeUndefined();
    expect(gitRevisionFiles(top, first, { prefix: '' })).toBeUndefined();
  });

  it('says of a missing object that it is missing, and reads the others', () => {
    const clone = join(top, 'broken');
    git(top, 'clone', '--quiet', '--no-hardlinks', repository, clone);
    const id = git(clone, 'rev-parse', `${second}:apps/y.yaml`);
    rmSync(join(clone, '.git/objects', id.slice(0, 2), id.slice(2)), { force: true });
    const files = gitRevisionFiles(clone, second, { prefix: '' });
    expect(files?.file('apps/y.yaml')).toMatchObject({ text: '', unreadable: expect.stringContaining('not its content') });
    expect(files?.file('apps/web/x.yaml')?.text).toBe('version: 2\n');
  });
});

describe('resolveRevision', () => {
  it('knows branches, those of remotes, tags, commits and what else git knows', () => {
    expect(resolveRevision(repository, 'main')).toBe(second);
    expect(resolveRevision(repository, 'release/1')).toBe(first);
    expect(resolveRevision(repository, 'only-there')).toBe(first);
    expect(resolveRevision(repository, 'v1')).toBe(first);
    expect(resolveRevision(repository, 'refs/heads/main')).toBe(second);
    expect(resolveRevision(repository, 'HEAD~1')).toBe(first);
    expect(resolveRevision(repository, first.slice(0, 10))).toBe(first);
  });

  it.each(['nope', '', '--all', 'main\nHEAD', 'HEAD:apps', '0'.repeat(40)])('knows nothing called %j', (reference) => {
    expect(resolveRevision(repository, reference)).toBeUndefined();
  });
});

it('knows remotes, and whether history is whole', () => {
  expect(gitRemotes(repository)).toEqual(['https://example.com/me/fleet.git', 'ssh://git@example.com/your-org/fleet']);
  expect(isShallow(repository)).toBe(false);

  const shallow = join(top, 'shallow');
  git(top, 'clone', '--quiet', '--depth=1', `file://${repository}`, shallow);
  expect(isShallow(shallow)).toBe(true);
  expect(resolveRevision(shallow, first)).toBeUndefined();

  expect([gitRemotes(top), isShallow(top)]).toEqual([[], false]);
});
