import { directoryOf, type File, type Files, isWithin, joinPath, normalise } from './files.ts';
import { filesView } from './view.ts';

/** Files under paths of another layout. They stay the files they are: their spans point where they were written. */
export const composedFiles = (files: ReadonlyMap<string, File>): Files =>
  filesView({ paths: files.keys(), open: (path) => files.get(path) });

/** A directory of a view as a view of its own. Links that leave the directory lead nowhere. */
export const subtree = (files: Files, directory: string): Files => {
  if (directory === '') return files;
  const inside = (path: string): string | undefined => {
    const normal = normalise(path);
    return normal === undefined ? undefined : (joinPath(directory, normal) ?? undefined);
  };
  const resolve = (path: string): string | undefined => {
    const asked = inside(path);
    const real = asked === undefined ? undefined : files.resolve(asked);
    return real !== undefined && isWithin(real, directory) ? real.slice(directory.length + 1) : undefined;
  };
  return {
    paths: files.paths.filter((path) => path !== directory && isWithin(path, directory)).map((path) => path.slice(directory.length + 1)),
    entry: (path) => files.entry(path === '' ? directory : `${directory}/${path}`),
    list: (path) => files.list(path === '' ? directory : `${directory}/${path}`),
    file: (path) => {
      const real = resolve(path);
      return real === undefined ? undefined : files.file(`${directory}/${real}`);
    },
    resolve,
    uncommitted: (path) => {
      const asked = inside(path);
      return asked === undefined ? undefined : files.uncommitted(asked);
    },
  };
};

/** Every directory that holds something, at any depth, sorted; without the root. */
export const directoriesIn = (files: Files): readonly string[] => {
  const found = new Set<string>();
  for (const path of files.paths) {
    for (let directory = directoryOf(path); directory !== '' && !found.has(directory); directory = directoryOf(directory)) {
      found.add(directory);
    }
  }
  return [...found].sort();
};
