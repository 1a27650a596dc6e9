import type { File } from '../files/files.ts';
import type { Origin } from '../model/origin.ts';
import { UsageError } from '../model/usage-error.ts';
import { lineTable } from '../yaml/lines.ts';

/** What is wrong in a configuration, where, and what to do about it. */
export interface ConfigProblem {
  readonly at: Origin;
  readonly message: string;
  readonly hint: string;
}

/** The file that a place of a configuration lies in: its own, or one that it extends. */
export const fileAt = (
  { file, extended }: { readonly file: File | undefined; readonly extended: readonly File[] },
  at: Origin,
): File | undefined => extended.find(({ path }) => path === at.span.path) ?? file;

/** A problem of a configuration as `path:line: message`. */
export const configError = (file: File | undefined, { at, message, hint }: ConfigProblem): UsageError => {
  const place = file === undefined ? '' : `${file.path}:${lineTable(file.text).position(at.span.start).line}: `;
  return new UsageError(`${place}${message}`, hint);
};
