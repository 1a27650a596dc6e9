/** The generator of random input: what it makes is decided by the seed, and mostly builds. */
import { expect, test } from 'vitest';
import { randomFluxObject } from '../../scripts/differential/flux-object.ts';
import { buildTree, reconcile, substitute } from '../../scripts/differential/ours.ts';
import { createRandom } from '../../scripts/differential/random.ts';
import { shrunk } from '../../scripts/differential/shrink.ts';
import { randomSubstitution } from '../../scripts/differential/substitution.ts';
import { randomTree } from '../../scripts/differential/tree.ts';

const seeds = Array.from({ length: 60 }, (_, index) => index);

test('the same seed makes the same input', () => {
  for (const seed of seeds) {
    expect(randomTree(createRandom(seed))).toEqual(randomTree(createRandom(seed)));
    expect(randomSubstitution(createRandom(seed))).toEqual(randomSubstitution(createRandom(seed)));
    expect(randomFluxObject(createRandom(seed))).toEqual(randomFluxObject(createRandom(seed)));
  }
  expect(randomTree(createRandom(1))).not.toEqual(randomTree(createRandom(2)));
});

test('half of it and more is not refused', () => {
  const built = seeds.filter((seed) => buildTree(randomTree(createRandom(seed)), 'root').error === undefined);
  const substituted = seeds.filter((seed) => substitute(randomSubstitution(createRandom(seed))).error === undefined);
  const reconciled = seeds.filter((seed) => reconcile(randomFluxObject(createRandom(seed))).error === undefined);
  expect(built.length).toBeGreaterThan(30);
  expect(reconciled.length).toBeGreaterThan(30);
  expect(substituted.length).toBeGreaterThan(30);
});

test('what differs is made small', async () => {
  const tree = { a: 'one\ntwo\nthree\nfour', b: 'five', c: '' };
  expect(await shrunk(tree, async (smaller) => smaller['a']?.includes('three') === true)).toEqual({ a: 'three' });
});
