import { expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/model/spelling.ts';

const options = ['cluster', 'color', 'config', 'format', 'only', 'output', 'root', 'rule'];

it.each([
  ['formt', 'format'],
  ['fromat', 'format'],
  ['colour', 'color'],
  ['Root', 'root'],
  ['rules', 'rule'],
  ['onyl', 'only'],
  ['zzz', undefined],
  ['', undefined],
  ['environment', undefined],
])('%s is meant to be %s', (word, meant) => {
  expect(nearest(word, options)).toBe(meant);
});

it('prefers the first of equally near ones', () => {
  expect(nearest('bat', ['cat', 'hat'])).toBe('cat');
});

it('asks only where something may be meant', () => {
  expect(didYouMean('format')).toBe('Did you mean "format"?');
  expect(didYouMean(undefined)).toBeUndefined();
});
