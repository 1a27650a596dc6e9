/**
 * What is compared with what, as commits. In: a range as it is asked for. Out: its two sides, and the names that differ
 * between them. Guaranteed: nothing is fetched, and nothing written but the times of files that git keeps in its index.
 */
import { UsageError } from '../model/usage-error.ts';
import { changedFiles, type Difference, type Head } from './changed-files.ts';
import { git, gitTopLevel } from './git.ts';
import { commitsNamed, isShallow, resolveRevision } from './git-revision.ts';

/** What is compared with what. */
export type Range =
  /** The merge base of a revision and HEAD with the work tree; without one, of the upstream branch or `origin/HEAD`. */
  | { readonly type: 'since'; readonly revision: string | undefined }
  /** Two commits as they are. */
  | { readonly type: 'between'; readonly from: string; readonly to: string }
  /** A parent of the next commit with the index; without one, HEAD, or nothing where there is no commit yet. */
  | { readonly type: 'staged'; readonly parent?: string };

export interface Changes extends Sides, Pick<Difference, 'changes' | 'former'> {}

interface Sides {
  /** A commit id; before the first commit, that of the empty tree. */
  readonly base: string;
  readonly head: Head;
  /** The other parent of what is staged, where that will end a merge. */
  readonly merged?: string | undefined;
}

/**
 * What differs, by name alone: no file is read.
 *
 * @param directory absolute
 * @throws UsageError for a revision that is not here, with the command that fetches it
 */
export const openChanges = (directory: string, range: Range): Changes => {
  if (gitTopLevel(directory) === undefined) {
    throw new UsageError(`${directory} is in no git repository`, 'What has changed is known from git: run it in a clone.');
  }
  const sides = sidesOf(directory, range);
  const { base, head } = sides;
  const difference = changedFiles(directory, base, head);
  if (difference === undefined) throw new UsageError(`git cannot compare ${base} with ${head.type}`, fetchAll);
  const { changes, former, inConflict } = difference;
  const [first] = head.type === 'index' ? inConflict : [];
  if (first !== undefined) throw new UsageError(`${first} is in conflict, and nothing of it is staged`, 'Resolve it and git add it.');
  return { ...sides, changes, former };
};

const requireGit = (directory: string): void => {
  if (git(directory, ['--version']) === undefined) throw new UsageError('git cannot be run', 'Install git.');
};

/**
 * What leads from one commit to another since they parted; undefined where one of them is not known here.
 *
 * @param directory absolute
 */
export const rangeBetween = (directory: string, from: string, to: string): Range | undefined => {
  const [older, newer] = [revParse(directory, from), revParse(directory, to)];
  if (older === undefined || newer === undefined) return undefined;
  const parted = git(directory, ['merge-base', older, newer])?.toString('utf8').trim();
  return { type: 'between', from: parted || older, to: newer };
};

/**
 * What a branch is compared with where nobody says what with: its upstream branch, else `origin/HEAD`.
 *
 * @param directory absolute
 */
export const upstreamOf = (directory: string): string | undefined =>
  ['@{upstream}', 'refs/remotes/origin/HEAD'].find((revision) => revParse(directory, revision) !== undefined);

export const fetchAll = 'Fetch it: git fetch --unshallow origin';

const sidesOf = (directory: string, range: Range): Sides => {
  switch (range.type) {
    case 'staged': {
      const [head, merged] = commitsNamed(directory, ['HEAD', 'MERGE_HEAD']) ?? [];
      return { base: range.parent ?? head ?? emptyTree(directory), head: { type: 'index' }, merged };
    }
    case 'between': {
      const [base, id] = commitsOf(directory, [range.from, range.to]);
      return { base, head: { type: 'commit', id } };
    }
    case 'since': {
      const revision = range.revision ?? defaultRevision(directory);
      const [commit, head] = commitsOf(directory, [revision, 'HEAD']);
      return { base: commit === head ? head : mergeBase(directory, { revision, commit, head }), head: { type: 'worktree' } };
    }
    default:
      return range satisfies never;
  }
};

/** Git knows it without having it, and calls it by the hash that the repository uses. */
const emptyTree = (directory: string): string => {
  const id = git(directory, ['hash-object', '-t', 'tree', '--stdin'])?.toString('utf8').trim();
  if (id !== undefined) return id;
  requireGit(directory);
  throw noCommit();
};

/** Both in one question, where git knows them as they are. */
const commitsOf = (directory: string, [one, other]: readonly [string, string]): readonly [string, string] => {
  const isPlain = !`${one}${other}`.includes('\n');
  const known = isPlain ? commitsNamed(directory, [one, other]) : [];
  if (known === undefined) requireGit(directory);
  return [known?.[0] ?? commitOf(directory, one), known?.[1] ?? commitOf(directory, other)];
};

/** As git reads it; else a branch that only a remote has, as in a fresh clone. */
const commitOf = (directory: string, revision: string): string => {
  const found = revParse(directory, revision) ?? resolveRevision(directory, revision);
  if (found !== undefined) return found;
  if (revision === 'HEAD') throw noCommit();
  const [start = ''] = revision.split(/[~^]/);
  if (start !== revision && revParse(directory, start) !== undefined) {
    const reason = isShallow(directory) ? 'The clone is shallow: git fetch --unshallow origin' : `There are fewer commits before ${start}.`;
    throw new UsageError(`git knows no revision ${revision} here`, reason);
  }
  const fetch = isShallow(directory) ? `git fetch --unshallow origin, or git fetch origin ${revision}` : `git fetch origin ${revision}`;
  throw new UsageError(`git knows no revision ${revision} here`, `Name a commit, branch or tag, or fetch it: ${fetch}`);
};

const noCommit = () => new UsageError('there is no commit yet', 'Commit first: there is nothing to compare with.');

const revParse = (directory: string, revision: string): string | undefined =>
  git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    ?.toString('utf8')
    .trim();

const defaultRevision = (directory: string): string => {
  const found = upstreamOf(directory);
  if (found !== undefined) return found;
  throw new UsageError('there is neither an upstream branch nor origin/HEAD', 'Say what to compare with: --since main');
};

interface Parted {
  readonly revision: string;
  /** What the revision means. */
  readonly commit: string;
  readonly head: string;
}

const mergeBase = (directory: string, { revision, commit, head }: Parted): string => {
  const found = git(directory, ['merge-base', commit, head])?.toString('utf8').trim();
  if (found !== undefined && found !== '') return found;
  if (isShallow(directory)) {
    throw new UsageError(`the clone is shallow and lacks the merge base of ${revision} and HEAD`, fetchAll);
  }
  throw new UsageError(`${revision} and HEAD have no commit in common`, `Compare the two as they are: --since ${revision}..HEAD`);
};
