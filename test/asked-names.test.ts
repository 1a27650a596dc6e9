import { expect, it } from 'vitest';
import { whyNoTest } from './asked-names.ts';

const rules = ['references/unknown-dependency', 'tenancy/shared-namespace'];
const names = [
  'references/unknown-dependency finds what its bad example shows',
  'knows every fixture folder',
  'something else with shared-namespace in its name',
];

it('says nothing of rules where their tests are not run', () => {
  expect(whyNoTest(/shared-namespace/, ['makes a rule like shared-namespace'], rules)).toBeUndefined();
});

it.each([
  [undefined, undefined],
  [/unknown-dependency/, undefined],
  [/folder/, undefined],
  [/shared-namespace/, /^tenancy\/shared-namespace has no tests, for it is not registered\. Run npm run generate first\.$/],
  [/unknow-dependency/, /Did you mean "references\/unknown-dependency"\?$/],
  [/references\/unknwon-dependency/, /like "references\/unknwon-dependency"\. Did you mean "references\/unknown-dependency"\?$/],
  [/no-such-rule/, /like "no-such-rule"\.$/],
])('%s is asked for', (asked, why) => {
  expect(whyNoTest(asked, names, rules)).toEqual(why && expect.stringMatching(why));
});
