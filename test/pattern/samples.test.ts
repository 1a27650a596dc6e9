import { expect, it } from 'vitest';
import { samplesOf } from '../../src/pattern/samples.ts';

const texts = (pattern: string) => samplesOf(pattern).map(({ text }) => text);

it('takes a letter of a class that has one, and its first character', () => {
  expect(texts('^sandbox-[0-9a-z]+$')).toEqual(['sandbox-a', 'sandbox-0']);
});

it('takes digits for what may be anything', () => {
  expect(texts('^main-.*[^-]\\d{3}$')).toEqual(['main-11111', 'main-11111']);
});

it('knows what groups take, by number and name', () => {
  const [sample] = samplesOf('^(?:main|dev)-([a-f0-9]+)-(?P<ts>[0-9]+)$');
  expect(sample?.text).toBe('dev-a-0');
  expect([...(sample?.groups ?? [])]).toEqual([
    ['1', 'a'],
    ['2', '0'],
    ['ts', '0'],
  ]);
});

it.each(['a{2', '(', '[', '\\pL', '(?s)a', '*'])('says nothing of %s', (pattern) => {
  expect(texts(pattern)).toEqual([]);
});
