import { expect, it } from 'vitest';
import { isSemverRange } from '../../src/kube/semver-range.ts';

it.each([
  '*',
  '1',
  '1.2',
  'v1.2.3',
  '1.2.3-rc.1+build.7',
  '>=1.2.0',
  '>= 1.2.0, < 2.0.0',
  '>=1.2.0 <2.0.0',
  '>=1.2.0,<2.0.0',
  '=> 1.0',
  '~1.2.x',
  '~> 1.2',
  '^1.2.0-0',
  '!=1.5.0',
  '1.2 - 1.4.5',
  '1.x || >=2.5.0 || 5.0.0 - 7.2.3',
  '2.X',
  ' 1.2.3 ',
])('%s is a range', (range) => expect(isSemverRange(range)).toBe(true));

it.each(['latest', 'main', '1.2.3.4', '>=', '1.2 -', '^1.2 ||', '1.2.3 and 2', '1..2', '^^1.2', 'release-1.2', '>=1.2 | <2', '1.2.y'])(
  '%s is none',
  (text) => expect(isSemverRange(text)).toBe(false),
);
