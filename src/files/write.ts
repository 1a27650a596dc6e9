import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

/**
 * Writes a file whole or not at all: beside it first, then in its place, with the mode it had. Makes its directory.
 *
 * @param path absolute, and no link
 * @throws UsageError where it cannot be written
 */
export const writeFile = (path: string, text: string): void => {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    writeFileSync(beside, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(beside, mode);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new UsageError(`cannot write ${path}${why}`, 'Make the file and its directory writable.');
  }
};
