import { readable } from '../../kube/view.ts';
import { memo } from '../../model/memo.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { HelmReleaseView, KustomizationView } from '../clusters/views.ts';

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

/**
 * The cycle that a Kustomization or HelmRelease is the first member of, in the order of `ids`; undefined where it is in none or
 * another member comes first, so that each cycle is found once.
 */
export const cycleFrom = <T extends { readonly id: string }>(
  start: T,
  dependenciesOf: (here: T) => readonly T[],
): readonly [T, ...T[]] | undefined => {
  const path: T[] = [];
  const seen = new Set<string>();
  const walk = (here: T): boolean => {
    path.push(here);
    for (const next of dependenciesOf(here)) {
      if (next.id === start.id) return true;
      if (seen.has(next.id)) continue;
      seen.add(next.id);
      if (walk(next)) return true;
    }
    path.pop();
    return false;
  };
  if (!walk(start)) return undefined;
  const isFirst = path.every((member) => member.id >= start.id);
  const [first = start, ...rest] = path;
  return isFirst ? [first, ...rest] : undefined;
};
