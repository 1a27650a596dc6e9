import { dirname, isAbsolute, join, relative } from 'node:path';
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

/** Whether an absolute path is a directory or lies in it. */
export const isInside = (path: string, directory: string): boolean => {
  const way = relative(directory, path);
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
};
