import { resolve } from 'node:path';
import { diskFile } from '../../files/disk.ts';
import { writeFile } from '../../files/write.ts';
import type { Safety } from '../../lint/fix/apply-fixes.ts';
import type { FixedFile } from '../../lint/fix/fix.ts';
import type { CheckResult } from '../../lint/result.ts';
import { counted } from '../../report/words.ts';
import type { Io } from '../terminal/io.ts';
import { say } from '../terminal/say.ts';

export const fixOptions = {
  fix: { type: 'boolean', describe: 'Fix what has a safe fix' },
  'unsafe-fixes': { type: 'boolean', describe: 'Fix also what may change more than the problem' },
  'fix-dry-run': { type: 'boolean', describe: 'Print what the fixes would change as a diff, and write nothing' },
} as const;

export interface FixArguments {
  readonly fix?: boolean | undefined;
  readonly 'unsafe-fixes'?: boolean | undefined;
  readonly 'fix-dry-run'?: boolean | undefined;
}

/** Which fixes are asked for; none: nothing is fixed. */
export const safetiesOf = (given: FixArguments): readonly Safety[] => {
  if (given['unsafe-fixes']) return ['safe', 'unsafe'];
  return given.fix || given['fix-dry-run'] ? ['safe'] : [];
};

/**
 * Writes what was fixed, or says what a dry run would have written: the diff alone goes to standard output.
 *
 * @returns whether nothing is left that should have been written
 */
export const settleFixes = (result: CheckResult, { io, isDryRun }: { readonly io: Io; readonly isDryRun: boolean }): boolean => {
  for (const path of result.fixed?.refused ?? []) {
    say(io, `${path}: a fix would have changed more than it should, and was not made. Please report it.`);
  }
  if (!isDryRun) return writeFixes(result, io);
  const { fixed, findings } = result;
  const unsafe = findings.filter(({ fix }) => fix?.safety === 'unsafe').length;
  const isAny = fixed !== undefined && fixed.files.length > 0;
  const more = unsafe === 0 ? '' : `; ${unsafe}${isAny ? ' more' : ''} with --unsafe-fixes`;
  const done = isAny
    ? `${counted(fixed.count, 'problem')} would be fixed, ${counted(fixed.files.length, 'file')} written`
    : 'nothing to fix';
  say(io, `${done}${more}`);
  return true;
};

/**
 * Writes fixed files. One that is not what was linted any more, or is no UTF-8, is left alone with a message.
 *
 * @returns whether every file was written
 */
const writeFixes = ({ fixed, root }: CheckResult, io: Io): boolean => {
  if (!fixed || fixed.files.length === 0) return true;
  const refused = fixed.files.filter((file) => !writeFix(resolve(io.cwd, root, file.path), file));
  for (const { path } of refused) say(io, `${path} has changed or gone meanwhile, or is not UTF-8: left alone`);
  const written = fixed.files.length - refused.length;
  say(io, `${counted(fixed.count, 'problem')} fixed, ${counted(written, 'file')} written`);
  return refused.length === 0;
};

const writeFix = (path: string, { before, after }: FixedFile): boolean => {
  const now = diskFile(path, path)?.bytes();
  if (now === undefined || !Buffer.from(before).equals(now)) return false;
  writeFile(path, after);
  return true;
};
