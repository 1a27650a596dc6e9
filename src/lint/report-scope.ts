import { directoryOf, type Files, isWithin } from '../files/files.ts';
import type { Graph } from '../graph/graph.ts';
import type { Finding } from '../model/finding.ts';

/**
 * Which findings the paths of a command ask for: those in files under them, those in files that the clusters under them
 * reach, and, for a file, those elsewhere that it takes part in. No path means all.
 */
export const inScope = (paths: readonly string[], files: Files, graph: Graph): ((finding: Finding) => boolean) => {
  if (paths.length === 0 || paths.includes('')) return () => true;
  const clusters = new Set(
    graph.clusters.filter(({ cluster }) => paths.some((path) => isWithin(cluster.root.directory, path))).map(({ name }) => name),
  );
  const givenFiles = new Set(paths.filter((path) => files.entry(path) === 'file'));
  const isUnder = (path: string) => paths.some((given) => isWithin(path, given));
  return ({ location, related, reach }) => {
    if (location.repository === undefined && isUnder(location.path)) return true;
    if (reach.clusters.some((name) => clusters.has(name))) return true;
    return related.some((place) => place.location.repository === undefined && givenFiles.has(place.location.path));
  };
};

/** The directory or file of an argument as a path below the root. */
export const scopePath = (path: string): string => (path === '.' ? '' : directoryOf(`${path}/`));
