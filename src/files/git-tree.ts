/** What a tree or the index of git holds: names, and the ids of contents. */
import { git } from './git.ts';

export interface TreeEntry {
  readonly path: string;
  readonly id: string;
  readonly isLink: boolean;
}

/** The tree of a commit below a directory; undefined where there is no git, or no such commit with its tree. */
export const treeOf = (directory: string, revision: string): readonly TreeEntry[] | undefined =>
  git(directory, ['ls-tree', '-r', '-z', '--end-of-options', revision])
    ?.toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode, id, path] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return mode === undefined || id === undefined || path === undefined ? [] : entriesOf(mode, id, path);
    });

/** What is staged below a directory. Files in conflict have no entry of stage 0, but up to three others. */
export const indexOf = (directory: string): readonly TreeEntry[] | undefined =>
  git(directory, ['ls-files', '-z', '--stage'])
    ?.toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode, id, path] = /^(\d+) ([0-9a-f]+) 0\t(.*)$/s.exec(line) ?? [];
      return mode === undefined || id === undefined || path === undefined ? [] : entriesOf(mode, id, path);
    });

export const linkMode = '120000';

/** What git says to be at a path; nothing for a submodule, whose content is not here, and for what is absent. */
export const entriesOf = (mode: string, id: string, path: string): readonly TreeEntry[] =>
  mode === '160000' || mode === '000000' ? [] : [{ path, id, isLink: mode === linkMode }];
