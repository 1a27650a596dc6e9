/** What waits for what. */
import { memo } from '../../model/memo.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { HelmReleaseView, KustomizationView } from '../clusters/views.ts';
import { type ClusterOrder, createClusterOrder } from './cluster-order.ts';
import { createCycles, createDependencies, createReleaseDependencies } from './dependencies.ts';

export interface Order {
  /** In which order a cluster's Kustomizations can become ready. */
  readonly of: (cluster: ClusterView) => ClusterOrder;
  /** What a Kustomization waits for, as far as it is on its cluster. */
  readonly dependenciesOf: (kustomization: KustomizationView) => readonly KustomizationView[];
  /** The cycle it is the first member of. */
  readonly cycleFrom: (kustomization: KustomizationView) => readonly [KustomizationView, ...KustomizationView[]] | undefined;
  /** The cycle that a HelmRelease is the first member of. */
  readonly releaseCycleFrom: (release: HelmReleaseView) => readonly [HelmReleaseView, ...HelmReleaseView[]] | undefined;
}

export const createOrder = (clusters: Clusters): Order => {
  const dependenciesOf = createDependencies(clusters.kustomization);
  const releaseDependenciesOf = createReleaseDependencies(clusters.get);
  const cycles = memo((cluster: ClusterView) => createCycles(cluster.kustomizations, dependenciesOf));
  const releaseCycles = memo((cluster: ClusterView) => createCycles(cluster.ownReleases, releaseDependenciesOf));
  const cyclesOf = (name: string) => {
    const cluster = clusters.get(name);
    return cluster && cycles(cluster);
  };
  const releaseCyclesOf = (name: string) => {
    const cluster = clusters.get(name);
    return cluster && releaseCycles(cluster);
  };
  return {
    of: memo((cluster: ClusterView) =>
      createClusterOrder({ cluster, find: (namespace, name) => clusters.kustomization(cluster.name, namespace, name) }),
    ),
    dependenciesOf,
    cycleFrom: (view) => cyclesOf(view.cluster)?.(view),
    releaseCycleFrom: (view) => releaseCyclesOf(view.cluster)?.(view),
  };
};
