import { readlinkSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isInside } from '../../files/allowed.ts';
import { gitTopLevel } from '../../files/git.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Io } from './io.ts';

/**
 * Where a file goes that an option names. Absolute.
 *
 * @throws UsageError where a link in the repository leads out of it: whoever pushed the link would choose what is overwritten
 */
export const placeFor = (name: string, { cwd }: Pick<Io, 'cwd'>): string => {
  const file = resolve(cwd, name);
  const top = gitTopLevel(cwd) ?? cwd;
  if (!isInside(file, top) || !leavesByLink(file, top)) return file;
  throw new UsageError(`${name} leads out of the repository by a link`, 'Name the file itself, or take the link away.');
};

const leavesByLink = (path: string, directory: string): boolean => {
  try {
    return !isInside(realpathSync(path), realpathSync(directory));
  } catch {
    // It is not there yet, or it is a link to what is not.
    return isLink(path) || (path !== directory && leavesByLink(dirname(path), directory));
  }
};

const isLink = (path: string): boolean => {
  try {
    return readlinkSync(path) !== '';
  } catch {
    return false;
  }
};
