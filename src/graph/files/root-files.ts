/** The files of the root, whether or not a build reads them. */
import type { Files } from '../../files/files.ts';
import { createListed } from './listed-directories.ts';

export interface RootFiles {
  /** Why a path of the root is not in what git has, though it is here. */
  readonly uncommitted: Files['uncommitted'];
  readonly isDirectory: (path: string) => boolean;
  /** Names of the directories in a directory of the root. */
  readonly foldersIn: (directory: string) => readonly string[];
  /** Whether some file lists a directory, for whichever tool, or has the entry commented out. */
  readonly isListed: (directory: string) => boolean;
}

export const createRootFiles = (files: Files): RootFiles => ({
  uncommitted: files.uncommitted,
  isDirectory: (path) => files.entry(path) === 'directory',
  isListed: createListed(files),
  foldersIn: (directory) =>
    (files.list(directory) ?? []).filter((name) => files.entry(directory === '' ? name : `${directory}/${name}`) === 'directory'),
});
