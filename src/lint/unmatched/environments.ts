import type { EnvironmentConfig } from '../../config/config.ts';
import { clustersMeant } from '../../flux/cluster/name-clusters.ts';
import { groups } from '../../flux/kinds.ts';
import type { ClusterView } from '../../graph/clusters/cluster-view.ts';
import { namedIn } from '../../graph/clusters/select-clusters.ts';
import type { Graph } from '../../graph/graph.ts';
import { matchesGlob } from '../../pattern/glob.ts';
import { listKeys, matching, type UnmatchedEntry } from './entry.ts';
import { hintOf, meantGlob } from './meant.ts';

/**
 * Environments that no cluster is in, and globs that add none. A repository of production alone may well know staging: an
 * environment without a cluster weighs where it is protected, where a cluster without any may be its own, and where all that
 * it matches belong to others.
 */
export const unmatchedEnvironments = (graph: Graph): readonly UnmatchedEntry[] =>
  graph.config.environments.flatMap((environment) => {
    const isEmpty = !graph.clusters.all.some((cluster) => cluster.environment?.environment === environment.name);
    return isEmpty ? [emptyEnvironment(environment, graph)] : idleGlobs(environment, graph);
  });

const emptyEnvironment = ({ name, match }: EnvironmentConfig, graph: Graph): UnmatchedEntry => {
  const clusters = graph.clusters.all;
  const names = clusters.map((cluster) => cluster.name);
  const others = clusters.filter((cluster) => match.some((glob) => matchesGlob(cluster.name, glob)));
  const meant = match.map((glob) => meantGlob(glob, names)).find((glob) => glob !== undefined);
  const lost = clusters.filter(({ environment }) => environment === undefined).map((cluster) => cluster.name);
  const isSlipOrTaken = meant !== undefined || others.length > 0;
  const weighs = isSlipOrTaken || ((lost.length > 0 || graph.environments.isProtected(name)) && !hasUnseenClusters(graph));
  const why = match.length === 0 || others.length > 0 ? '' : `: ${matching(match, 'none')}`;
  return {
    keys: listKeys(['environments', name, 'match'], match),
    message: `No cluster is in the environment ${name}${why}. Nothing is checked as ${name}.`,
    hint: othersHint(others) ?? hintOf(meant, 'Clusters here', names),
    weighs,
    clusters: weighs ? (lost.length > 0 ? lost : names) : undefined,
  };
};

/** Who matches it, and belongs to another that says so first. */
const othersHint = ([first]: readonly ClusterView[]): string | undefined =>
  first?.environment && `${first.name} matches, but is ${first.environment.environment}, because ${first.environment.because}.`;

const idleGlobs = ({ name, match }: EnvironmentConfig, { clusters }: Graph): readonly UnmatchedEntry[] =>
  match.flatMap((glob, index) => {
    if (clustersMeant(glob, namedIn(clusters)).size > 0) return [];
    const others = clusters.all.filter(({ environment }) => environment?.environment !== name).map((cluster) => cluster.name);
    const meant = meantGlob(glob, others);
    return {
      keys: ['environments', name, 'match', index],
      message: `"${glob}" matches no cluster. It adds none to the environment ${name}.`,
      hint: hintOf(meant, 'Clusters that are not in it', others),
      weighs: meant !== undefined,
      clusters: meant === undefined ? undefined : others.filter((other) => matchesGlob(other, meant)),
    };
  });

/** A hub may deploy to clusters that only content knows which is not here. */
const hasUnseenClusters = ({ clusters, existence }: Graph): boolean =>
  clusters.all.some(
    ({ cluster: { hub } }) =>
      hub !== undefined &&
      existence.mayAlsoCome(hub, { group: groups.kustomize, kind: 'Kustomization', namespace: undefined, name: '*' }) !== undefined,
  );
