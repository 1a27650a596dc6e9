import { byText } from '../../files/files.ts';
import { addToGroup } from '../../model/grouped.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { KustomizationView } from '../clusters/views.ts';
import type { Sources } from '../sources/sources.ts';
import type { Pull } from './pulls.ts';

/** A Kustomization that takes a place in. */
export interface Use {
  readonly kustomization: KustomizationView;
  /** Of the cluster that its objects go to. */
  readonly environment: string | undefined;
  /** What its source follows; empty where that is not known. */
  readonly revision: string;
  readonly pull: Pull;
}

export interface UsesInput {
  readonly clusters: Clusters;
  readonly sources: Sources;
  readonly pullsOf: (kustomization: KustomizationView) => readonly Pull[];
}

/** Every directory and foreign file that builds take in, with who does; places by their path, uses in the order of clusters. */
export const usesByPlace = ({ clusters, sources, pullsOf }: UsesInput): ReadonlyMap<string, readonly Use[]> => {
  const places = new Map<string, [Use, ...Use[]]>();
  for (const { kustomizations, cluster } of clusters.all) {
    // Nothing shows that what no root reaches is used at all.
    if (cluster.root.evidence === 'unreached') continue;
    for (const kustomization of kustomizations) {
      const environment = clusters.get(kustomization.target)?.environment?.environment;
      const revision = sources.of(kustomization)?.revision ?? '';
      for (const pull of pullsOf(kustomization)) {
        addToGroup(places, pull.to, { kustomization, environment, revision, pull });
      }
    }
  }
  return new Map([...places].sort(([a], [b]) => byText(a, b)));
};
