/**
 * A stretch of one file. Offsets are in UTF-16 units, `end` is exclusive.
 * `path` is the file's name in the run: relative to the root with `/` separators, or prefixed by its view
 * for files of mapped checkouts and other revisions (`src/files/files.ts`).
 */
export interface Span {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}
