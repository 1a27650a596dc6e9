/** An object that something refers to. */
export interface Wanted {
  /** Where two groups have a kind of this name; undefined: of whichever group. */
  readonly group?: string | undefined;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}
