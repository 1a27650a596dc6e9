import type { FoundRoot } from '../evaluation.ts';
import type { RemoteCluster } from './remote-clusters.ts';

/** An evaluated root, as far as its clusters are named by it. */
interface Hub {
  readonly root: FoundRoot;
  /** The clusters it deploys to through `kubeConfig`. */
  readonly remotes: readonly RemoteCluster[];
}

/** The name of every cluster: of each root (under `ownCluster`'s key, the empty string) and of each of its remote clusters. */
export type ClusterNames = ReadonlyMap<Hub, ReadonlyMap<string, string>>;

/**
 * Names that are unique and stay the same while the repository does: configured names as they are, roots by the
 * shortest tail of their directory that tells them apart, remote clusters after their reference.
 */
export const nameClusters = (points: readonly Hub[]): ClusterNames => {
  const taken = new Set<string>();
  const roots = nameRoots(points);
  for (const name of roots.values()) taken.add(name);
  const names = new Map<Hub, Map<string, string>>();
  for (const point of points) {
    const hub = roots.get(point) ?? point.root.directory;
    const own = new Map([['', hub]]);
    for (const remote of point.remotes) {
      const short = remoteName(remote, point.remotes);
      const name = [short, `${remote.namespace}-${short}`, `${hub}-${remote.namespace}-${short}`].find(
        (candidate) => !taken.has(candidate),
      );
      const unique = name ?? `${hub}-${remote.namespace}-${remote.name}`;
      taken.add(unique);
      own.set(remote.key, unique);
    }
    names.set(point, own);
  }
  return names;
};

/** The reference without `-kubeconfig`; the namespace where one reference name serves several clusters. */
const remoteName = (remote: RemoteCluster, all: readonly RemoteCluster[]): string => {
  const short = remote.name.replace(/[-_.]?kube-?config$/i, '');
  const namesakes = all.filter((other) => other.name === remote.name);
  return short === '' || namesakes.length > 1 ? remote.namespace : short;
};

const nameRoots = (points: readonly Hub[]): ReadonlyMap<Hub, string> => {
  const names = new Map<Hub, string>();
  for (const point of points) names.set(point, point.root.name ?? tail(point.root.directory, 1));
  for (let parts = 2; parts < 10; parts++) {
    const counts = new Map<string, number>();
    for (const name of names.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const [point, name] of names) {
      if (point.root.name === undefined && (counts.get(name) ?? 0) > 1) names.set(point, tail(point.root.directory, parts));
    }
  }
  return names;
};

const tail = (directory: string, parts: number): string => (directory === '' ? 'default' : directory.split('/').slice(-parts).join('-'));
