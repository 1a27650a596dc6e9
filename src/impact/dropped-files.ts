import type { File } from '../files/files.ts';
import type { Impact, KustomizationImpact, ObjectChange } from './impact.ts';

/** A directory that Flux made the kustomization of, until somebody wrote one that lists less. */
export interface DroppedFiles {
  readonly kustomization: KustomizationImpact;
  readonly cluster: string;
  /** The new file. */
  readonly file: string;
  /** What it leaves out. */
  readonly dropped: readonly string[];
  readonly removed: readonly ObjectChange[];
}

/** Every Kustomization that loses objects because its directory has got a kustomization file. */
export const droppedFiles = ({ clusters, changedFiles }: Impact): readonly DroppedFiles[] => {
  const added = new Set(changedFiles.filter(({ status }) => status !== 'modified').map(({ path }) => path));
  return clusters.flatMap(({ name, kustomizations }) =>
    kustomizations.flatMap((kustomization) => {
      const before = readsOf(kustomization.base);
      const after = readsOf(kustomization.head);
      const file = after?.kustomization?.path;
      if (!before || !after || before.kustomization || file === undefined || !added.has(file)) return [];
      const kept = new Set(after.files);
      const dropped = before.files.filter((each: File) => !kept.has(each)).map(({ path }) => path);
      const removed = kustomization.removed.filter(({ base }) => base !== undefined && dropped.includes(base.root.span.path));
      return removed.length === 0 ? [] : [{ kustomization, cluster: name, file, dropped, removed }];
    }),
  );
};

const readsOf = (view: KustomizationImpact['base']) => (view?.content.type === 'built' ? view.content.build.reads : undefined);
