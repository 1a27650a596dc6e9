import { lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { memoByText } from '../model/memo.ts';
import { UsageError } from '../model/usage-error.ts';
import { isForbidden, isInside, realPath } from './allowed.ts';
import { everyFile } from './every-file.ts';
import { type File, type Files, isWithin } from './files.ts';
import { gitWorkTree } from './git.ts';
import { filesView } from './view.ts';

export interface DiskOptions {
  /** Put before every path in spans; empty for the root's own view. */
  readonly prefix?: string;
  /** `all`: also what git ignores. Default: tracked and untracked files that git does not ignore. */
  readonly include?: 'all' | 'not-ignored';
}

/**
 * The work tree below a directory: through git in one call where there is git, else every file but `.git` and
 * `node_modules`. Nothing outside the directory is ever opened: links are followed by `Files.resolve`, which stays inside.
 *
 * @param directory absolute path
 * @throws UsageError when the directory does not exist
 */
export const diskFiles = (directory: string, { prefix = '', include = 'not-ignored' }: DiskOptions = {}): Files => {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`${directory} is not a directory`, 'Name an existing directory.');
  }
  const real = realPath(directory);
  if (real === undefined || isForbidden(real)) {
    throw new UsageError(`${directory} is not read: it is git's own, or the kernel's`, 'Name the directory of a work tree.');
  }
  const workTree = include === 'not-ignored' ? gitWorkTree(directory) : undefined;
  const paths = workTree?.paths ?? everyFile(real);
  const known = new Set(paths);
  const links = new Map<string, string | undefined>();
  const realDirectory = memoByText(realPath);
  return filesView({
    paths,
    link: (path) => {
      if (!links.has(path)) links.set(path, linkTarget(join(directory, path)));
      return links.get(path);
    },
    open: (path) => fileInside({ real, realDirectory }, join(directory, path), prefix + path) ?? absentFile(prefix + path),
    uncommitted: (path) => {
      if (!workTree) return undefined;
      if (known.has(path)) return workTree.untracked.has(path) ? 'untracked' : undefined;
      return path !== '' && isThere(directory, path) && !paths.some((other) => isWithin(other, path)) ? 'ignored' : undefined;
    },
  });
};

interface Inside {
  /** Where the files have to be. */
  readonly real: string;
  readonly realDirectory: (absolute: string) => string | undefined;
}

/** Git may list what lies behind a directory that is a link by now. */
const fileInside = ({ real: whole, realDirectory }: Inside, absolute: string, path: string): File | undefined => {
  // A file that is no link is where its directory is: the way to that is followed once for all its files.
  const parent = statOf(absolute)?.isFile() ? realDirectory(dirname(absolute)) : undefined;
  const real = parent === undefined ? realPath(absolute) : join(parent, basename(absolute));
  if (real === undefined || !isInside(real, whole)) return undefined;
  if (parent === undefined) return diskFile(absolute, path);
  return isForbidden(real) ? undefined : readableFile(absolute, path);
};

/** Of what has that name, links not followed: they may lead anywhere. Asking for something below a file is an error, not an answer. */
const statOf = (absolute: string): Stats | undefined => {
  try {
    return lstatSync(absolute, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
};

/** Whether something has that name, a link that leads nowhere too. */
export const isOnDisk = (absolute: string): boolean => statOf(absolute) !== undefined;

/** Links do not count. */
const isThere = (directory: string, path: string): boolean => {
  const stat = statOf(join(directory, path));
  return stat !== undefined && (stat.isFile() || stat.isDirectory());
};

/** One file by its absolute path, read when it is first asked for; undefined where there is none. `path` is its name in spans. */
export const diskFile = (absolute: string, path: string): File | undefined => {
  if (statSync(absolute, { throwIfNoEntry: false })?.isFile() !== true || isForbidden(realPath(absolute) ?? '')) return undefined;
  return readableFile(absolute, path);
};

const readableFile = (absolute: string, path: string): File => {
  let text: string | undefined;
  let unreadable: string | undefined;
  const load = () => {
    if (text !== undefined) return;
    try {
      text = readFileSync(absolute, 'utf8');
    } catch (error) {
      text = '';
      unreadable = reason(error);
    }
  };
  return {
    path,
    get text() {
      load();
      return text ?? '';
    },
    get unreadable() {
      load();
      return unreadable;
    },
    bytes: () => readFileSync(absolute),
  };
};

/**
 * A file that is listed but not here: left out of a sparse checkout, deleted since, or with a name that is not UTF-8. For
 * none at all it would pass as read.
 */
const absentFile = (path: string): File => ({
  path,
  text: '',
  unreadable: path.includes('\ufffd') ? 'its name is not UTF-8' : 'it is listed, but not in the work tree',
  bytes: () => new Uint8Array(),
});

/** What is at an absolute path, through links. */
export const diskEntry = (absolute: string): 'file' | 'directory' | undefined => {
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return stat.isDirectory() ? 'directory' : 'file';
};

const linkTarget = (absolute: string): string | undefined => {
  const stat = lstatSync(absolute, { throwIfNoEntry: false });
  return stat?.isSymbolicLink() ? readlinkSync(absolute) : undefined;
};

const reason = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ERR_STRING_TOO_LONG') return 'the file is too large';
  return code || 'it cannot be read';
};

/** What lies in a directory, sorted; nothing where it cannot be listed. */
export const diskNames = (absolute: string): readonly string[] => {
  try {
    return readdirSync(absolute).sort();
  } catch {
    return [];
  }
};

/** Whether what a path leads to, links followed, lies in a directory: a link that leads out would show what is not the repository's. */
export const diskLies = (absolute: string, directory: string): boolean => {
  try {
    return `${realpathSync(absolute)}${sep}`.startsWith(`${realpathSync(directory)}${sep}`);
  } catch {
    return false;
  }
};
