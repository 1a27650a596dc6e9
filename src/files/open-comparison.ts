/**
 * Two revisions of the repository around a directory, as views. In: what to compare. Out: both sides and what differs.
 * Guaranteed: nothing is checked out, fetched or written; a file that is equal on both sides is one `File`.
 */
import { UsageError } from '../model/usage-error.ts';
import { type ChangedFile, changedFiles, type Head } from './changed-files.ts';
import type { Files } from './files.ts';
import { git, gitTopLevel } from './git.ts';
import { gitIndexFiles, gitRevisionFiles, isShallow, resolveRevision } from './git-revision.ts';

/** What is compared with what. */
export type Range =
  /** The merge base of a revision and HEAD with the work tree; without one, of the upstream branch or `origin/HEAD`. */
  | { readonly type: 'since'; readonly revision: string | undefined }
  /** Two commits as they are. */
  | { readonly type: 'between'; readonly from: string; readonly to: string }
  /** HEAD with the index. */
  | { readonly type: 'staged' };

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
 * @throws UsageError for a revision that is not here, with the command that fetches it
 */
export const openComparison = (directory: string, worktree: Files, range: Range): Comparison => {
  if (gitTopLevel(directory) === undefined) {
    throw new UsageError(`${directory} is in no git repository`, 'What has changed is known from git: run it in a clone.');
  }
  if (git(directory, ['--version']) === undefined) throw new UsageError('git cannot be run', 'Install git.');
  const { base, head } = sidesOf(directory, range);
  const headFiles = viewOf(directory, head, worktree);
  const changes = changedFiles(directory, base, head);
  if (headFiles === undefined || changes === undefined) throw new UsageError(`git cannot compare ${base} with ${head.type}`, fetchAll);
  if (head.type === 'index') refuseConflicts(directory);
  const touched = new Set(changes.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from])));
  const basePrefix = `git:${base}#`;
  const baseFiles = gitRevisionFiles(directory, base, {
    prefix: basePrefix,
    like: { files: headFiles, hasChanged: (path) => touched.has(path) },
  });
  if (baseFiles === undefined) throw new UsageError(`git has no tree of ${base} here`, fetchAll);
  return { base, head: head.type === 'commit' ? head.id : head.type, baseFiles, basePrefix, headFiles, changes };
};

const fetchAll = 'Fetch it: git fetch --unshallow origin';

const sidesOf = (directory: string, range: Range): { readonly base: string; readonly head: Head } => {
  switch (range.type) {
    case 'staged':
      return { base: commitOf(directory, 'HEAD'), head: { type: 'index' } };
    case 'between':
      return { base: commitOf(directory, range.from), head: { type: 'commit', id: commitOf(directory, range.to) } };
    case 'since': {
      const revision = range.revision ?? defaultRevision(directory);
      return { base: mergeBase(directory, revision, commitOf(directory, revision)), head: { type: 'worktree' } };
    }
    default:
      return range satisfies never;
  }
};

const viewOf = (directory: string, head: Head, worktree: Files): Files | undefined => {
  switch (head.type) {
    case 'worktree':
      return worktree;
    case 'index':
      return gitIndexFiles(directory, { prefix: '' });
    case 'commit':
      return gitRevisionFiles(directory, head.id, { prefix: '' });
    default:
      return head satisfies never;
  }
};

/** As git reads it; else a branch that only a remote has, as in a fresh clone. */
const commitOf = (directory: string, revision: string): string => {
  const found = revParse(directory, revision) ?? resolveRevision(directory, revision);
  if (found !== undefined) return found;
  if (revision === 'HEAD') throw new UsageError('there is no commit yet', 'Commit first: there is nothing to compare with.');
  const fetch = isShallow(directory) ? `git fetch --unshallow origin, or git fetch origin ${revision}` : `git fetch origin ${revision}`;
  throw new UsageError(`git knows no revision ${revision} here`, `Name a commit, branch or tag, or fetch it: ${fetch}`);
};

const revParse = (directory: string, revision: string): string | undefined =>
  git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    ?.toString('utf8')
    .trim();

const defaultRevision = (directory: string): string => {
  const found = ['@{upstream}', 'refs/remotes/origin/HEAD'].find((revision) => revParse(directory, revision) !== undefined);
  if (found !== undefined) return found;
  throw new UsageError('there is neither an upstream branch nor origin/HEAD', 'Say what to compare with: --since main');
};

const mergeBase = (directory: string, revision: string, commit: string): string => {
  const head = commitOf(directory, 'HEAD');
  const found = git(directory, ['merge-base', commit, head])?.toString('utf8').trim();
  if (found !== undefined && found !== '') return found;
  if (isShallow(directory)) {
    throw new UsageError(`the clone is shallow and lacks the merge base of ${revision} and HEAD`, fetchAll);
  }
  throw new UsageError(`${revision} and HEAD have no commit in common`, `Compare the two as they are: --since ${revision}..HEAD`);
};

const refuseConflicts = (directory: string): void => {
  const [first] = git(directory, ['diff', '--name-only', '-z', '--relative', '--diff-filter=U'])?.toString('utf8').split('\0') ?? [];
  if (first) throw new UsageError(`${first} is in conflict, and nothing of it is staged`, 'Resolve it and git add it.');
};
