import { expect, it } from 'vitest';
import { doublestar } from '../../../src/flux/source/doublestar.ts';

/** Expectations are what github.com/bmatcuk/doublestar v4.10.0 matches. */
it.each([
  ['*.md', 'a.md', true],
  ['*.md', 'docs/a.md', false],
  ['**/*.md', 'a.md', true],
  ['**/*.md', 'docs/deep/a.md', true],
  ['docs/**', 'docs', true],
  ['docs/**', 'docs/.hidden/a', true],
  ['docs/**/a', 'docs/a', true],
  ['**.md', 'docs/a.md', false],
  ['{a,b/c}/*.{md,txt}', 'b/c/x.txt', true],
  ['{a,b/c}/*.{md,txt}', 'b/x.txt', false],
  ['[!a]*', 'bc', true],
  ['[^a]*', 'ab', false],
  ['\\{a', '{a', true],
])('%s and %s: %s', (pattern, path, expected) => {
  expect(doublestar(pattern)?.(path)).toBe(expected);
});

it.each(['{a', '[', 'a/[b', 'a\\'])('refuses %s', (pattern) => {
  expect(doublestar(pattern)).toBeUndefined();
});
