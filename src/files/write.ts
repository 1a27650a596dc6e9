import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '../model/usage-error.ts';

export interface WriteOptions {
  /** What the file is called in messages; default: its path. */
  readonly name?: string;
  readonly hint?: string;
}

/**
 * Writes a file whole or not at all: beside it first, then in its place, with the mode it had. Where the disk is full or the
 * run is ended, the old file stays as it is. Makes its directory. What is no file, such as a pipe, is written as it is.
 *
 * @param path absolute; of a link, what it leads to is written
 * @throws UsageError where it cannot be written
 */
export const writeFile = (
  path: string,
  text: string,
  { name = path, hint = 'Make the file and its directory writable.' }: WriteOptions = {},
): void => {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const known = statSync(path, { throwIfNoEntry: false });
    if (known && !known.isFile()) writeFileSync(path, text);
    else writeBeside(known ? realpathSync(path) : path, text, known?.mode);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new UsageError(`cannot write ${name}${why}`, hint);
  }
};

const writeBeside = (place: string, text: string, mode: number | undefined): void => {
  clearLeftovers(place);
  const beside = `${place}.flux-lint-${process.pid}.tmp`;
  // Nobody else's file is in the way of this name, or this fails and it stays.
  const file = openSync(beside, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
    closeSync(file);
    if (mode !== undefined) chmodSync(beside, mode);
    renameSync(beside, place);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
};

/** What runs left that were ended while they wrote this very file: those of processes that are gone. */
const clearLeftovers = (place: string): void => {
  const directory = dirname(place);
  for (const found of readdirSync(directory)) {
    if (!found.startsWith(`${basename(place)}.flux-lint-`)) continue;
    const pid = /^\d+(?=\.tmp$)/.exec(found.slice(basename(place).length + '.flux-lint-'.length))?.[0];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(directory, found), { force: true });
  }
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
