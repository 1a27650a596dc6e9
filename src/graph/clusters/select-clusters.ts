import { isWithin } from '../../files/files.ts';
import { namesOfDirectory } from '../../flux/cluster/name-clusters.ts';
import type { ClusterRoot } from '../../flux/evaluation.ts';
import { UsageError } from '../../model/usage-error.ts';
import { matchesGlob } from '../../pattern/glob.ts';
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
  const isNamed = (name: string) => globs.length === 0 || globs.some((glob) => isMeant(clusters.get(name)?.cluster.root, name, glob));
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
  const all = sides.flatMap((side) => side.all);
  const names = [...new Set(all.map(({ name }) => name))].sort();
  const unmatched = globs.find((glob) => !all.some(({ name, cluster }) => isMeant(cluster.root, name, glob)));
  if (unmatched === undefined) return;
  throw new UsageError(
    `no cluster is called ${unmatched}`,
    names.length === 0 ? 'No cluster was found here.' : `There are: ${names.join(', ')}.`,
  );
};

/** A cluster answers to its name, and to the longer ones that its directory could give it. */
const isMeant = (root: ClusterRoot | undefined, name: string, glob: string): boolean =>
  matchesGlob(name, glob) || (root !== undefined && namesOfDirectory(root.directory).includes(glob));
