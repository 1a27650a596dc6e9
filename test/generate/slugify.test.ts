import { describe, expect, it } from 'vitest';
import { slugify } from '../../src/generate/resource-set/slugify.ts';

/** As `flux-operator build resourceset` 0.59.0 prints them. */
describe('slugify', () => {
  it.each([
    ['Feature/ABC_def', 'feature-abc_def'],
    ['_a-', 'a'],
    ['a@b & c', 'aatb-and-c'],
    ["it's “quoted”", 'its-quoted'],
    ['Ünïcödé ß æ ø Łódź', 'unicode-ss-ae-o-lodz'],
    ['Ёлка и Щука', 'iolka-i-shchuka'],
    [
      'feature/some-very-long-branch-name-that-goes-on-and-on-and-on-beyondsixtythree-characters',
      'feature-some-very-long-branch-name-that-goes-on-and-on-and-on',
    ],
    ['a'.repeat(70), 'a'.repeat(63)],
  ])('%s', (text, slug) => expect(slugify(text)).toBe(slug));

  it('leaves open what it does not transliterate', () => expect(slugify('機能')).toBeUndefined());
});
