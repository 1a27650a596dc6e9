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
      for (const path of paths) read.delete(files.resolve(path) ?? path);
      isStale = true;
    },
    files: () => {
      if (isStale) files = remembered(diskFiles(root));
      isStale = false;
      return files;
    },
  };
};
