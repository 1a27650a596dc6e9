import { describe, expect, it } from 'vitest';
import { re2 } from '../../src/pattern/re2.ts';
import { simpleRegexp } from '../../src/pattern/simple-regexp.ts';

/** Always the same numbers, from 0 to below `size`. */
const numbers = (seed: number) => {
  let state = seed;
  return (size: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * size);
  };
};

const signs = ['a', 'b', 'ab', '-', '.', '\\.', '*', '+', '?', '|', '(', ')', '.*', '(a|b)', '^', '$', '[ab]', '\\d', '{2}', '\u00e9'];
const letters = ['a', 'b', '-', '.', '\n', '\u00e9', '\u{1f600}'];

describe('a simple pattern', () => {
  it('matches what RE2 matches, and is none where RE2 refuses it', () => {
    const next = numbers(7);
    const made = (from: readonly string[], most: number) => Array.from({ length: next(most) }, () => from[next(from.length)]).join('');
    const { RE2JS } = re2();
    let taken = 0;
    for (let round = 0; round < 20_000; round++) {
      const pattern = made(signs, 7);
      const simple = simpleRegexp(pattern);
      if (!simple) continue;
      taken++;
      const asked = RE2JS.compile(`^(?:${pattern})$`);
      for (let text = 0; text < 8; text++) {
        const of = made(letters, 5);
        expect([pattern, of, simple(of)]).toEqual([pattern, of, asked.test(of)]);
      }
    }
    expect(taken).toBeGreaterThan(5_000);
  });

  it.each(['(cilium|rook).*', 'helm.toolkit.fluxcd.io', '.*', 'apps-\\.x?', 'a+', '()', 'a|'])('is %s', (pattern) => {
    expect(simpleRegexp(pattern)).toBeDefined();
  });

  it.each(['[a-z]+', 'a{2}', '^a', 'a$', '\\d', '(?i)a', 'a**', 'a*?', '(a', 'a)', '*', `${'('.repeat(30)}a${')'.repeat(30)}`])(
    'is not %s',
    (pattern) => {
      expect(simpleRegexp(pattern)).toBeUndefined();
    },
  );
});
