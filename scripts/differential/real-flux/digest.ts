import { createHash } from 'node:crypto';
import type { Texts } from '../../../test/fixture.ts';

/** Of what a case says, so that a result of another text is not taken for one of this. */
export const digestOf = (marked: Texts): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(marked).sort()))
    .digest('hex')
    .slice(0, 12);
