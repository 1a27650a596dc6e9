/** An entry of the configuration that matches nothing in the repository. */
export interface UnmatchedEntry {
  /** Where it stands, from the top of the configuration. */
  readonly keys: readonly (string | number)[];
  /** The key matches nothing, whatever its value says. */
  readonly isKey?: boolean;
  readonly message: string;
  readonly hint: string;
  /**
   * Something goes unjudged because of it, or a name that is there shows it to be a slip. False for what is at most left
   * over: whatever it suppressed or added is reported, or missed, all the same.
   */
  readonly weighs: boolean;
  /** The clusters that are judged without what it was to say. */
  readonly clusters?: readonly string[] | undefined;
}

/** `"a" matches none`, or `"a" and "b" match none`. */
export const matching = (globs: readonly string[], what: string): string =>
  `${globs.map((glob) => `"${glob}"`).join(' and ')} ${globs.length === 1 ? 'matches' : 'match'} ${what}`;

/** The one list where all of it matches nothing; its only item, where there is no other. */
export const listKeys = (keys: readonly (string | number)[], items: readonly string[]): readonly (string | number)[] =>
  items.length === 1 ? [...keys, 0] : keys;
