import { globMatcher } from '../../pattern/glob.ts';
import type { Hub, RemoteRoots } from './join-clusters.ts';
import type { RemoteCluster } from './remote-clusters.ts';

/** The name of every cluster: of each root (under `ownCluster`'s key, the empty string) and of each of its remote clusters. */
export type ClusterNames = ReadonlyMap<Hub, ReadonlyMap<string, string>>;

/**
 * Names that are unique and stay the same while the repository does: configured names as they are, roots by the
 * shortest tail of their directory that tells them apart, remote clusters after their reference.
 */
export const nameClusters = (points: readonly Hub[], remoteRoots: RemoteRoots): ClusterNames => {
  const taken = new Set<string>();
  const roots = nameRoots(points);
  for (const name of roots.values()) taken.add(name);
  const names = new Map<Hub, Map<string, string>>();
  for (const point of points) {
    const hub = roots.get(point) ?? point.root.directory;
    const own = new Map([['', hub]]);
    for (const remote of point.remotes) {
      const root = remoteRoots.get(point)?.get(remote.key);
      if (root) {
        own.set(remote.key, roots.get(root) ?? hub);
        continue;
      }
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

/** Parts of a path that say nothing of a cluster. */
const silent =
  /^(clusters?|kubernetes|k8s|kube|flux|flux-system|flux-cluster|fluxcd|gitops|config|cluster-config|bootstrap|base|system|sync|root|manifests|deploy)$/i;

/** The shortest tail of what says something in the directory; more of it where two would be called alike. */
const nameRoots = (points: readonly Hub[]): ReadonlyMap<Hub, string> => {
  const names = new Map<Hub, string>();
  for (const point of points) names.set(point, point.root.name ?? tail(speaking(point.root.directory), 1));
  for (let parts = 2; parts < 12; parts++) {
    const counts = new Map<string, number>();
    for (const name of names.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const [point, name] of names) {
      if (point.root.name !== undefined || (counts.get(name) ?? 0) < 2) continue;
      const words = speaking(point.root.directory);
      names.set(point, parts <= words.length ? tail(words, parts) : tail(point.root.directory.split('/'), parts));
    }
  }
  return names;
};

const speaking = (directory: string): readonly string[] => directory.split('/').filter((part) => part !== '' && !silent.test(part));

/** A repository whose folders say nothing has one cluster as a rule. */
const tail = (words: readonly string[], parts: number): string => words.filter(Boolean).slice(-parts).join('-') || 'main';

/** Every name that a root's directory could give it: what used to be its name stays a way to ask for it. */
export const namesOfDirectory = (directory: string): readonly string[] => {
  const parts = directory.split('/').filter(Boolean);
  return parts.map((_, index) => parts.slice(index).join('-'));
};

/** A cluster as far as it can be asked for. */
export interface Named {
  readonly name: string;
  /** Undefined where it has none of its own. */
  readonly directory: string | undefined;
}

/** The names of the clusters that a glob means: those it matches, and where it matches none, those that a longer name of theirs does. */
export const clustersMeant = (glob: string, clusters: readonly Named[]): ReadonlySet<string> => {
  const matches = globMatcher(glob);
  const byName = clusters.filter(({ name }) => matches(name));
  const isByName = byName.length > 0 || glob.startsWith('!');
  const meant = isByName
    ? byName
    : clusters.filter(({ directory }) => directory !== undefined && namesOfDirectory(directory).some((name) => matches(name)));
  return new Set(meant.map(({ name }) => name));
};
