import { directoryOf, isWithin } from '../files/files.ts';
import type { Reads } from '../kustomize/build.ts';
import type { Impact, KustomizationImpact, ObjectChange } from './impact.ts';

/** A directory that Flux made the kustomization of, or walked, until somebody wrote one that lists less. */
export interface DroppedFiles {
  readonly kustomization: KustomizationImpact;
  readonly cluster: string;
  /** The new file. */
  readonly file: string;
  /** What it leaves out: files, and directories that end in a slash. */
  readonly dropped: readonly string[];
  readonly removed: readonly ObjectChange[];
}

/** Every Kustomization that loses objects because one of its directories has got a kustomization file. */
export const droppedFiles = ({ clusters, changedFiles }: Impact): readonly DroppedFiles[] => {
  const added = new Set(changedFiles.filter(({ status }) => status !== 'modified').map(({ path }) => path));
  return clusters.flatMap(({ name, kustomizations }) =>
    kustomizations.flatMap((kustomization) => {
      const [before, after] = [readsOf(kustomization.base), readsOf(kustomization.head)];
      if (!before || !after) return [];
      const had = new Set(partsOf(before).flatMap(({ kustomization: file }) => (file ? [directoryOf(file.path)] : [])));
      const kept = new Set(filesIn(after));
      const made = partsOf(after).flatMap(({ kustomization: file }) =>
        file && added.has(file.path) && !had.has(directoryOf(file.path)) ? [file.path] : [],
      );
      const left = filesIn(before).filter((path) => !kept.has(path));
      return made.flatMap((file) => {
        const lost = new Set(left.filter((path) => nearestOf(path, made) === file));
        const removed = kustomization.removed.filter(({ base }) => base !== undefined && lost.has(base.root.span.path));
        const dropped = abridged(lost, before);
        return removed.length === 0 ? [] : [{ kustomization, cluster: name, file, dropped, removed }];
      });
    }),
  );
};

const readsOf = (view: KustomizationImpact['base']) => (view?.content.type === 'built' ? view.content.build.reads : undefined);

/** The deepest of the new files that has a path in its directory. */
const nearestOf = (path: string, made: readonly string[]): string | undefined =>
  made.filter((file) => isWithin(path, directoryOf(file))).sort((a, b) => directoryOf(b).length - directoryOf(a).length)[0];

/** Itself and all that it builds in turn. */
const partsOf = (reads: Reads): readonly Reads[] => [reads, ...reads.children.flatMap((child) => partsOf(child.reads))];

const filesIn = (reads: Reads): readonly string[] => partsOf(reads).flatMap(({ files }) => files.map(({ path }) => path));

/** A directory that was built as such stands for what is in it. */
const abridged = (lost: ReadonlySet<string>, before: Reads): readonly string[] => {
  const whole = before.children
    .filter(({ reads }) => filesIn(reads).every((path) => lost.has(path)))
    .flatMap(({ reads: { kustomization } }) => (kustomization ? [directoryOf(kustomization.path)] : []));
  const files = [...lost].filter((path) => !whole.some((directory) => isWithin(path, directory)));
  return [...new Set([...whole.map((directory) => `${directory}/`), ...files])].sort();
};
