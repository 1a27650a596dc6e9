import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import type { FixedFile } from '../../lint/fix/fix.ts';
import type { CheckResult } from '../../lint/result.ts';

/** What fixes change, as a unified diff that `git apply` takes; what is secret is stars on both sides. */
export const unifiedDiff = (files: readonly FixedFile[], reveal: CheckResult['reveal']): string =>
  files
    .map(({ path, before, after }) =>
      createTwoFilesPatch(`a/${path}`, `b/${path}`, reveal(path, before), reveal(path, after), undefined, undefined, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      }),
    )
    .join('');
