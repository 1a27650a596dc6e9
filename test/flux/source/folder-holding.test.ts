import { expect, it } from 'vitest';
import { memoryFiles } from '../../../src/files/memory.ts';
import { folderHolding } from '../../../src/flux/source/folder-holding.ts';

const tree = (...directories: readonly string[]) =>
  memoryFiles(Object.fromEntries(directories.map((directory) => [`${directory}/a.yaml`, ''])));

it.each([
  ['the root of the tree, where they are there', ['apps/web', 'infra'], ['apps/web', 'infra'], ''],
  ['the root, where most are there', ['a', 'b'], ['a', 'b', 'lost'], ''],
  ['the one folder that has them all', ['deploy/apps/web', 'deploy/infra', 'apps'], ['apps/web', 'infra'], 'deploy'],
  ['a folder deeper down', ['x/y/apps/web'], ['apps/web'], 'x/y'],
  ['none, where two have them', ['a/apps/web', 'b/apps/web'], ['apps/web'], undefined],
  ['none, where no folder has all', ['deploy/apps/web', 'infra/x'], ['apps/web', 'infra/x/y'], undefined],
  ['none, where nothing is asked', ['apps'], ['', ''], undefined],
  ['none, where only the end of a name is the same', ['deploy/webapps'], ['apps'], undefined],
])('paths are relative to %s', (_, directories, paths, expected) => {
  expect(folderHolding(tree(...directories), paths)).toBe(expected);
});
