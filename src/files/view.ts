import { memoByText } from '../model/memo.ts';
import { byText, directoryOf, type EntryType, type File, type Files, joinPath, type LeftOut, normalise } from './files.ts';

/** What a view is made of: its files by path, and how to read one. */
export interface Listing {
  /** Paths of all files and links. */
  readonly paths: Iterable<string>;
  /** The target of a link as written, undefined for regular files. */
  readonly link?: (path: string) => string | undefined;
  /** Asked at most once for each path, and never for links. */
  readonly open: (path: string) => File | undefined;
  readonly uncommitted?: Files['uncommitted'];
  readonly leftOut?: (path: string) => LeftOut | undefined;
}

const maxLinks = 40;

/** A `Files` view over a listing: directories, links and memory of what was read are the same for every kind. */
export const filesView = ({ paths: listed, link, open, uncommitted = () => undefined, leftOut = () => undefined }: Listing): Files => {
  const paths = [...listed].sort(byText);
  const directories = directoriesOf(paths);
  const known = new Set(paths);
  const opened = new Map<string, File | undefined>();

  const linkAt = (path: string) => (known.has(path) ? link?.(path) : undefined);

  const entry = (path: string): EntryType | undefined => {
    if (known.has(path)) return linkAt(path) === undefined ? 'file' : 'link';
    return directories.has(path) ? 'directory' : undefined;
  };

  const resolveAnew = (path: string): string | undefined => {
    let rest = normalise(path);
    for (let hops = 0; rest !== undefined && hops <= maxLinks; hops++) {
      if (link === undefined) return entry(rest) === undefined ? undefined : rest;
      const through = firstLink(rest, linkAt);
      if (!through) return entry(rest) === undefined ? undefined : rest;
      const target = through.target.startsWith('/') ? undefined : joinPath(directoryOf(through.path), through.target);
      rest = target === undefined ? undefined : joinPath(target, through.rest);
    }
    return undefined;
  };

  // What is asked for is asked for again: by builds, rules, and by every evaluation of an editor's session.
  const resolve = memoByText(resolveAnew);

  const file = (path: string): File | undefined => {
    // What is listed lies where it says, unless links may lead there.
    const real = link === undefined && known.has(path) ? path : resolve(path);
    if (real === undefined || !known.has(real)) return undefined;
    if (!opened.has(real)) opened.set(real, open(real));
    return opened.get(real);
  };

  return { paths, entry, list: (directory) => directories.get(directory), file, resolve, uncommitted, leftOut };
};

/** The first part of a path that is a link, its target, and what comes behind it. */
const firstLink = (path: string, linkAt: (path: string) => string | undefined) => {
  for (let end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
    const prefix = end === -1 ? path : path.slice(0, end);
    const target = linkAt(prefix);
    if (target !== undefined) return { path: prefix, target, rest: end === -1 ? '' : path.slice(end + 1) };
    if (end === -1) return undefined;
  }
};

const directoriesOf = (paths: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const children = new Map<string, Set<string>>([['', new Set()]]);
  for (const path of paths) {
    let child = path;
    while (child !== '') {
      const parent = directoryOf(child);
      const names = children.get(parent);
      const name = parent === '' ? child : child.slice(parent.length + 1);
      if (names?.has(name)) break;
      if (names) names.add(name);
      else children.set(parent, new Set([name]));
      child = parent;
    }
  }
  return new Map([...children].map(([directory, names]) => [directory, [...names].sort(byText)] as const));
};
