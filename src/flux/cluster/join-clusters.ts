import type { MapNode } from '../../yaml/node.ts';
import type { Cluster, FoundRoot } from '../evaluation.ts';
import type { RemoteCluster } from './remote-clusters.ts';

/** An evaluated root, as far as it says which clusters are one. */
export interface Hub {
  readonly root: FoundRoot;
  /** The clusters it deploys to through `kubeConfig`. */
  readonly remotes: readonly RemoteCluster[];
  readonly units: readonly { readonly cluster: string; readonly namespace: string; readonly name: string; readonly document: MapNode }[];
}

/** Of hubs, the roots that their remote clusters start from themselves, by the key of the remote cluster. */
export type RemoteRoots = ReadonlyMap<Hub, ReadonlyMap<string, Hub>>;

/**
 * A cluster that another one deploys its Flux to may have a directory of its own here, where it syncs from: it is one
 * cluster, known twice. It is recognised by its sync Kustomization, which the hub brings.
 */
export const rootsOfRemotes = (points: readonly Hub[]): RemoteRoots =>
  new Map(
    points.map((hub) => [
      hub,
      new Map(
        hub.remotes.flatMap((remote) => {
          const root = rootOfRemote(hub, remote, points);
          return root ? [[remote.key, root] as const] : [];
        }),
      ),
    ]),
  );

const rootOfRemote = (hub: Hub, remote: RemoteCluster, all: readonly Hub[]): Hub | undefined => {
  const brought = hub.units.filter(({ cluster }) => cluster === remote.key);
  return all.find(
    ({ root }) =>
      root !== hub.root &&
      root.sync.written !== undefined &&
      brought.some(
        (unit) => unit.namespace === root.sync.namespace && unit.name === root.sync.name && isSamePlace(unit.document, root.sync.written),
      ),
  );
};

/** A hub without what its remote clusters apply that start from roots of their own: these are evaluated by themselves. */
export const withoutRemoteRoots = <H extends Hub>(hub: H, roots: RemoteRoots): H => {
  const own = [...(roots.get(hub)?.keys() ?? [])];
  if (own.length === 0) return hub;
  const isBehind = (key: string): boolean => own.some((remote) => key.startsWith(`${remote}\u0000`));
  return {
    ...hub,
    units: hub.units.filter(({ cluster }) => !own.includes(cluster) && !isBehind(cluster)),
    remotes: hub.remotes.filter(({ key }) => !isBehind(key)),
  };
};

const isSamePlace = (a: MapNode, b: MapNode | undefined): boolean => a.span.path === b?.span.path && a.span.start === b.span.start;

/** Clusters of one name as one: what its own root applies, and what hubs bring besides. */
export const joinClusters = (clusters: readonly Cluster[]): readonly Cluster[] => {
  const joined = new Map<string, Cluster>();
  const ownFirst = clusters.toSorted((a, b) => Number(a.hub !== undefined) - Number(b.hub !== undefined));
  for (const cluster of ownFirst) {
    const known = joined.get(cluster.name);
    joined.set(cluster.name, known ? together(known, cluster) : cluster);
  }
  return [...joined.values()];
};

const together = (own: Cluster, brought: Cluster): Cluster => {
  const ids = new Set(own.kustomizations.map(({ namespace, name }) => `${namespace}/${name}`));
  const kustomizations = brought.kustomizations.filter(({ namespace, name }) => !ids.has(`${namespace}/${name}`));
  const kept = new Set(kustomizations);
  const isNews = ({ owner }: Cluster['objects'][number]): boolean => owner.cluster !== own.name || kept.has(owner);
  return {
    ...own,
    hub: own.hub ?? brought.hub,
    kustomizations: [...own.kustomizations, ...kustomizations],
    objects: [...own.objects, ...brought.objects.filter(isNews)],
    releases: [...own.releases, ...brought.releases.filter(isNews)],
    generators: [...own.generators, ...brought.generators.filter(({ object }) => isNews(object))],
  };
};
