import { expect, it } from 'vitest';
import { whyNoTest } from './asked-names.ts';

const rules = ['references/unknown-dependency', 'tenancy/shared-namespace'];
const names = ['references/unknown-dependency finds what its bad example shows', 'knows every fixture folder'];

it.each([
  [undefined, undefined],
  [/unknown-dependency/, undefined],
  [/folder/, undefined],
  [/shared-namespace/, /: tenancy\/shared-namespace is not registered\. Run npm run generate first\.$/],
  [/unknow-dependency/, /Did you mean "references\/unknown-dependency"\?$/],
  [/references\/unknwon-dependency/, /like "references\/unknwon-dependency"\. Did you mean "references\/unknown-dependency"\?$/],
  [/no-such-rule/, /like "no-such-rule"\.$/],
])('%s is asked for', (asked, why) => {
  expect(whyNoTest(asked, names, rules)).toEqual(why && expect.stringMatching(why));
});
