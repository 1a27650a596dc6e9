import { directoriesIn } from '../../files/composed.ts';
import { baseName, type Files } from '../../files/files.ts';
import { memo } from '../../model/memo.ts';

/**
 * The folder of a tree that all paths are relative to: its root where most are there, else the one folder that has every
 * one of them, at the same place below it.
 *
 * @param paths without `.` or `..`; empty ones say nothing
 * @returns the folder, empty for the tree's root; undefined where no folder or more than one has them
 */
export const folderHolding = (files: Files, paths: readonly string[]): string | undefined => {
  const asked = [...new Set(paths)].filter((path) => path !== '');
  if (asked.length === 0) return undefined;
  const here = asked.filter((path) => files.entry(path) === 'directory');
  if (here.length * 3 >= asked.length * 2) return '';
  const [first = '', ...rest] = asked.sort((a, b) => b.length - a.length);
  const folders = (byName(files).get(baseName(first)) ?? [])
    .filter((directory) => directory.endsWith(`/${first}`))
    .map((directory) => directory.slice(0, -first.length - 1))
    .filter((folder) => rest.every((path) => files.entry(`${folder}/${path}`) === 'directory'));
  return folders.length === 1 ? folders[0] : undefined;
};

/** Every directory under its own name. */
const byName = memo((files: Files): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const directory of directoriesIn(files)) {
    const name = baseName(directory);
    const known = found.get(name);
    if (known) known.push(directory);
    else found.set(name, [directory]);
  }
  return found;
});
