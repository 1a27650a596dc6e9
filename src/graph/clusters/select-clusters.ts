import { isWithin } from '../../files/files.ts';
import { UsageError } from '../../model/usage-error.ts';
import { anyGlob, matchesGlob } from '../../pattern/glob.ts';
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
  const isNamed = globs.length === 0 ? () => true : anyGlob(globs);
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
  const names = [...new Set(sides.flatMap(({ all }) => all.map(({ name }) => name)))].sort();
  const unmatched = globs.find((glob) => !names.some((name) => matchesGlob(name, glob)));
  if (unmatched === undefined) return;
  throw new UsageError(
    `no cluster is called ${unmatched}`,
    names.length === 0 ? 'No cluster was found here.' : `There are: ${names.join(', ')}.`,
  );
};
