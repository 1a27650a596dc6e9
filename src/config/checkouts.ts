/** Which checkouts stand for which sources: those that the configuration maps, and those that were named for this run. */
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isForbidden, isInside, realPath } from '../files/allowed.ts';
import { diskEntry, diskFiles } from '../files/disk.ts';
import { baseName, type Files } from '../files/files.ts';
import { gitTopLevel } from '../files/git.ts';
import { UsageError } from '../model/usage-error.ts';
import { lineTable } from '../yaml/lines.ts';
import type { Config, RepositoryConfig } from './config.ts';
import { configError } from './config-error.ts';

export interface Checkout {
  readonly url: string;
  readonly files: Files;
  /** What the spans of its files start with. */
  readonly prefix: string;
}

/** A line of the configuration whose directory is not there, on this machine. */
export interface MissingCheckout {
  readonly url: string;
  /** Says which directory of which line it is, and what is wrong with it; continues "no checkout stands for URL: …". */
  readonly why: string;
}

/** A folder of the root itself that configuration says to be a source's content: what `flux push artifact --path` pushes. */
export interface OwnFolder {
  readonly url: string;
  /** Relative to the root; empty for the root itself. */
  readonly folder: string;
}

export interface Checkouts {
  /** Those named for this run come first: of several for one source, the first stands for it. */
  readonly checkouts: readonly Checkout[];
  readonly missing: readonly MissingCheckout[];
  readonly folders: readonly OwnFolder[];
}

export interface CheckoutsInput {
  /** Absolute. */
  readonly root: string;
  readonly config: Config;
  /** Directories by URL, as given for this run, relative to `cwd`. */
  readonly given: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** False: a stranger may have written the configuration. It maps nothing outside the root then. */
  readonly isTrusted: boolean;
}

/**
 * Opens the checkouts. The configuration speaks for everybody who has the repository, and not all of them have the others
 * beside it: a directory of it that is not there is told, and its source counts as not mapped. So does one without a
 * file, which is what git leaves of a submodule that was not fetched.
 *
 * @throws UsageError where a directory that was given for this run is none, and for a file where the configuration wants one
 */
export const openCheckouts = ({ config, given, cwd, root, isTrusted }: CheckoutsInput): Checkouts => {
  const checkouts: Checkout[] = Object.entries(given).map(([url, directory]) => openGiven(url, directory, cwd));
  const missing: MissingCheckout[] = [];
  const folders: OwnFolder[] = [];
  for (const mapped of config.repositories) {
    const checkout = openMapped(mapped, { config, root, isTrusted });
    if (typeof checkout !== 'object') {
      missing.push({ url: mapped.url, why: `${mapped.written}, to which ${placeOf(mapped, config)} maps it, ${checkout}` });
      continue;
    }
    const folder = folderIn(root, mapped.directory);
    if (folder === '' || (folder !== undefined && !isRepository(mapped.directory))) folders.push({ url: mapped.url, folder });
    else checkouts.push(checkout);
  }
  return { checkouts, missing, folders };
};

/** A directory as a path below the root; undefined where it lies elsewhere. */
const folderIn = (root: string, directory: string): string | undefined => {
  const path = relative(root, directory).split(sep).join('/');
  return path === '..' || path.startsWith('../') || isAbsolute(path) ? undefined : path;
};

/** A submodule, or a checkout that is kept in the root: its content is not the root's. */
const isRepository = (directory: string): boolean => diskEntry(join(directory, '.git')) !== undefined;

const openGiven = (url: string, directory: string, cwd: string): Checkout => {
  const absolute = resolve(cwd, directory);
  if (diskEntry(absolute) === 'directory') return open(url, absolute);
  throw new UsageError(`--repository: ${directory} is not a directory`, 'Name an existing directory.');
};

/** The checkout, or what is wrong with its directory. */
const openMapped = (
  { at, url, directory, written }: RepositoryConfig,
  { config: { file }, root, isTrusted }: Pick<CheckoutsInput, 'config' | 'root' | 'isTrusted'>,
): Checkout | string => {
  const entry = diskEntry(directory);
  const real = realPath(directory);
  if (entry === undefined || real === undefined) return 'is not there';
  if (isForbidden(real)) return "is git's own, or the kernel's, and is never read";
  const isOwn = isInside(real, realPath(root) ?? root);
  if (!isTrusted && !isOwn) return "lies outside the root, and the configuration may be a stranger's: allow it with --trust-config";
  // A link in the repository leads where whoever pushed it wants.
  if (isInside(directory, root) && !isOwn) return 'is a link that leads out of the root';
  if (entry === 'file')
    throw configError(file, { at, message: `${written} is a file, not the directory of a checkout`, hint: 'Name a directory.' });
  const checkout = open(url, directory);
  if (checkout.files.paths.length === 0) return 'holds no file';
  return gitTopLevel(directory) !== undefined || holdsManifests(checkout.files) ? checkout : 'is no git work tree and holds no manifest';
};

const holdsManifests = (files: Files): boolean =>
  files.paths.some(
    (path) => /\.ya?ml$/.test(path) && /^[ \t]{0,200}["']?(kind|apiVersion|resources)["']?[ \t]{0,20}:/m.test(files.file(path)?.text ?? ''),
  );

const open = (url: string, directory: string): Checkout => {
  const prefix = checkoutPrefix(url);
  return { url, prefix, files: diskFiles(directory, { prefix }) };
};

/** What the spans of a checkout's files start with. */
export const checkoutPrefix = (url: string): string => `${url}#`;

/** No report shows where on this machine a configuration lies that is not in the root. */
const placeOf = ({ at }: RepositoryConfig, { file }: Config): string => {
  const name = isAbsolute(at.span.path) ? baseName(at.span.path) : at.span.path;
  return `${name}:${lineTable(file?.text ?? '').position(at.span.start).line}`;
};
