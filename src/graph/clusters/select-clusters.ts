import picomatch from 'picomatch';
import { isWithin } from '../../files/files.ts';
import { UsageError } from '../../model/usage-error.ts';
import type { Graph } from '../graph.ts';

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
export const selectClusters = (graph: Graph, { globs, paths }: ClusterSelection): ((cluster: string) => boolean) => {
  requireClusters([graph], globs);
  const isNamed = globs.length === 0 ? () => true : picomatch([...globs]);
  const isPlaced = (name: string) => {
    const directory = graph.cluster(name)?.cluster.root.directory ?? '';
    return paths.length === 0 || paths.some((path) => isWithin(directory, path));
  };
  return (name) => isNamed(name) && isPlaced(name);
};

/**
 * Nobody asks for a cluster that is not there: a mistyped name would read as clean.
 *
 * @param graphs a cluster of one of them will do
 * @throws UsageError for a glob that matches no cluster, with the names there are
 */
export const requireClusters = (graphs: readonly Graph[], globs: readonly string[]): void => {
  const names = [...new Set(graphs.flatMap(({ clusters }) => clusters.map(({ name }) => name)))].sort();
  const unmatched = globs.find((glob) => !names.some((name) => picomatch.isMatch(name, glob)));
  if (unmatched === undefined) return;
  throw new UsageError(
    `no cluster is called ${unmatched}`,
    names.length === 0 ? 'No cluster was found here.' : `There are: ${names.join(', ')}.`,
  );
};
