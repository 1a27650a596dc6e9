/** What `check` compares the repository with, if with anything. */

import type { CheckRequest } from '../../analyze.ts';
import type { Since } from '../../analyze-change.ts';
import type { CheckResult } from '../../lint/result.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Analyze } from '../context.ts';
import type { Io } from '../terminal/io.ts';
import { parseRange, sinceOption } from './since.ts';

export const comparisonOptions = {
  ...sinceOption,
  staged: { type: 'boolean', describe: 'What the next commit causes: HEAD against the index, and the paths' },
  'new-only': { type: 'boolean', describe: 'With --since or --staged: only findings that the other revision does not have' },
} as const;

export type Comparison =
  | { readonly type: 'none' }
  | ({ readonly type: 'since' } & Since)
  | { readonly type: 'staged'; readonly newOnly: boolean };

export interface ComparisonArguments {
  readonly since?: string | undefined;
  readonly staged?: boolean | undefined;
  readonly 'new-only'?: boolean | undefined;
  readonly fix?: boolean | undefined;
  readonly 'unsafe-fixes'?: boolean | undefined;
  readonly 'fix-dry-run'?: boolean | undefined;
  readonly 'update-baseline'?: boolean | undefined;
}

/** @throws UsageError for options that ask for another revision without naming it, or that cannot go with one */
export const comparisonOf = (given: ComparisonArguments): Comparison => {
  const { since, staged = false, 'new-only': newOnly = false } = given;
  if (staged && since !== undefined) throw new UsageError('--staged compares HEAD with the index', 'Leave out --since.');
  if (!staged && since === undefined) {
    if (newOnly) throw new UsageError('--new-only compares with another revision', 'Name it with --since, or say --staged.');
    return { type: 'none' };
  }
  const fixing = (['fix', 'unsafe-fixes', 'fix-dry-run'] as const).find((option) => given[option]);
  if (fixing !== undefined) {
    throw new UsageError(`--${fixing} does not go with ${staged ? '--staged' : '--since'}`, 'Fix the work tree first, or leave it out.');
  }
  if (since !== undefined) return { type: 'since', range: parseRange(since), newOnly };
  if (given['update-baseline']) throw new UsageError('--update-baseline takes every finding', 'Leave out --staged.');
  return { type: 'staged', newOnly };
};

export interface Compared {
  readonly comparison: Comparison;
  readonly request: CheckRequest;
  readonly analyze: Analyze;
  readonly env: Io['env'];
  /** People read the report, and two can stand one after the other. */
  readonly isForPeople: boolean;
}

/** A result for each root; none where nothing has to be judged. */
export const analyzeCompared = async ({ comparison, request, analyze, env, isForPeople }: Compared): Promise<readonly CheckResult[]> => {
  switch (comparison.type) {
    case 'none':
      return [await analyze(request)];
    case 'since':
      return [await (await import('../../analyze-change.ts')).analyzeSince(request, comparison)];
    case 'staged': {
      const { analyzeStagedRoots, emptyResult } = await import('./staged.ts');
      const results = await analyzeStagedRoots({ request, analyze, env, newOnly: comparison.newOnly, isForPeople });
      return results.length === 0 && !isForPeople ? [emptyResult] : results;
    }
    default:
      return comparison satisfies never;
  }
};
