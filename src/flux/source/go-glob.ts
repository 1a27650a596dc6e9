import type { Files } from '../../files/files.ts';
import { goPattern } from './go-pattern.ts';

export const hasGlob = (path: string): boolean => /[*?[\]]/.test(path);

/**
 * Go's `fs.Glob`: files and directories whose path matches name by name. Two stars are one here, and a path with empty
 * names or dots is none. Undefined for a malformed pattern.
 */
export const goGlob = (files: Files, pattern: string): readonly string[] | undefined => {
  let found: readonly string[] = [''];
  for (const part of pattern.split('/')) {
    const matches = goPattern(part);
    if (matches === undefined) return undefined;
    found = found.flatMap((directory) =>
      (files.list(directory) ?? []).filter(matches).map((name) => (directory === '' ? name : `${directory}/${name}`)),
    );
  }
  return found;
};
