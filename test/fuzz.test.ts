import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { directoriesIn, fixtureRepositories, fuzz } from './fuzz.ts';
import { judgeRepository, judgeUnit } from './fuzz-repositories.ts';

it('nothing that files hold crashes the check', () => {
  const repositories = fixtureRepositories();
  expect(repositories.length).toBeGreaterThan(20);
  fuzz({ seed: 1, runs: 400, repositories });
});

const corpus = directoriesIn(fileURLToPath(new URL('../../shared/corpus/', import.meta.url)));
if (corpus.length === 0) console.warn('Skipped: the reference repositories are not here (../shared/corpus).');

it.skipIf(corpus.length === 0)('nor in real repositories', () => {
  fuzz({ seed: 1, runs: 30, repositories: corpus });
});

it('nor do repositories from a grammar', () => {
  for (let seed = 1; seed <= 120; seed++) judgeRepository(seed);
});

it('nor does any small reader with an odd text', () => {
  for (let seed = 1; seed <= 20_000; seed++) judgeUnit(seed);
});
