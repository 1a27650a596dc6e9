import { dirname, join } from 'node:path';
import { isInside } from '../files/allowed.ts';
import { diskEntry } from '../files/disk.ts';
import { configNames } from './config-names.ts';

/** The configuration that holds for a working directory: the nearest upwards, not beyond the root. Absolute paths. */
export const findConfig = (cwd: string, root: string): string | undefined => {
  const start = isInside(cwd, root) ? cwd : root;
  for (const directory of upwards(start)) {
    const found = configIn(directory);
    if (found !== undefined || directory === root) return found;
  }
  return undefined;
};

/** The configuration file of this very directory. */
export const configIn = (directory: string): string | undefined =>
  configNames.map((name) => join(directory, name)).find((path) => diskEntry(path) === 'file');

/** A directory and its parents, the nearest first. */
export const upwards = function* (directory: string): Generator<string> {
  for (let here = directory; ; here = dirname(here)) {
    yield here;
    if (dirname(here) === here) return;
  }
};
