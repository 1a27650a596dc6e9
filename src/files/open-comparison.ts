/**
 * Two revisions of the repository around a directory, as views. In: what to compare. Out: both sides and what differs.
 * Guaranteed: nothing is checked out or fetched, and nothing written but the times of files that git keeps in its index; a file that
 * is equal on both sides is one `File`.
 */
import { UsageError } from '../model/usage-error.ts';
import { type ChangedFile, type Head, namesOf } from './changed-files.ts';
import type { Files, Uncommitted } from './files.ts';
import { gitIndexFiles, gitRevisionFiles } from './git-revision.ts';
import { fetchAll, openChanges, type Range } from './range.ts';

export interface Comparison {
  /** A commit id. */
  readonly base: string;
  /** A commit id, `worktree` or `index`. */
  readonly head: string;
  readonly baseFiles: Files;
  /** What the spans of files start with that the head has not, or not so. */
  readonly basePrefix: string;
  readonly headFiles: Files;
  readonly changes: readonly ChangedFile[];
}

/**
 * Opens both sides.
 *
 * @param directory absolute
 * @param worktree the view of the work tree, which one of the sides may be
 * @param unsaved paths that the view has otherwise than the disk, as an editor does
 * @throws UsageError for a revision that is not here, with the command that fetches it
 */
export const openComparison = (directory: string, worktree: Files, range: Range, unsaved: readonly string[] = []): Comparison => {
  const { base, head, changes: saved } = openChanges(directory, range);
  const changes = withUnsaved(saved, unsaved);
  const headFiles = viewOf(directory, head, worktree);
  if (headFiles === undefined) throw new UsageError(`git cannot list ${head.type}`, fetchAll);
  const touched = new Set(changes.flatMap(namesOf));
  const basePrefix = `git:${base}#`;
  const baseFiles = gitRevisionFiles(directory, base, {
    prefix: basePrefix,
    like: { files: headFiles, hasChanged: (path) => touched.has(path) },
  });
  if (baseFiles === undefined) throw new UsageError(`git has no tree of ${base} here`, fetchAll);
  return { base, head: head.type === 'commit' ? head.id : head.type, baseFiles, basePrefix, headFiles, changes };
};

const withUnsaved = (changes: readonly ChangedFile[], unsaved: readonly string[]): readonly ChangedFile[] => {
  const known = new Set(changes.map(({ path }) => path));
  return [...changes, ...unsaved.filter((path) => !known.has(path)).map((path): ChangedFile => ({ path, status: 'modified' }))];
};

const viewOf = (directory: string, head: Head, worktree: Files): Files | undefined => {
  switch (head.type) {
    case 'worktree':
      return worktree;
    case 'index':
      return stagedFiles(directory, worktree);
    case 'commit':
      return gitRevisionFiles(directory, head.id, { prefix: '' });
    default:
      return head satisfies never;
  }
};

/** The index, which knows of what is missing in it whether the work tree has it. */
const stagedFiles = (directory: string, worktree: Files): Files | undefined => {
  const staged = gitIndexFiles(directory, { prefix: '' });
  const uncommitted = (path: string): Uncommitted | undefined => {
    if (staged?.entry(path) !== undefined) return undefined;
    return worktree.uncommitted(path) ?? (worktree.entry(path) === undefined ? undefined : 'untracked');
  };
  return staged && { ...staged, uncommitted };
};
