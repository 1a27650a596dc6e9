import { dirname, join, resolve } from 'node:path';
import { rootOf } from '../../config/find-root.ts';
import { type ChangedFile, type Head, namesOf } from '../../files/changed-files.ts';
import type { Files } from '../../files/files.ts';
import { gitTopLevel } from '../../files/git.ts';
import { gitIndexFiles, gitRevisionFiles } from '../../files/git-revision.ts';
import { memoryFiles } from '../../files/memory.ts';
import { concernsFlux, mentionsFiles } from '../../impact/concerns-flux.ts';
import { addToGroup } from '../../model/grouped.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Request } from '../../workspace.ts';

/**
 * The directory that a hook checks: the root that was asked for, else the top of the work tree. Absolute.
 *
 * @throws UsageError outside git, which alone knows what changes
 */
export const hookDirectory = ({ cwd, root }: Request): string => {
  const directory = root === undefined ? gitTopLevel(cwd) : resolve(cwd, root);
  if (directory !== undefined) return directory;
  throw new UsageError(`${cwd} is in no git repository`, 'What changes is known from git: run it in a clone.');
};

/** A path below a directory → the root that it lies in, absolute. */
export type RootFinder = (path: string) => string;

/**
 * A root that was asked for is that of all paths.
 *
 * @param directory absolute
 */
export const createRootFinder = (directory: string, { root }: Pick<Request, 'root'>): RootFinder => {
  if (root !== undefined) return () => directory;
  const known = new Map<string, string>();
  return (path) => {
    const parent = dirname(join(directory, path));
    const found = known.get(parent) ?? rootOf(parent) ?? directory;
    known.set(parent, found);
    return found;
  };
};

export interface Touching {
  /** Absolute: what the paths of the changes are relative to. */
  readonly directory: string;
  readonly changes: readonly ChangedFile[];
  readonly head: Head;
  readonly rootOf: RootFinder;
}

/** The roots in which a change may matter to what clusters apply; told without reading manifests. Absolute. */
export const touchedRoots = ({ directory, changes, head, rootOf: rootOfPath }: Touching): readonly string[] => {
  const roots = new Map<string, [ChangedFile, ...ChangedFile[]]>();
  for (const change of changes) {
    for (const root of new Set(namesOf(change).map(rootOfPath))) {
      addToGroup(roots, root, change);
    }
  }
  let files: Files | undefined;
  const after = () => {
    files ??= namesAndMentions(directory, head);
    return files;
  };
  return [...roots].flatMap(([root, changed]) => (concernsFlux(changed, after) ? [root] : []));
};

/** Reports of several roots stand one after the other where people read them; a file or a format for machines holds one. */
export const refuseSeveral = (roots: readonly string[], isForPeople: boolean): void => {
  if (roots.length <= 1 || isForPeople) return;
  throw new UsageError(
    `what has changed lies in ${roots.length} roots: ${roots.join(', ')}`,
    'Check them one after the other with --root.',
  );
};

const namesAndMentions = (directory: string, head: Head): Files => {
  const options = { prefix: '', together: mentionsFiles };
  const listed = head.type === 'commit' ? gitRevisionFiles(directory, head.id, options) : gitIndexFiles(directory, options);
  return listed ?? memoryFiles({});
};
