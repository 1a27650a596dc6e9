import { writeFileSync } from 'node:fs';
import { UsageError } from '../../../model/usage-error.ts';

/**
 * Writes a file that does not exist yet.
 *
 * @throws UsageError where something of that name is there, be it a link that leads nowhere, and where it cannot be written
 */
export const createFile = (path: string, { name, text }: { readonly name: string; readonly text: string }): void => {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code === 'EEXIST' ? alreadyThere(name) : new UsageError(`cannot write ${name} (${code})`, 'Make its directory writable.');
  }
};

export const alreadyThere = (name: string): UsageError =>
  new UsageError(`${name} is there already`, 'Edit it, or move it away to have a new one written.');
