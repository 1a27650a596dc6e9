import { readable } from '../../kube/view.ts';
import { memo } from '../../model/memo.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { HelmReleaseView, KustomizationView } from '../clusters/views.ts';
import { createReachability } from './reachability.ts';

/** What a Kustomization waits for, as far as it is on its cluster. */
export const createDependencies =
  (find: (cluster: string, namespace: string, name: string) => KustomizationView | undefined) =>
  (view: KustomizationView): readonly KustomizationView[] =>
    (view.spec.dependsOn ?? []).flatMap(({ namespace, name }) => find(view.cluster, namespace ?? view.namespace, name ?? '') ?? []);

/** The same for a HelmRelease. */
export const createReleaseDependencies = (clusterNamed: (name: string) => ClusterView | undefined) => {
  const releasesById = memo((cluster: ClusterView) => new Map(cluster.ownReleases.map((view) => [view.id, view] as const)));
  return (view: HelmReleaseView): readonly HelmReleaseView[] => {
    const cluster = clusterNamed(view.cluster);
    return (readable(() => view.spec.dependsOn?.map(({ namespace, name }) => ({ namespace, name }))) ?? []).flatMap(
      ({ namespace, name }) => (cluster && releasesById(cluster).get(`${namespace ?? view.namespace}/${name}`)) ?? [],
    );
  };
};

/** Circles are looked for from each of so many members; of a larger tangle only from the first. */
const maxStarts = 200;

/**
 * The cycle that a Kustomization or HelmRelease is the first member of, in the order of `ids`; undefined where it is in none or
 * another member comes first, so that each cycle is found once.
 *
 * @param all those among which it waits and is waited for
 */
export const createCycles = <T extends object & { readonly id: string }>(all: readonly T[], dependenciesOf: (here: T) => readonly T[]) => {
  const known = memo((here: T) => readable(() => dependenciesOf(here)) ?? []);
  const { group } = createReachability(all, known);
  const firsts = memo((members: readonly T[]) => members.reduce((first, member) => (member.id < first.id ? member : first)));
  return (start: T): readonly [T, ...T[]] | undefined => {
    const direct = dependenciesOf(start);
    const members = group(start);
    if (members.length === 1 && !direct.includes(start)) return undefined;
    if (members.length > maxStarts && firsts(members) !== start) return undefined;
    return cycleFrom(start, { members: new Set(members), dependenciesOf: known });
  };
};

interface Tangle<T> {
  readonly members: ReadonlySet<T>;
  readonly dependenciesOf: (here: T) => readonly T[];
}

const cycleFrom = <T extends { readonly id: string }>(
  start: T,
  { members, dependenciesOf }: Tangle<T>,
): readonly [T, ...T[]] | undefined => {
  const path = [{ here: start, left: dependenciesOf(start).toReversed() }];
  const seen = new Set<string>();
  for (let last = path.at(-1); last; last = path.at(-1)) {
    const next = last.left.pop();
    if (next === undefined) path.pop();
    else if (next.id === start.id) {
      const rest = path.slice(1).map(({ here }) => here);
      return rest.every(({ id }) => id >= start.id) ? [start, ...rest] : undefined;
    } else if (members.has(next) && !seen.has(next.id)) {
      seen.add(next.id);
      path.push({ here: next, left: dependenciesOf(next).toReversed() });
    }
  }
  return undefined;
};
