import { dirname, resolve } from 'node:path';
import { isInside, realPath } from '../files/allowed.ts';
import { diskEntry, diskFile } from '../files/disk.ts';
import { gitTopLevel } from '../files/git.ts';
import { UsageError } from '../model/usage-error.ts';
import { child, isTrue } from '../yaml/node.ts';
import { parseYaml } from '../yaml/parse.ts';
import { wholeFile } from '../yaml/place.ts';
import { configIn, upwards } from './find-config.ts';

export interface RootQuestion {
  /** Absolute. */
  readonly cwd: string;
  /** As given, relative to `cwd`. */
  readonly paths: readonly string[];
  /** `--root`, as given. */
  readonly rootOption?: string | undefined;
}

/**
 * What everything is relative to: `--root`, else the nearest directory upwards from the paths (or the working directory)
 * whose configuration says `root: true`, else the git top level, else the working directory. Absolute.
 *
 * @throws UsageError for a path that does not exist, for paths with different roots and for paths outside the root
 */
export const findRoot = ({ cwd, paths, rootOption }: RootQuestion): string => {
  const places = paths.map((path) => placeOf(path, cwd));
  const root = rootOption === undefined ? commonRoot(places, cwd) : givenRoot(rootOption, cwd);
  const outside = places.find(({ directory }) => !isInside(directory, root));
  if (outside) throw new UsageError(`${outside.path} lies outside the root ${root}`, 'Name the directory that holds it all with --root.');
  return root;
};

interface Place {
  readonly path: string;
  /** The path itself, or the directory of a file. */
  readonly directory: string;
}

const placeOf = (path: string, cwd: string): Place => {
  const absolute = resolve(cwd, path);
  const type = diskEntry(absolute);
  if (type === undefined) throw new UsageError(`${path} does not exist`, 'Name a directory or a file of the repository.');
  return { path, directory: type === 'directory' ? absolute : dirname(absolute) };
};

const givenRoot = (rootOption: string, cwd: string): string => {
  const root = resolve(cwd, rootOption);
  if (diskEntry(root) !== 'directory') throw new UsageError(`${rootOption} is not a directory`, 'Name an existing directory with --root.');
  return root;
};

const commonRoot = (places: readonly Place[], cwd: string): string => {
  const [first, ...others] = places;
  if (first === undefined) return rootOf(cwd) ?? cwd;
  const root = rootOf(first.directory);
  const asked = new Set([first.directory]);
  for (const other of others) {
    if (asked.has(other.directory)) continue;
    asked.add(other.directory);
    const another = rootOf(other.directory);
    if (another === root) continue;
    throw new UsageError(
      `${first.path} and ${other.path} have different roots: ${root ?? cwd} and ${another ?? cwd}`,
      'Lint them one after the other, or name a directory that holds both with --root.',
    );
  }
  return root ?? cwd;
};

/** The root of what lies in a directory, which need not exist any more; undefined where neither configuration nor git tells. */
export const rootOf = (directory: string): string | undefined => {
  for (const here of upwards(directory)) if (saysRoot(here)) return here;
  return gitTopLevel(directory);
};

/** Only looks for `root: true`: a configuration that is wrong elsewhere is reported when it is read. */
const saysRoot = (directory: string): boolean => {
  const path = configIn(directory);
  // A link that leaves says nothing here; whoever reads the configuration refuses it.
  if (path !== undefined && !isOwnFile(path, directory)) return false;
  const file = path === undefined ? undefined : diskFile(path, path);
  if (file === undefined) return false;
  const root = child(parseYaml(file.text, wholeFile(file.path)).documents[0]?.root, 'root');
  return isTrue(root);
};

const isOwnFile = (path: string, directory: string): boolean => {
  const [real, top] = [realPath(path), realPath(gitTopLevel(directory) ?? directory)];
  return real !== undefined && top !== undefined && isInside(real, top);
};
