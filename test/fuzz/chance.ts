/** Choices that a seed alone decides, and the odd words that they are made among. */

export interface Chance {
  /** From 0 up to, not including, a number. */
  readonly below: (limit: number) => number;
  readonly of: <T>(choices: readonly [T, ...T[]]) => T;
  readonly is: (share: number) => boolean;
}

/** The same numbers for the same seed, everywhere (mulberry32). */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, of: (choices) => choices[below(choices.length)] ?? choices[0], is: (share) => next() < share };
};

/** One of a list that may be empty. */
export const anyOf = <T>(chance: Chance, choices: readonly T[]): T | undefined => choices[chance.below(choices.length)];

export const times = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** It stands in Secrets alone, and in no report. */
export const planted = 'Planted-S3cret-Value';

const oddWords = [
  ...['constructor', '__proto__', 'toString', '', ' ', '*', '**', '{a,b}', '[', '!', '${v}', '${v:=d}', '${', '$${v}', '$(V)'],
  ...['../..', '/', './.', 'a/../..', '~', 'null', 'true', '0x1F', '1e3', '.inf', '2020-01-01', '(a+)+$', '(([a-z])+.)+'],
  ...['\u0000', '\u202e', '\u200b', '\ud83d\ude00', '\ud800', 'é', '\u001b[2J', '@everyone', '[a](https://x.example.com)', '<img src=x>'],
  ...['-', '- a', 'a: b', '# c', "'", '"', '\\', '\r\n', '\t', 'x'.repeat(300), '<< inputs.a >>', '{{ .a }}', '::error::a'],
] as const;

export const word = (chance: Chance): string =>
  chance.is(0.85) ? chance.of(['app', 'web', 'db', 'base', 'prod', 'shop']) : (anyOf(chance, oddWords) ?? '');

/** Words, and what stands between them in one language or another. */
export const sentence = (chance: Chance): string =>
  times(chance.below(8), () => word(chance)).join(chance.of(['', ' ', '/', '.', '\n', ': ', '${', '}', '//']));

/** One piece after the other: what a language has, in an order that it mostly has not. */
export const babble = (chance: Chance, pieces: readonly string[], most: number): string =>
  times(1 + chance.below(most), () => (chance.is(0.9) ? (anyOf(chance, pieces) ?? '') : word(chance))).join('');
