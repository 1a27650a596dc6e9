import { byText } from './files.ts';
import { git } from './git.ts';
import { entriesOf, linkMode, type TreeEntry } from './git-tree.ts';

/** A file whose content or name differs between two revisions. */
export interface ChangedFile {
  readonly path: string;
  /** What it was called before. */
  readonly from?: string;
  readonly status: 'added' | 'modified' | 'deleted' | 'renamed';
  /** It is a symbolic link, or was one. */
  readonly isLink?: true;
}

/** What it is called, and was. */
export const namesOf = ({ path, from }: ChangedFile): readonly string[] => (from === undefined ? [path] : [path, from]);

/** What a commit is compared with. */
export type Head =
  | { readonly type: 'worktree' }
  /** What is staged. */
  | { readonly type: 'index' }
  | { readonly type: 'commit'; readonly id: string };

/** What differs, and what of it the commit has. */
export interface Difference {
  /** In the order of paths. */
  readonly changes: readonly ChangedFile[];
  /** As the commit has them. */
  readonly former: readonly TreeEntry[];
  /** What is staged of it is not one content, but those of several sides of a merge. */
  readonly inConflict: readonly string[];
}

/**
 * Files below a directory that differ from a commit, relative to it; for the work tree with what is untracked and not ignored.
 *
 * @param base a commit id
 * @returns undefined where git cannot compare them
 */
export const changedFiles = (directory: string, base: string, head: Head): Difference | undefined => {
  // What is uncommitted within a submodule is nothing that Flux gets, and another repository to look into.
  const options = ['--raw', '--no-abbrev', '-M', '-z', '--relative', '--no-ext-diff', '--ignore-submodules=dirty'];
  const output = git(directory, ['diff', ...options, ...sidesOf(base, head), '--']);
  if (output === undefined) return undefined;
  const differing = parseChanges(output.toString('utf8'));
  const changes = new Map(differing.map(({ change }) => [change.path, change] as const));
  for (const path of head.type === 'worktree' ? untracked(directory) : []) {
    changes.set(path, { path, status: changes.has(path) ? 'modified' : 'added' });
  }
  return {
    changes: [...changes.values()].sort((a, b) => byText(a.path, b.path)),
    former: differing.flatMap(({ former }) => former),
    inConflict: differing.flatMap(({ change, isInConflict }) => (isInConflict ? change.path : [])),
  };
};

/** Whether files that git tracks differ from what is staged of them. */
export const hasUnstaged = (directory: string): boolean =>
  git(directory, ['diff', '--quiet', '--no-ext-diff', '--ignore-submodules']) === undefined;

const sidesOf = (base: string, head: Head): readonly string[] => {
  switch (head.type) {
    case 'worktree':
      return [base];
    case 'index':
      return ['--cached', base];
    case 'commit':
      return [base, head.id];
    default:
      return head satisfies never;
  }
};

interface Differing {
  readonly change: ChangedFile;
  readonly former: readonly TreeEntry[];
  readonly isInConflict: boolean;
}

/** `:100644 100644 ID ID M\0path\0`, `:100644 100644 ID ID R097\0from\0path\0`. A file in conflict is `U`, and may be listed once more. */
const parseChanges = (output: string): readonly Differing[] => {
  const words = output.split('\0');
  const differing: Differing[] = [];
  for (let index = 0; index + 1 < words.length; ) {
    const [before = '', after, id = '', , [letter] = ''] = words[index]?.slice(1).split(' ') ?? [];
    const link = before === linkMode || after === linkMode ? ({ isLink: true } as const) : {};
    const path = words[index + 1] ?? '';
    const about = { former: entriesOf(before, id, path), isInConflict: letter === 'U' };
    if (letter === 'R' || letter === 'C') {
      const to = words[index + 2] ?? '';
      const change: ChangedFile =
        letter === 'R' ? { path: to, from: path, status: 'renamed', ...link } : { path: to, status: 'added', ...link };
      differing.push({ ...about, change });
      index += 3;
    } else {
      const status = letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified';
      differing.push({ ...about, change: { path, status, ...link } });
      index += 2;
    }
  }
  return differing;
};

const untracked = (directory: string): readonly string[] => {
  const output = git(directory, ['ls-files', '-z', '--others', '--exclude-standard']);
  return (output?.toString('utf8').split('\0') ?? []).filter((path) => path !== '' && !path.endsWith('/'));
};
