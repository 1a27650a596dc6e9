/** What a run of the command costs, by a file that it loads first. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** In milliseconds. */
export interface Cost {
  /** From spawn to exit. */
  readonly clock: number;
  /** Of all threads. */
  readonly processor: number;
}

/**
 * A crash would be fast, so it is refused: a missing bundle exits 1, as a check that found something does, but only the
 * check has a report.
 *
 * @param argv of Node
 * @throws Error where the run did not do what it was there for
 */
export const costOf = (argv: readonly string[], cwd?: string): Cost => {
  const start = performance.now();
  const { status, stdout, stderr, output } = spawnSync(
    process.execPath,
    ['--require', join(import.meta.dirname, 'tell-processor-time.cjs'), ...argv],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', 'pipe'], maxBuffer: 2 ** 30, cwd },
  );
  const clock = performance.now() - start;
  const isDone = status === 0 || (status === 1 && /^Checked \d+ files/m.test(stdout));
  if (!isDone) throw new Error(`${argv.join(' ')} exited ${status}: ${stderr}`);
  return { clock, processor: Number(output[3]) / 1000 };
};

export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
