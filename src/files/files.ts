/**
 * The only door to contents. A `Files` view lists once, reads on demand and remembers; it is the same for a work tree,
 * memory, a git revision and the artifacts composed from them. All paths are relative to the view's root, with `/`,
 * never with `.` or `..`; the root itself is the empty string.
 */
export interface Files {
  /** Every file (links included), sorted. */
  readonly paths: readonly string[];
  /** What is at a path; undefined where there is nothing. A link is what it is, not what it points at. */
  readonly entry: (path: string) => EntryType | undefined;
  /** Names in a directory, sorted; undefined where it does not exist. */
  readonly list: (directory: string) => readonly string[] | undefined;
  /** The file at a path, through links that stay inside; undefined where there is none. Always the same object for the same path. */
  readonly file: (path: string) => File | undefined;
  /** Where a path really is after following links that stay inside the root; undefined where nothing is, or where it leaves. */
  readonly resolve: (path: string) => string | undefined;
  /**
   * Why a path that is here is not in what others get from git: git ignores it (then the view does not have it either),
   * or nobody has added it. Undefined for everything else, and where there is no git.
   */
  readonly uncommitted: (path: string) => Uncommitted | undefined;
  /** Of an artifact: what leaves out of it what is in the source at a path. */
  readonly leftOut?: (path: string) => LeftOut | undefined;
}

export interface LeftOut {
  /** In words that "leaves it out" follows: the line of an ignore file, the copies of an ArtifactGenerator. */
  readonly by: string;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
}

export type Uncommitted = 'ignored' | 'untracked';

export type EntryType = 'file' | 'directory' | 'link';

export interface File {
  /** The name that spans carry: unique in a run. */
  readonly path: string;
  /** Decoded as UTF-8, without a byte-order mark's effect on offsets; empty where it cannot be read. */
  readonly text: string;
  readonly bytes: () => Uint8Array;
  /** Why it cannot be read, in words. */
  readonly unreadable: string | undefined;
}

/** Has a part that is empty, `.` or `..`. */
const isOdd = /(?:^|\/)\.{0,2}(?:\/|$)/;

/** `a/./b/../c` → `a/c`; undefined where it climbs above the root. */
export const normalise = (path: string): string | undefined => {
  if (!isOdd.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
};

export const joinPath = (directory: string, path: string): string | undefined => normalise(`${directory}/${path}`);

export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `apps/base` lies in `apps`, in `` and in itself. */
export const isWithin = (path: string, directory: string): boolean =>
  directory === '' || path === directory || path.startsWith(`${directory}/`);

/** `to` as seen from the directory `from`: `apps/base` from `apps/overlays/prod` is `../../base`. */
export const relativePath = (from: string, to: string): string => {
  const fromParts = from.split('/').filter(Boolean);
  const toParts = to.split('/').filter(Boolean);
  let common = 0;
  while (common < fromParts.length && common < toParts.length && fromParts[common] === toParts[common]) common++;
  return [...fromParts.slice(common).map(() => '..'), ...toParts.slice(common)].join('/') || '.';
};

/** Code-unit order: the same everywhere, unlike a locale's. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
