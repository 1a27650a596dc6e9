import type { Origin } from './origin.ts';
import type { StepProblem } from './problem.ts';

/** What is larger than flux-lint follows. @param message what it is, and where flux-lint stops */
export const limitExceeded = ({ span, via }: Origin, message: string, hint = 'docs/limits.md says how to go on.'): StepProblem => ({
  ruleId: 'manifest/limit-exceeded',
  at: { span, via },
  message,
  hint,
});
