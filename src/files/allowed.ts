import { lstatSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/**
 * Whether nothing may be read at a place, whoever names it: git's own directory, which holds a job's token, and what the
 * kernel shows of processes and devices.
 *
 * @param real absolute, links followed
 */
export const isForbidden = (real: string): boolean => real.split(sep).includes('.git') || /^\/(proc|sys|dev)(\/|$)/.test(real);

/** Where a path really is; undefined where there is nothing. */
export const realPath = (absolute: string): string | undefined => {
  try {
    // One question to the system, where `realpathSync` asks for each part of the path.
    return realpathSync.native(absolute);
  } catch {
    return undefined;
  }
};

/** Whether an absolute path is a directory or lies in it. */
export const isInside = (path: string, directory: string): boolean => {
  const way = relative(directory, path);
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
};

/**
 * A file of the repository must not lead out of it, neither to be read nor to be written: a link can be pushed.
 *
 * @param path as people know it
 * @throws UsageError for a link in the root that leaves it
 */
export const refuseLeavingLink = (absolute: string, root: string, path: string): void => {
  if (!isInside(absolute, root) || lstatSync(absolute, { throwIfNoEntry: false }) === undefined) return;
  const [real, realRoot] = [realPath(absolute), realPath(root)];
  if (real !== undefined && realRoot !== undefined && isInside(real, realRoot) && !isForbidden(real)) return;
  throw new UsageError(`${path} is a link that leads out of the repository, or to nothing`, 'Put the file itself there.');
};
