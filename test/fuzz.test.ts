import { expect, it } from 'vitest';
import { directoriesIn, fixtureRepositories, fuzz } from './fuzz.ts';
import { referenceData } from './reference-data.ts';

it('nothing that files hold crashes the check', () => {
  const repositories = fixtureRepositories();
  expect(repositories.length).toBeGreaterThan(20);
  fuzz({ seed: 1, runs: 400, repositories });
});

const corpus = referenceData('corpus');

it.skipIf(corpus === undefined)('nor in real repositories', () => {
  fuzz({ seed: 1, runs: 30, repositories: directoriesIn(corpus ?? '') });
});
