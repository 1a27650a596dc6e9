import { anyGlob, mayBeGlob } from '../pattern/glob.ts';
import { withoutEnd } from '../pattern/trim.ts';

/** Whether a path below the root is among those that globs of the configuration name; a directory stands for all that is in it. */
export const pathGlobs = (globs: readonly string[]): ((path: string) => boolean) =>
  globs.length === 0 ? () => false : anyGlob(globs.flatMap(withContents));

const withContents = (glob: string): readonly string[] => {
  const directory = withoutEnd(glob, '/');
  if (directory === '') return ['**'];
  const isDirectory = directory !== glob || !mayBeGlob(baseName(glob));
  return isDirectory && !glob.startsWith('!') ? [directory, `${directory}/**`] : [glob];
};

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
