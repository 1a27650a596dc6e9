import type { Range } from '../../files/range.ts';
import { UsageError } from '../../model/usage-error.ts';

export const sinceOption = {
  since: {
    type: 'string',
    requiresArg: true,
    describe: 'REV: compare with its merge base; REV..REV2: two commits as they are',
    completes: 'revisions',
  },
} as const;

/** `main` or `v1..v2` as what to compare; a side that is left out is HEAD, as git reads it. */
export const parseRange = (text: string | undefined): Range => {
  if (text?.includes('...')) {
    throw new UsageError(
      `--since cannot be "${text}"`,
      'Write REV for the merge base with HEAD, or REV..REV2 for two commits as they are.',
    );
  }
  const dots = text?.indexOf('..') ?? -1;
  if (text === undefined || dots === -1) return { type: 'since', revision: text };
  return { type: 'between', from: text.slice(0, dots) || 'HEAD', to: text.slice(dots + 2) || 'HEAD' };
};
