import { byText } from '../files/files.ts';
import { addToGroup } from '../model/grouped.ts';
import type { ClusterView } from './cluster-view.ts';
import type { Pull } from './pulls.ts';
import type { KustomizationView } from './views.ts';

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
  readonly clusters: readonly ClusterView[];
  readonly environmentOf: (cluster: string) => string | undefined;
  readonly pullsOf: (kustomization: KustomizationView) => readonly Pull[];
  readonly revisionOf: (kustomization: KustomizationView) => string;
}

/** Every directory and foreign file that builds take in, with who does; places by their path, uses in the order of clusters. */
export const usesByPlace = ({ clusters, environmentOf, pullsOf, revisionOf }: UsesInput): ReadonlyMap<string, readonly Use[]> => {
  const places = new Map<string, [Use, ...Use[]]>();
  for (const { kustomizations, cluster } of clusters) {
    // Nothing shows that what no root reaches is used at all.
    if (cluster.root.evidence === 'unreached') continue;
    for (const kustomization of kustomizations) {
      const environment = environmentOf(kustomization.target);
      const revision = revisionOf(kustomization);
      for (const pull of pullsOf(kustomization)) {
        addToGroup(places, pull.to, { kustomization, environment, revision, pull });
      }
    }
  }
  return new Map([...places].sort(([a], [b]) => byText(a, b)));
};
