import picomatch from 'picomatch';
import { isWithin } from '../files/files.ts';
import { UsageError } from '../model/usage-error.ts';
import type { Graph } from './graph.ts';

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
  const names = graph.clusters.map(({ name }) => name);
  for (const glob of globs) {
    if (!names.some((name) => picomatch.isMatch(name, glob))) {
      throw new UsageError(
        `no cluster is called ${glob}`,
        names.length === 0 ? 'No cluster was found here.' : `There are: ${names.join(', ')}.`,
      );
    }
  }
  const isNamed = globs.length === 0 ? () => true : picomatch([...globs]);
  const isPlaced = (name: string) => {
    const directory = graph.cluster(name)?.cluster.root.directory ?? '';
    return paths.length === 0 || paths.some((path) => isWithin(directory, path));
  };
  return (name) => isNamed(name) && isPlaced(name);
};
