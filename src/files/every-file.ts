import { createRequire } from 'node:module';
import type FastGlob from 'fast-glob';

/**
 * Every file and link below a directory but those of `.git` and `node_modules`, relative to it; links are not followed.
 * The package is loaded only here: where there is git, nobody needs it.
 */
export const everyFile = (directory: string): readonly string[] => {
  const fastGlob = createRequire(import.meta.url)('fast-glob') as typeof FastGlob; // what the package exports, by its own types
  return fastGlob
    .sync('**', {
      cwd: directory,
      dot: true,
      onlyFiles: false,
      followSymbolicLinks: false,
      objectMode: true,
      suppressErrors: true,
      ignore: ['**/.git/**', '**/node_modules/**'],
    })
    .filter((entry) => entry.dirent.isFile() || entry.dirent.isSymbolicLink())
    .map((entry) => entry.path);
};
