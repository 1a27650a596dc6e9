import type { CheckRequest } from '../../analyze.ts';
import { writeFile } from '../../files/write.ts';
import { formatBaseline } from '../../lint/baseline.ts';
import type { CheckResult } from '../../lint/result.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Io } from '../terminal/io.ts';
import { placeFor } from '../terminal/place-for.ts';
import { say } from '../terminal/say.ts';

export const baselineOptions = {
  baseline: { type: 'string', requiresArg: true, describe: 'Leave out the findings that this file lists', completes: 'files' },
  'update-baseline': { type: 'boolean', describe: 'Write every finding into the baseline, and drop what is gone' },
} as const;

export interface BaselineArguments {
  readonly baseline?: string | undefined;
  readonly 'update-baseline'?: boolean | undefined;
}

export const baselineOf = ({ baseline: file, 'update-baseline': update = false }: BaselineArguments): CheckRequest['baseline'] => {
  if (file !== undefined) return { file, update };
  if (update) throw new UsageError('--update-baseline does not say which file', 'Name it with --baseline FILE.');
  return undefined;
};

/** Writes the baseline where that is asked for, and says what of it is out of date. */
export const settleBaseline = ({ file, update }: NonNullable<CheckRequest['baseline']>, { baseline }: CheckResult, io: Io): void => {
  if (!baseline) return;
  const stale = baseline.stale === 1 ? '1 stale entry' : `${baseline.stale} stale entries`;
  if (update) {
    const { length } = baseline.next;
    writeFile(placeFor(file, io), formatBaseline(baseline.next, file));
    say(io, `${file} has ${length === 1 ? '1 entry' : `${length} entries`}${baseline.stale > 0 ? `; ${stale} dropped` : ''}`);
  } else if (baseline.stale > 0) say(io, `${file} has ${stale}; --update-baseline drops them`);
};
