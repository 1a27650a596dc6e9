/** Choices that a seed decides: the same seed makes the same case on every machine. */
export interface Random {
  /** 0 up to, but not, `limit`. */
  readonly below: (limit: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly one: <T>(choices: readonly [T, ...T[]]) => T;
  /** Some of them, each at most once, in their order. */
  readonly some: <T>(choices: readonly T[], probability: number) => readonly T[];
}

/** Mulberry32: a few lines, and good enough to choose by. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    one: (choices) => choices[below(choices.length)] ?? choices[0],
    some: (choices, probability) => choices.filter(() => next() < probability),
  };
};
