/** What is recorded of real Flux: nobody runs it here, and nothing may be told of it that does not stand there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { claims, otherClaims } from '../../scripts/differential/real-flux/claims.ts';
import { digestOf } from '../../scripts/differential/real-flux/digest.ts';
import { exceptions } from '../../scripts/differential/real-flux/exceptions.ts';
import { judge } from '../../scripts/differential/real-flux/judge.ts';
import { type Result, readResults } from '../../scripts/differential/real-flux/results.ts';
import { readTexts } from '../fixture.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/rules');
const recorded = readResults();

test('what is told of rules is told of rules that are there, and once', () => {
  const known = new Set(rules.map(({ id }) => id));
  expect([...claims.keys(), ...otherClaims.keys()].filter((id) => !known.has(id))).toEqual([]);
  expect([...claims.keys()].filter((id) => otherClaims.has(id))).toEqual([]);
});

test('every result is of a case that is there', () => {
  const missing = recorded.filter((result) => !existsSync(join(fixtures, result.rule, result.case)));
  expect(missing.map((result) => `${result.rule}/${result.case}`)).toEqual([]);
});

test('every disagreement has its reason, and every reason its disagreement', () => {
  const fresh = recorded.filter((result) => digestOf(readTexts(join(fixtures, result.rule, result.case))) === result.digest);
  const disagreed = fresh.filter((result) => judge(result).type === 'disagreed').map((result) => `${result.rule}/${result.case}`);
  expect([...new Set(disagreed)].sort()).toEqual([...exceptions.keys()].sort());
});

describe('judge', () => {
  const result: Result = {
    rule: 'build/cycle',
    case: 'bad',
    cluster: 'production',
    digest: '',
    told: { byRule: true, all: ['build/cycle'] },
    notReady: [],
  };
  const failed = (message: string) => ({ object: 'Kustomization flux-system/apps', status: 'False', reason: 'BuildFailed', message });

  it.each([
    ['a bad case that fails for the reason told', { notReady: [failed('cycle detected: candidate root')] }, 'agreed'],
    ['a bad case that fails for another reason', { notReady: [failed('timeout')] }, 'disagreed'],
    ['a bad case that is ready', {}, 'disagreed'],
    ['a bad case that lacks what is elsewhere', { notReady: [failed('no matches for kind "Queue"')] }, 'undecidable'],
    ['a good case that is ready', { told: { byRule: false, all: [] } }, 'agreed'],
    ['a good case that fails', { told: { byRule: false, all: [] }, notReady: [failed('timeout')] }, 'disagreed'],
    ['a good case of which another rule tells', { told: { byRule: false, all: ['build/empty'] }, notReady: [failed('x')] }, 'agreed'],
    [
      'a good case that fails as a bad one does',
      { told: { byRule: false, all: ['build/empty'] }, notReady: [failed('cycle detected')] },
      'disagreed',
    ],
  ])('%s', (_, changes, type) => {
    expect(judge({ ...result, ...changes }).type).toBe(type);
  });
});
