import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { anyGlob, globMatcher } from '../../src/pattern/glob.ts';
import { fc } from '../properties.ts';

it.each([
  ['prod-*', 'prod-eu', true],
  ['prod-*', 'prod-', true],
  ['*', 'flux-system/apps', false],
  ['*/apps', 'flux-system/apps', true],
  ['apps/**', 'apps', true],
  ['apps/**', 'apps/a/b.yaml', true],
  ['apps/**', 'apps-old/b.yaml', false],
  ['**/b.yaml', 'b.yaml', true],
  ['**/b.yaml', 'a/.hidden/b.yaml', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['a/**/b', 'a/xb', false],
  ['{apps,infra/**}/x', 'infra/a/b/x', true],
  ['{a,b{c,d}}', 'bd', true],
  ['{a}', '{a}', true],
  ['{a', '{a', true],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['[!a-c]x', 'dx', true],
  ['[!a-c]x', 'bx', false],
  ['[a', '[a', true],
  ['@(a|b)c', 'bc', true],
  ['+(ab)', 'abab', true],
  ['?(a)b', 'b', true],
  ['*(ab)c', 'c', true],
  ['!prod-*', 'dev', true],
  ['!prod-*', 'prod-eu', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['./apps', 'apps', true],
  ['', '', false],
  ['*', '', false],
  ['**', '', false],
])('%s and "%s": %s', (pattern, text, expected) => {
  expect(globMatcher(pattern)(text)).toBe(expected);
});

it('means what picomatch means, dots aside', () => {
  const letters = fc.constantFrom('a', 'b', '/', '*', '**', '?', '{', '}', ',', '{a,b}', '[ab]', '[^a]', '/**', '**/', '.');
  const pattern = fc.array(letters, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const text = fc.array(fc.constantFrom('a', 'b', 'ab', '/', '.'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const isPlain = (path: string) =>
    !path.startsWith('.') && !path.includes('//') && !path.includes('/.') && !path.endsWith('/') && !path.startsWith('/');
  const isUsual = (written: string) =>
    isPlain(written) &&
    !/[*?\]]\/\*\*|\*{3}|[^/,{]\*\*|\*\*[^/,}]|[{},]{2}|^\*\*|\{[^}]*[/*?[{][^}]*\}|\{[^}]*$|^[^{]*\}|\{[^,}]*\}|,\}|\{,/.test(written);
  fc.assert(
    fc.property(pattern, text, (written, path) => {
      fc.pre(isUsual(written) && isPlain(path));
      expect(globMatcher(written)(path)).toBe(picomatch.isMatch(path, written, { dot: true }));
    }),
    { numRuns: 5000 },
  );
});

it('is any of several, and none without any', () => {
  expect(anyGlob(['a', 'b*'])('bc')).toBe(true);
  expect(anyGlob([])('a')).toBe(false);
});

describe('takes time that grows with the pattern and the text alone', () => {
  it.each([
    ['stars', `${'*a'.repeat(200)}!`, 'a'.repeat(5000)],
    ['braces', '{a,b}'.repeat(600), 'a'.repeat(600)],
    ['braces in braces', `${'{a,'.repeat(1000)}b${'}'.repeat(1000)}`, 'a'.repeat(1000)],
    ['groups', `${'+('.repeat(1000)}a${')'.repeat(1000)}!`, 'a'.repeat(1000)],
    ['double stars', `${'**/'.repeat(500)}b`, 'a/'.repeat(2000)],
    ['too long', '*'.repeat(100_000), 'a'],
  ])('%s', (_name, pattern, text) => {
    const start = performance.now();
    globMatcher(pattern)(text);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
