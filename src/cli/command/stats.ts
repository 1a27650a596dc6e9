import type { CheckResult } from '../../lint/result.ts';
import type { Watch } from '../../model/watch.ts';
import type { Context } from '../context.ts';
import { watchOf } from '../terminal/progress.ts';

export const statsOption = {
  stats: { type: 'boolean', describe: 'Say on standard error, after the report, where the time went' },
} as const;

export interface StatsArguments {
  readonly stats?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

export interface Observed {
  /** To be told of every step. */
  readonly watch: Watch;
  readonly printStats: (result: CheckResult) => void;
}

/** Progress as for every command, and a stopwatch where it is asked for; it is loaded only then. */
export const observed = async (given: StatsArguments, { io, ...context }: Context): Promise<Observed> => {
  const watch = watchOf(given, context);
  if (given.stats !== true) return { watch, printStats: () => {} };
  const { createStopwatch } = await import('../terminal/stopwatch.ts');
  const { statsText } = await import('../../report/check/stats.ts');
  const startUp = io.now();
  const { timings, ...stopwatch } = createStopwatch(watch, io.now);
  return {
    watch: stopwatch.watch,
    printStats: ({ findings }) => {
      io.stderr(statsText({ timings, findings, startUp, total: io.now(), peakMemory: io.peakMemory() }));
    },
  };
};
