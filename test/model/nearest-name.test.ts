import { expect, it } from 'vitest';
import { nearestName } from '../../src/model/nearest-name.ts';

it.each([
  ['clustrs', ['tenants', 'clusters'], 'clusters'],
  ['Clusters', ['clusters'], 'clusters'],
  ['x', ['y'], 'y'],
  ['zebra', ['clusters', 'root'], undefined],
  ['apps', [], undefined],
  ['prod', ['prod-a', 'prob', 'pro'], 'prob'],
])('nearest to %s in %j is %s', (name, names, nearest) => {
  expect(nearestName(name, names)).toBe(nearest);
});
