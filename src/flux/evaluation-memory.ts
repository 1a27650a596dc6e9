import type { File, Files } from '../files/files.ts';
import type { Reads } from '../kustomize/build.ts';
import type { EvaluationMemory, RootMemory } from './world.ts';

/**
 * A memory for evaluations of several revisions of one repository, whose views share the files that are equal. It goes by
 * identity: a Kustomization whose document, variables and files are the same ones has the same content.
 */
export const createEvaluationMemory = (): EvaluationMemory => {
  const roots = new Map<string, RootMemory>();
  const differences = new WeakMap<Files, WeakMap<Files, Difference>>();
  const differenceOf = (before: Files, now: Files): Difference => {
    const known = differences.get(before)?.get(now);
    if (known) return known;
    const made: Difference = { stale: staleFiles(before, now), same: new WeakMap() };
    differences.set(before, (differences.get(before) ?? new WeakMap()).set(now, made));
    return made;
  };
  return {
    ofRoot: ({ sync, directory, name }) => {
      const key = JSON.stringify([name, directory, sync.namespace, sync.name]);
      const known = roots.get(key) ?? { contents: new Map(), variables: new Map(), expansions: new Map() };
      roots.set(key, known);
      return known;
    },
    isSameContent: (reads, before, now) => before === now || isUntouched(reads, { before, now, ...differenceOf(before, now) }),
  };
};

interface Difference {
  /** Files of the earlier tree that the other has not, or not so. */
  readonly stale: ReadonlySet<File>;
  readonly same: WeakMap<Reads, boolean>;
}

const staleFiles = (before: Files, now: Files): ReadonlySet<File> => {
  const stale = new Set<File>();
  for (const path of before.paths) {
    const file = before.file(path);
    if (file && file !== now.file(path)) stale.add(file);
  }
  return stale;
};

const isUntouched = (reads: Reads, difference: Difference & { readonly before: Files; readonly now: Files }): boolean => {
  const { before, now, stale, same } = difference;
  const known = same.get(reads);
  if (known !== undefined) return known;
  const isStale = (file: File | undefined) => file !== undefined && stale.has(file);
  // A name that comes or goes may be a kustomization file's.
  const result =
    !isStale(reads.kustomization) &&
    !reads.files.some(isStale) &&
    [reads.directory, ...reads.listed].every((directory) => isSameListing(before.list(directory), now.list(directory))) &&
    reads.missing.every((path) => now.entry(path) === undefined) &&
    reads.children.every((child) => isUntouched(child.reads, difference));
  same.set(reads, result);
  return result;
};

const isSameListing = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a?.length === b?.length && (a ?? []).every((name, index) => name === b?.[index]);
