import { isWithin } from '../../files/files.ts';
import { clustersMeant, type Named } from '../../flux/cluster/name-clusters.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Clusters } from './clusters.ts';

export interface ClusterSelection {
  /** Of names; none: all. */
  readonly globs: readonly string[];
  /** Below the root; none, or the root itself: all. */
  readonly paths: readonly string[];
}

/**
 * The clusters that a command is asked about.
 *
 * @throws UsageError for a glob that matches no cluster, with the names there are
 */
export const selectClusters = (clusters: Clusters, { globs, paths }: ClusterSelection): ((cluster: string) => boolean) => {
  requireClusters([clusters], globs);
  const isMeant = meantBy([clusters], globs);
  const isNamed = (name: string) => globs.length === 0 || isMeant(name);
  const isPlaced = (name: string) => {
    const directory = clusters.get(name)?.cluster.root.directory ?? '';
    return paths.length === 0 || paths.some((path) => isWithin(directory, path));
  };
  return (name) => isNamed(name) && isPlaced(name);
};

/**
 * Nobody asks for a cluster that is not there: a mistyped name would read as clean.
 *
 * @param sides a cluster of one of them will do
 * @throws UsageError for a glob that matches no cluster, with the names there are
 */
export const requireClusters = (sides: readonly Clusters[], globs: readonly string[]): void => {
  const all = sides.flatMap(namedIn);
  const names = [...new Set(all.map(({ name }) => name))].sort();
  const unmatched = globs.find((glob) => clustersMeant(glob, all).size === 0);
  if (unmatched === undefined) return;
  throw new UsageError(
    `no cluster is called ${unmatched}`,
    names.length === 0 ? 'No cluster was found here.' : `There are: ${names.join(', ')}.`,
  );
};

/** Whether one of the globs means a cluster; the clusters of two revisions are sides of one comparison. */
export const meantBy = (sides: readonly Pick<Clusters, 'all'>[], globs: readonly string[]): ((cluster: string) => boolean) => {
  const all = sides.flatMap(namedIn);
  const meant = new Set(globs.flatMap((glob) => [...clustersMeant(glob, all)]));
  return (cluster) => meant.has(cluster);
};

/** Clusters with what they may be called. */
export const namedIn = (clusters: Pick<Clusters, 'all'>): readonly Named[] =>
  clusters.all.map(({ name, cluster }) => ({ name, directory: cluster.hub === undefined ? cluster.root.directory : undefined }));
