import type { AppliedKustomization, Cluster } from '../../flux/evaluation.ts';
import type { Reads } from '../../kustomize/build.ts';
import { addToGroup } from '../../model/grouped.ts';
import type { Step } from '../../model/origin.ts';

/** One way by which a file gets into a cluster: the Kustomization whose build reads it, and the entries that lead to it. */
export interface Way {
  readonly kustomization: AppliedKustomization;
  /** From the Kustomization's directory down to the file's: the entry, and the directory it leads to. */
  readonly steps: readonly Descent[];
}

export interface Descent {
  readonly step: Step;
  readonly reads: Reads;
}

export interface ReachIndex {
  /** The Kustomizations whose builds read a file, in the order of clusters and discovery. */
  readonly readers: (path: string) => readonly AppliedKustomization[];
  readonly ways: (path: string) => readonly Way[];
  /** All files below a build, each once. */
  readonly filesOf: (reads: Reads) => ReadonlySet<string>;
}

/** Which clusters a file ends up in, exactly: what each build read, nothing guessed from paths. */
export const createReachIndex = (clusters: readonly Cluster[]): ReachIndex => {
  const filesOf = createFilesOf();
  let index: Map<string, [AppliedKustomization, ...AppliedKustomization[]]> | undefined;
  const readersByFile = () => {
    if (index) return index;
    index = new Map();
    for (const cluster of clusters) {
      for (const kustomization of cluster.kustomizations) {
        if (kustomization.content.type !== 'built') continue;
        for (const path of filesOf(kustomization.content.build.reads)) addToGroup(index, path, kustomization);
      }
    }
    return index;
  };
  const readers = (path: string) => readersByFile().get(path) ?? [];
  return {
    filesOf,
    readers,
    ways: (path) =>
      readers(path).flatMap((kustomization) => {
        if (kustomization.content.type !== 'built') return [];
        return stepsTo(kustomization.content.build.reads, path, filesOf).map((steps) => ({ kustomization, steps }));
      }),
  };
};

/** All files below a build, each once; remembered for builds that many share. */
export const createFilesOf = () => {
  const known = new WeakMap<Reads, ReadonlySet<string>>();
  const filesOf = (reads: Reads): ReadonlySet<string> => {
    const remembered = known.get(reads);
    if (remembered) return remembered;
    const files = new Set<string>();
    if (reads.kustomization) files.add(reads.kustomization.path);
    for (const file of reads.files) files.add(file.path);
    for (const child of reads.children) for (const path of filesOf(child.reads)) files.add(path);
    known.set(reads, files);
    return files;
  };
  return filesOf;
};

/** Of a file that overlays include in more ways than anybody reads (docs/limits.md). */
const maxWays = 100;

/** The ways within one build, the first ones where there are too many. */
const stepsTo = (reads: Reads, path: string, filesOf: (reads: Reads) => ReadonlySet<string>): readonly (readonly Descent[])[] => {
  const found: (readonly Descent[])[] = [];
  const descend = (here: Reads, steps: readonly Descent[]) => {
    if (found.length >= maxWays || !filesOf(here).has(path)) return;
    if (here.kustomization?.path === path || here.files.some((file) => file.path === path)) found.push(steps);
    for (const child of here.children) descend(child.reads, [...steps, child]);
  };
  descend(reads, []);
  return found;
};
