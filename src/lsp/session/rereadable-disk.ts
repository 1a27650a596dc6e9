import { diskFiles } from '../../files/disk.ts';
import type { File, Files } from '../../files/files.ts';

export interface RereadableDisk {
  readonly changed: (paths: readonly string[]) => void;
  readonly files: () => Files;
}

/** The disk as it was last asked for, listed again only where something has changed since: what did not is the same file as before. */
export const rereadableDisk = (root: string, first: Files): RereadableDisk => {
  const read = new Map<string, File>();
  const remembered = (listed: Files): Files => ({
    ...listed,
    file: (path) => {
      const real = listed.resolve(path);
      if (real === undefined) return undefined;
      const file = read.get(real) ?? listed.file(real);
      if (file) read.set(real, file);
      return file;
    },
  });
  let files = remembered(first);
  let isStale = false;
  return {
    changed: (paths) => {
      for (const path of paths) {
        const gone = files.resolve(path) ?? path;
        // Of a directory that comes or goes, an editor may tell no more than that.
        if (!read.delete(gone)) for (const real of read.keys()) if (real.startsWith(`${gone}/`)) read.delete(real);
      }
      isStale = true;
    },
    files: () => {
      if (isStale) files = remembered(diskFiles(root));
      isStale = false;
      return files;
    },
  };
};
