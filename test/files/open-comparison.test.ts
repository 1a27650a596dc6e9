import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { diskFiles } from '../../src/files/disk.ts';
import { gitRevisionFiles } from '../../src/files/git-revision.ts';
import { lazyFiles } from '../../src/files/lazy.ts';
import { openComparison } from '../../src/files/open-comparison.ts';
import type { Range } from '../../src/files/range.ts';
import { commitAll, git, removeDirectory, repositoryOf, write } from '../git-repository.ts';

afterEach(() => vi.unstubAllEnvs());

const repository = (files: Readonly<Record<string, string>>): string => {
  const directory = repositoryOf(files);
  onTestFinished(() => removeDirectory(directory));
  return directory;
};

const open = (directory: string, range: Range) => openComparison({ directory, worktree: diskFiles(directory), range });
const openStaged = (directory: string) => open(directory, { type: 'staged' });

it('knows of what the index does not have whether the work tree has it', () => {
  const directory = repository({ 'a.yaml': 'a', 'apps/b.yaml': 'b', '.gitignore': 'ignored.yaml\n' });
  write(directory, { 'staged.yaml': 's' });
  git(directory, 'add', 'staged.yaml');
  write(directory, { 'new.yaml': 'n', 'more/new.yaml': 'n', 'ignored.yaml': 'i' });
  const { headFiles } = openStaged(directory);
  expect(['a.yaml', 'apps', 'staged.yaml', 'nowhere.yaml'].map(headFiles.uncommitted)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(['new.yaml', 'more', 'more/new.yaml'].map(headFiles.uncommitted)).toEqual(['untracked', 'untracked', 'untracked']);
  expect(headFiles.uncommitted('ignored.yaml')).toBe('ignored');
  expect(openStaged(join(directory, 'apps')).headFiles.paths).toEqual(['b.yaml']);
});

describe('the base is the tree of its commit, though git lists that of the head alone', () => {
  const changed = () => {
    const directory = repository({
      'kept.yaml': 'kept\n',
      'apps/edited.yaml': 'before\n',
      'apps/gone.yaml': 'gone\n',
      'apps/moved.yaml': 'a text that is long enough to be known again\nby its second line\n',
      'moved-in.yaml': 'this one comes from outside of the folder\nand lies in it from now on\n',
      'apps/link': 'a file that becomes a link\n',
      'library/kustomization.yaml': 'resources: []\n',
    });
    symlinkSync('kept.yaml', join(directory, 'shown.yaml'));
    commitAll(directory);
    git(directory, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', pathToFileURL(directory).href, 'apps/module');
    commitAll(directory);
    git(directory, 'rm', '--quiet', '--cached', 'apps/module');
    git(directory, 'mv', 'apps/moved.yaml', 'apps/there.yaml');
    git(directory, 'mv', 'moved-in.yaml', 'apps/moved-in.yaml');
    git(directory, 'rm', '--quiet', 'apps/gone.yaml', 'apps/link', 'shown.yaml');
    symlinkSync('edited.yaml', join(directory, 'apps/link'));
    write(directory, { 'apps/edited.yaml': 'after\n', 'apps/new.yaml': 'new\n', 'shown.yaml': 'no link any more\n' });
    git(directory, 'add', 'apps/link', 'apps/edited.yaml', 'apps/new.yaml', 'shown.yaml');
    return directory;
  };
  const texts = (files: ReturnType<typeof diskFiles> | undefined) =>
    files?.paths.map((path) => [path, files.entry(path), files.file(path)?.text]);

  it.each(['', 'apps', 'library'])('in what is staged below "%s"', (below) => {
    const directory = join(changed(), below);
    const { base, baseFiles, headFiles } = openStaged(directory);
    expect(texts(baseFiles)).toEqual(texts(gitRevisionFiles(directory, base, { prefix: '' })));
    commitAll(directory);
    expect(texts(headFiles)).toEqual(texts(gitRevisionFiles(directory, git(directory, 'rev-parse', 'HEAD'), { prefix: '' })));
  });

  it.each(['', 'apps', 'library'])('between two commits, below "%s"', (below) => {
    const directory = join(changed(), below);
    git(directory, 'commit', '--quiet', '--message', 'changed');
    const { base, baseFiles } = open(directory, { type: 'between', from: 'HEAD~1', to: 'HEAD' });
    expect(texts(baseFiles)).toEqual(texts(gitRevisionFiles(directory, base, { prefix: '' })));
  });

  it('before the first commit, where there is nothing', () => {
    const directory = repository({ 'a.yaml': 'a\n' });
    git(directory, 'checkout', '--quiet', '--orphan', 'first');
    expect(openStaged(directory).baseFiles.paths).toEqual([]);
  });
});

describe('asks git', () => {
  /** The subcommands that run meanwhile. */
  const asked = (directory: string, work: () => void): readonly string[] => {
    const trace = join(directory, '.git/trace');
    write(directory, { '.git/trace': '' });
    vi.stubEnv('GIT_TRACE', trace);
    work();
    vi.unstubAllEnvs();
    const lines = readFileSync(trace, 'utf8').split('\n');
    return lines.flatMap((line) => /trace: built-in: git (\S+)/.exec(line)?.[1] ?? []);
  };
  const edited = () => {
    const files = {
      'a.yaml': 'a',
      'apps/kustomization.yaml': '',
      'apps/one.conf': '1',
      'apps/conf/two.conf': '2',
      'far.conf': '3',
      'versions.env': 'A=1',
      '.github/renovate.json5': '{}',
      'run.sh': 'true',
    };
    const directory = repository(files);
    write(directory, { 'a.yaml': 'b' });
    git(directory, 'add', 'a.yaml');
    return directory;
  };

  it('once for the names and once for the contents of both sides', () => {
    const directory = edited();
    const worktree = lazyFiles(() => diskFiles(directory));
    const questions = asked(directory, () => {
      const { headFiles, baseFiles } = openComparison({ directory, worktree, range: { type: 'staged' } });
      expect([headFiles, baseFiles].map((files) => files.file('a.yaml')?.text)).toEqual(['b', 'a']);
      expect(headFiles.file('apps/kustomization.yaml')?.text).toBe('');
    });
    expect(questions).toEqual(['cat-file', 'diff', 'ls-files', 'cat-file']);
  });

  it('nothing of a work tree that lacks what is missing, too', () => {
    const directory = edited();
    const worktree = lazyFiles(() => diskFiles(directory));
    const { headFiles } = openComparison({ directory, worktree, range: { type: 'staged' } });
    expect(
      asked(directory, () =>
        expect(['gone.yaml', 'a.yaml/below', 'a.yaml/far/below', 'no/where'].map(headFiles.uncommitted)).toEqual([
          undefined,
          undefined,
          undefined,
          undefined,
        ]),
      ),
    ).toEqual([]);
    symlinkSync('nowhere', join(directory, 'broken.yaml'));
    expect(asked(directory, () => expect(headFiles.uncommitted('broken.yaml')).toBe('untracked'))).toEqual(['ls-files']);
  });

  it('once more for what lies beside kustomization files', () => {
    const directory = edited();
    const { headFiles } = openStaged(directory);
    expect(headFiles.file('a.yaml')?.text).toBe('b');
    const read = (...paths: readonly string[]) =>
      asked(directory, () => expect(paths.map((path) => headFiles.file(path)?.text)).not.toContain(''));
    expect(read('apps/one.conf', 'apps/conf/two.conf')).toEqual(['cat-file']);
    expect(read('far.conf')).toEqual(['cat-file']);
    expect(read('versions.env')).toEqual([]);
    expect(read('run.sh', '.github/renovate.json5')).toEqual(['cat-file']);
  });
});
