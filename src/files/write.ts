import { chmodSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/**
 * Writes a file whole or not at all: beside it first, then in its place, with the mode it had. Makes its directory.
 *
 * @param path absolute; of a link, what it leads to is written
 * @throws UsageError where it cannot be written
 */
export const writeFile = (path: string, text: string): void => {
  const place = existsSync(path) ? realpathSync(path) : path;
  const beside = `${place}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(place), { recursive: true });
    const mode = statSync(place, { throwIfNoEntry: false })?.mode;
    writeFileSync(beside, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(beside, mode);
    renameSync(beside, place);
  } catch (error) {
    rmSync(beside, { force: true });
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new UsageError(`cannot write ${path}${why}`, 'Make the file and its directory writable.');
  }
};
