import { baseName, directoryOf, type Files, isWithin, joinPath } from '../../files/files.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { kustomizationNames } from '../../kustomize/file/kustomization.ts';
import { namedPaths } from '../../kustomize/file/named-paths.ts';
import { memoByText } from '../../model/memo.ts';
import { isMap } from '../../yaml/node.ts';

/** Which directory lists which: the kustomization files of a tree, read but not built. */
export interface Listings {
  /** Every directory with a kustomization file, sorted. */
  readonly directories: readonly string[];
  readonly isKustomized: (directory: string) => boolean;
  /** Whether the kustomization file of another directory lists this one, or something in it. */
  readonly isListed: (directory: string) => boolean;
  /** Whether the kustomization file of a directory that does not lie in `home` does so: it is shared. */
  readonly isListedFromOutside: (directory: string, home: string) => boolean;
  /** Every file that a build of the directory may take in as a resource; what it lists below, and without a kustomization file all. */
  readonly filesOf: (directory: string) => ReadonlySet<string>;
}

/** Fields that bring objects in. */
const resourceFields: ReadonlySet<string> = new Set(['resources', 'bases', 'components', 'generators', 'transformers']);

const names: ReadonlySet<string> = new Set(kustomizationNames);

export const createListings = (files: Files, parse: ParseFile): Listings => {
  const entries = new Map<string, readonly string[]>();
  for (const path of files.paths) {
    if (!names.has(baseName(path)) || files.entry(path) !== 'file') continue;
    const directory = directoryOf(path);
    const file = files.file(path);
    const root = file && parse(file).documents[0]?.root;
    const named = isMap(root) ? namedPaths(root).filter(({ field }) => resourceFields.has(field)) : [];
    entries.set(
      directory,
      named.flatMap(({ path: entry }) => joinPath(directory, entry) ?? []),
    );
  }
  const listed = new Map<string, string[]>();
  for (const [directory, targets] of entries) {
    for (const target of targets) {
      const place = files.entry(target) === 'directory' ? target : directoryOf(target);
      if (place === directory) continue;
      const from = listed.get(place);
      if (from) from.push(directory);
      else listed.set(place, [directory]);
    }
  }

  const filesOf = memoByText((directory) => {
    const found = new Set<string>();
    const seen = new Set<string>();
    const visit = (place: string): void => {
      if (seen.has(place)) return;
      seen.add(place);
      const targets = entries.get(place);
      for (const target of targets ?? []) {
        if (files.entry(target) === 'directory') visit(target);
        else found.add(target);
      }
      if (targets !== undefined) return;
      for (const name of files.list(place) ?? []) {
        const path = place === '' ? name : `${place}/${name}`;
        if (files.entry(path) === 'directory') visit(path);
        else if (/\.ya?ml$/.test(name)) found.add(path);
      }
    };
    visit(directory);
    return found;
  });

  return {
    directories: [...entries.keys()].sort(),
    isKustomized: (directory) => entries.has(directory),
    isListed: (directory) => listed.has(directory),
    isListedFromOutside: (directory, home) => (listed.get(directory) ?? []).some((from) => !isWithin(from, home)),
    filesOf,
  };
};
