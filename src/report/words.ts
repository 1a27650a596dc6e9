/** `1 error`, `2 errors`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A list for people: whole where it is short or `all` are wanted, else its first two and how many follow. */
export const folded = (names: readonly string[], all: boolean): string =>
  all || names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;

/** `1,204`. A formatter of Node's would load what it knows of languages. */
export const withCommas = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 file`, `1,204 files`. */
export const amount = (count: number, noun: string): string => `${withCommas(count)} ${noun}${count === 1 ? '' : 's'}`;
