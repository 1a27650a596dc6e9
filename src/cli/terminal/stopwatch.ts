import type { Counted, Step, Watch } from '../../model/watch.ts';
import type { Timings } from '../../report/check/stats.ts';

export interface Stopwatch {
  readonly watch: Watch;
  /** So far. */
  readonly timings: Timings;
}

/**
 * Times every step and rule for itself, and tells `watch` of them too. Who asks first for what others use as well (a file's
 * tree, an answer of the graph) pays: trees are a step of their own, so a rule pays for answers alone.
 */
export const createStopwatch = (watch: Watch, now: () => number): Stopwatch => {
  const steps = new Map<Step, number>();
  const rules = new Map<string, number>();
  const counts = new Map<Counted, number>();
  /** What the steps within the present one have taken so far. */
  let within = 0;

  const timed = <T>(step: Step, run: () => T): T => {
    const before = within;
    within = 0;
    const start = now();
    try {
      return run();
    } finally {
      const all = now() - start;
      if (typeof step === 'string') add(steps, step, all - within);
      else add(rules, step.rule, all - within);
      within = before + all;
    }
  };
  const count: Watch['count'] = (what, more) => {
    add(counts, what, more);
    watch.count(what, more);
  };
  return {
    watch: { ...watch, during: (step, run) => watch.during(step, () => timed(step, run)), count },
    timings: { steps, rules, counts },
  };
};

const add = <K>(sums: Map<K, number>, key: K, more: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + more);
};
