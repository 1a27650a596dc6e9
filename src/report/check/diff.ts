import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { FixedFile } from '../../lint/fix/fix.ts';

/** What fixes change, as a unified diff that `git apply` takes. */
export const unifiedDiff = (files: readonly FixedFile[]): string =>
  files
    .map(({ path, before, after }) =>
      createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY }),
    )
    .join('');
