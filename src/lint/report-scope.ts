import type { Config } from '../config/config.ts';
import { pathGlobs } from '../config/path-globs.ts';
import { type Files, isWithin } from '../files/files.ts';
import { meantBy } from '../graph/clusters/select-clusters.ts';
import type { Graph } from '../graph/graph.ts';
import type { Finding } from '../model/finding.ts';

export interface Scope {
  /** Paths below the root that are asked for; empty: all. */
  readonly paths: readonly string[];
  /** Globs of the clusters that are asked for; empty: all. */
  readonly clusters: readonly string[];
  readonly config: Config;
  readonly files: Files;
  readonly graph: Graph;
}

/** Which findings a run reports: those its paths and clusters ask for, but for the ignored files. */
export const reportScope = (scope: Scope): ((finding: Finding) => boolean) => {
  const { config, clusters, graph } = scope;
  const isIn = inPaths(scope);
  const isIgnored = pathGlobs(config.ignore);
  const isMeant = meantBy([graph.clusters], clusters);
  return (finding) => isIn(finding) && !isIgnored(finding.location.path) && (clusters.length === 0 || finding.reach.clusters.some(isMeant));
};

/**
 * What paths ask for: findings in files under them, those in files that the clusters under them reach, and, for a file,
 * those elsewhere that it takes part in. No path means all.
 */
const inPaths = ({ paths, files, graph }: Scope): ((finding: Finding) => boolean) => {
  if (paths.length === 0 || paths.includes('')) return () => true;
  const clusters = new Set(
    graph.clusters.all.filter(({ cluster }) => paths.some((path) => isWithin(cluster.root.directory, path))).map(({ name }) => name),
  );
  const givenFiles = new Set(paths.filter((path) => files.entry(path) === 'file'));
  const isUnder = (path: string) => paths.some((given) => isWithin(path, given));
  return ({ location, related, reach }) => {
    if (location.repository === undefined && isUnder(location.path)) return true;
    if (reach.clusters.some((name) => clusters.has(name))) return true;
    return related.some((place) => place.location.repository === undefined && givenFiles.has(place.location.path));
  };
};
