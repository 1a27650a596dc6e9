/** `1 error`, `2 errors`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A list for people: whole where it is short or `all` are wanted, else its first two and how many follow. */
export const folded = (names: readonly string[], all: boolean): string =>
  all || names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
