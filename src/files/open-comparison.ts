/**
 * Two revisions of the repository around a directory, as views. In: what to compare. Out: both sides and what differs.
 * Guaranteed: nothing is checked out or fetched, and nothing written but the times of files that git keeps in its index; a file that
 * is equal on both sides is one `File`.
 */
import { join } from 'node:path';
import { UsageError } from '../model/usage-error.ts';
import { type ChangedFile, type Head, namesOf } from './changed-files.ts';
import { isOnDisk } from './disk.ts';
import type { Files } from './files.ts';
import { openBlobs } from './git-blobs.ts';
import { gitFiles } from './git-revision.ts';
import { indexOf, type TreeEntry, treeOf } from './git-tree.ts';
import { type Changes, fetchAll, openChanges, type Range } from './range.ts';

export interface ComparisonInput {
  /** Absolute. */
  readonly directory: string;
  /** The view of the work tree, which one of the sides may be. */
  readonly worktree: Files;
  readonly range: Range;
  /** Paths that the view has otherwise than the disk, as an editor does. */
  readonly unsaved?: readonly string[];
  /** What differs in the directory, where that is known already. */
  readonly known?: Changes | undefined;
}

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
  /** The other parent of what is staged, where that will end a merge. */
  readonly merged: string | undefined;
}

/**
 * Opens both sides.
 *
 * @throws UsageError for a revision that is not here, with the command that fetches it
 */
export const openComparison = ({ directory, worktree, range, unsaved = [], known }: ComparisonInput): Comparison => {
  const { base, head, merged, former, changes: saved } = known ?? openChanges(directory, range);
  const changes = withUnsaved(saved, unsaved);
  const touched = new Set(changes.flatMap(namesOf));
  const listed = listHead(directory, head);
  // What git lists of the head tells the tree of the base, too.
  const listedBase = listed ? [...listed.filter(({ path }) => !touched.has(path)), ...former] : treeOf(directory, base);
  if (listedBase === undefined) throw new UsageError(`git has no tree of ${base} here`, fetchAll);

  const blobs = openBlobs(directory);
  const own = listed && gitFiles(directory, listed, { prefix: '', blobs });
  const headFiles = own && head.type === 'index' ? { ...own, uncommitted: uncommittedBeside(own, directory, worktree) } : (own ?? worktree);
  const basePrefix = `git:${base}#`;
  const like = { files: headFiles, hasChanged: (path: string) => touched.has(path) };
  const baseFiles = gitFiles(directory, listedBase, { prefix: basePrefix, like, blobs });
  return { base, head: head.type === 'commit' ? head.id : head.type, baseFiles, basePrefix, headFiles, changes, merged };
};

const withUnsaved = (changes: readonly ChangedFile[], unsaved: readonly string[]): readonly ChangedFile[] => {
  const known = new Set(changes.map(({ path }) => path));
  return [...changes, ...unsaved.filter((path) => !known.has(path)).map((path): ChangedFile => ({ path, status: 'modified' }))];
};

/** Undefined for the work tree, in which there is more than git has. */
const listHead = (directory: string, head: Head): readonly TreeEntry[] | undefined => {
  if (head.type === 'worktree') return undefined;
  const listed = head.type === 'index' ? indexOf(directory) : treeOf(directory, head.id);
  if (listed === undefined) throw new UsageError(`git cannot list ${head.type}`, fetchAll);
  return listed;
};

/** Of what is missing in the index, whether the work tree has it; that is listed only where the disk has something there. */
const uncommittedBeside =
  (files: Files, directory: string, worktree: Files): Files['uncommitted'] =>
  (path) => {
    if (files.entry(path) !== undefined || !isOnDisk(join(directory, path))) return undefined;
    return worktree.uncommitted(path) ?? (worktree.entry(path) === undefined ? undefined : 'untracked');
  };
