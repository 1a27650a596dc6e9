import { addToGroup } from '../model/grouped.ts';
import type { Origin } from '../model/origin.ts';
import { type ClusterImpact, type Impact, type KustomizationImpact, type ObjectChange, objectChanges } from './impact.ts';

/** One change of an object, with where it happens. */
export interface CausedChange {
  readonly cluster: ClusterImpact;
  readonly kustomization: KustomizationImpact;
  readonly change: ObjectChange;
}

/** What really happens now, of what one line or one file changes. */
export interface Caused {
  readonly at: Origin;
  readonly changes: readonly [CausedChange, ...CausedChange[]];
  /** Names, each once, production's first. */
  readonly clusters: readonly string[];
}

/** The changes that happen, by the line behind them; what waits for a suspended Kustomization is left out. */
export const changesByPlace = (impact: Impact, isWanted: (change: CausedChange) => boolean): readonly Caused[] =>
  changesBy(impact, isWanted, ({ change: { at } }) => [`${at.span.path}:${at.span.start}:${at.span.end}`]).map(([, caused]) => caused);

/** The changes that happen, by each changed file behind them; `at` is a line of that file where one is known. */
export const changesByFile = (
  impact: Impact,
  isWanted: (change: CausedChange) => boolean,
): readonly (Caused & { readonly file: string })[] =>
  changesBy(impact, isWanted, ({ change }) => change.causedBy).map(([file, caused]) => {
    const own = caused.changes.find(({ change }) => change.at.span.path === file)?.change.at;
    return { ...caused, file, at: own ?? { span: { path: file, start: 0, end: 0 }, via: [] } };
  });

const changesBy = (
  { clusters }: Impact,
  isWanted: (change: CausedChange) => boolean,
  keysOf: (change: CausedChange) => readonly string[],
): readonly (readonly [string, Caused])[] => {
  const groups = new Map<string, [CausedChange, ...CausedChange[]]>();
  for (const cluster of clusters) {
    for (const kustomization of cluster.kustomizations.filter(({ isHeld }) => !isHeld)) {
      for (const change of objectChanges(kustomization)) {
        const caused = { cluster, kustomization, change };
        for (const key of isWanted(caused) ? keysOf(caused) : []) addToGroup(groups, key, caused);
      }
    }
  }
  return [...groups].map(([key, changes]) => [
    key,
    { at: changes[0].change.at, changes, clusters: [...new Set(changes.map(({ cluster }) => cluster.name))] },
  ]);
};
