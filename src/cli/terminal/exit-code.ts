import type { Summary } from '../../lint/result.ts';
import type { Severity } from '../../model/severity.ts';

export const exitCodes = { done: 0, found: 1, usage: 2, bug: 3, interrupted: 130 } as const;

/** From this severity on a finding fails the run. */
export const failOnChoices = ['error', 'warning', 'info', 'never'] as const satisfies readonly (Severity | 'never')[];

export interface Threshold {
  readonly failOn: (typeof failOnChoices)[number];
  /** More warnings than this fail the run, whatever `failOn` says. */
  readonly maxWarnings: number | undefined;
}

export const checkExitCode = ({ errors, warnings, infos }: Summary, { failOn, maxWarnings }: Threshold): number => {
  const counted = { error: errors, warning: errors + warnings, info: errors + warnings + infos, never: 0 }[failOn];
  return counted > 0 || warnings > (maxWarnings ?? Number.POSITIVE_INFINITY) ? exitCodes.found : exitCodes.done;
};
