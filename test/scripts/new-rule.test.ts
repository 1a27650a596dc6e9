import { expect, it } from 'vitest';
import { judgeId } from '../../scripts/new-rule.ts';

const known = ['references/unknown-dependency', 'references/unknown-source', 'tenancy/shared-namespace'];

it.each([
  [undefined, /^usage: /],
  ['Unknown', /^usage: /],
  ['references/unknown-source', /is there already/],
  ['refrences/unknown-group', /^there is no category "refrences". Did you mean "references\/unknown-group"\?$/],
])('makes no rule of %s', (id, why) => {
  expect(judgeId(id, known)).toEqual({ type: 'refused', why: expect.stringMatching(why) });
});

it.each([
  ['references/unknown-depndency', ['references/unknown-dependency']],
  ['reliability/shared-namespace', ['tenancy/shared-namespace']],
  ['tenancy/missing-quota', []],
])('makes a rule of %s, and names those near it', (id, near) => {
  expect(judgeId(id, known)).toEqual({ type: 'new', id, near });
});
