import { expect, it } from 'vitest';
import { referenceData } from '../reference-data.ts';
import { judgeGitHistory } from './histories.ts';
import { directoriesIn, fixtureRepositories, fuzz } from './mutations.ts';
import { judgeRepository } from './repositories.ts';
import { judgeUnit } from './units.ts';

it('nothing that files hold crashes the check', () => {
  const repositories = fixtureRepositories();
  expect(repositories.length).toBeGreaterThan(20);
  fuzz({ seed: 1, runs: 400, repositories });
});

const corpus = referenceData('corpus');

it.skipIf(corpus === undefined)('nor in real repositories', () => {
  fuzz({ seed: 1, runs: 30, repositories: directoriesIn(corpus ?? '') });
});

it('nor do repositories from a grammar', () => {
  for (let seed = 1; seed <= 400; seed++) judgeRepository(seed);
});

it('nor do their histories in git', async () => {
  for (let seed = 1; seed <= 3; seed++) await judgeGitHistory(seed);
});

it('nor does any small reader with an odd text', () => {
  for (let seed = 1; seed <= 20_000; seed++) judgeUnit(seed);
});
