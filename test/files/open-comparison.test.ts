import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { diskFiles } from '../../src/files/disk.ts';
import { openComparison } from '../../src/files/open-comparison.ts';
import { git, removeDirectory, repositoryOf, write } from '../git-repository.ts';

it('knows of what the index does not have whether the work tree has it', () => {
  const directory = repositoryOf({ 'a.yaml': 'a', 'apps/b.yaml': 'b', '.gitignore': 'ignored.yaml\n' });
  onTestFinished(() => removeDirectory(directory));
  write(directory, { 'staged.yaml': 's' });
  git(directory, 'add', 'staged.yaml');
  write(directory, { 'new.yaml': 'n', 'more/new.yaml': 'n', 'ignored.yaml': 'i' });
  const { headFiles } = openComparison(directory, diskFiles(directory), { type: 'staged' });
  expect(['a.yaml', 'apps', 'staged.yaml', 'nowhere.yaml'].map(headFiles.uncommitted)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(['new.yaml', 'more', 'more/new.yaml'].map(headFiles.uncommitted)).toEqual(['untracked', 'untracked', 'untracked']);
  expect(headFiles.uncommitted('ignored.yaml')).toBe('ignored');
  expect(openComparison(join(directory, 'apps'), diskFiles(join(directory, 'apps')), { type: 'staged' }).headFiles.paths).toEqual([
    'b.yaml',
  ]);
});
