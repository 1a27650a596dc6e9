import { composedFiles, subtree } from '../../files/composed.ts';
import { type File, type Files, normalise } from '../../files/files.ts';

export interface Include {
  readonly files: Files;
  readonly fromPath: string | undefined;
  readonly toPath: string;
}

interface IncludeInput {
  readonly files: Files;
  readonly includes: readonly Include[];
  readonly sparseCheckout: readonly string[] | undefined;
}

/**
 * A checkout as source-controller prepares it before the ignore rules: what sparseCheckout leaves of it, and the
 * artifacts of other GitRepositories at their places (source-controller 1.9.4: gitrepository_controller.go). A place that
 * is taken fails there; here what is included covers it.
 */
export const includeSources = ({ files, includes, sparseCheckout }: IncludeInput): Files => {
  if (includes.length === 0 && sparseCheckout === undefined) return files;
  const composed = new Map<string, File>();
  const add = (from: Files, directory: string) => {
    for (const path of from.paths) {
      const file = from.entry(path) === 'file' ? from.file(path) : undefined;
      const place = normalise(`${directory}/${path}`);
      if (file && place !== undefined) composed.set(place, file);
    }
  };
  add(sparseCheckout === undefined ? files : sparse(files, sparseCheckout), '');
  for (const { files: included, fromPath, toPath } of includes) {
    add(subtree(included, clamped(fromPath ?? '')), clamped(toPath));
  }
  return composedFiles(composed);
};

/** go-git compares the beginnings of paths as text: `apps` lets `apps-old/x.yaml` through, too (index.go: SkipUnless). */
const sparse = (files: Files, directories: readonly string[]): Files => {
  const prefixes = directories.map((directory) => directory.replace(/^\.\//, ''));
  return composedFiles(
    new Map(
      files.paths.flatMap((path) => {
        const file = prefixes.some((prefix) => path.startsWith(prefix)) && files.entry(path) === 'file' ? files.file(path) : undefined;
        return file ? [[path, file] as const] : [];
      }),
    ),
  );
};

/** `..` stays inside, as securejoin keeps it. */
const clamped = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
};
