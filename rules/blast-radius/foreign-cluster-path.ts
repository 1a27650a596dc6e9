import {
  baseName,
  type ClusterView,
  child,
  defineRule,
  directoryOf,
  type Graph,
  grouped,
  isProven,
  isScalar,
  isWithin,
  type KustomizationView,
  memo,
  type Node,
  normalise,
  type Problem,
  type Pull,
  readable,
  textAt,
} from '../../src/rule.ts';

export const foreignClusterPath = defineRule({
  id: 'blast-radius/foreign-cluster-path',
  severity: 'error',
  summary: "A cluster applies another cluster's directory",
  why: `The directory of a cluster is where its people make changes for that cluster alone, and where \`flux bootstrap\` writes. A
    cluster that builds from another one's gets every one of those changes, its sync Kustomization included, and nobody
    who edits there knows. So it is with a cluster whose directory was copied from another one's and whose sync still
    names that one: it becomes a second one of those, and what lies in its own directory is applied nowhere.`,
  reference: 'https://fluxcd.io/flux/guides/repository-structure/',
  unless: 'Not for a cluster that takes over the directory of one that is being replaced.',
  hint: 'Move what both need into a directory of its own, and build it from each.',
  examples: {
    bad: {
      'clusters/eu/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/eu/apps/kustomization.yaml': 'resources:\n  - app.yaml\n',
      'clusters/eu/apps/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app, namespace: default }\n',
      'clusters/us/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/us/kustomization.yaml': 'resources:\n  - ../eu/apps # expect: blast-radius/foreign-cluster-path\n',
    },
    good: {
      'apps/kustomization.yaml': 'resources:\n  - app.yaml\n',
      'apps/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app, namespace: default }\n',
      'clusters/eu/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/eu/kustomization.yaml': 'resources:\n  - ../../apps\n',
      'clusters/us/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/us/kustomization.yaml': 'resources:\n  - ../../apps\n',
    },
  },

  documentKinds: ['Kustomization', 'FluxInstance'],

  *document({ path, root }, { graph }) {
    const swapped = syncOfInstance(path, root, graph);
    if (swapped) yield swapped;
    const home = syncedFrom(path);
    if (home === undefined || textAt(root, 'kind') !== 'Kustomization') return;
    const written = child(root, 'spec', 'path');
    const directory = isScalar(written) ? normalise(written.text) : undefined;
    if (!written || directory === undefined || isWithin(home, directory) || isKeptInFolder(home, directory)) return;
    const other = rootsOf(graph).get(directory);
    if (!other) return;
    const own = graph.clusters.all.find(({ cluster }) => cluster.root.directory === home);
    yield {
      at: written,
      // Whoever applies this is another one of those clusters.
      clusters: [(own ?? other).name],
      message: `The cluster of ${home} syncs ${directory}, the directory of ${other.name}: it gets all that ${other.name} gets, and nothing of its own directory.`,
      hint: `Write path: ./${home}, as flux bootstrap does for --path=${home}.`,
    };
  },

  *cluster(own, { graph }) {
    if (!isProven(own)) return;
    const taken = own.kustomizations.flatMap((kustomization) => takenFromOthers(kustomization, own, graph));
    for (const [{ kustomization, pull, other }, ...more] of grouped(taken, (one) => one.other).values()) {
      const so = more.length === 0 ? '' : ` So it is with ${more.length} more.`;
      yield {
        at: pull.at,
        message: `${kustomization.id} builds ${pull.to}, which lies in the directory of another cluster (${other.cluster.root.directory}). Whatever is changed there for that one changes this one, too.${so}`,
        related: [
          ...graph.reach.wayTo(kustomization, pull),
          ...more.slice(0, 5).map((one) => ({ at: one.pull.at, message: `${one.kustomization.id} builds ${one.pull.to}` })),
        ],
        tenants: [...new Set([kustomization, ...more.map((one) => one.kustomization)].flatMap((one) => graph.tenants.of(one)?.name ?? []))],
      };
    }
  },
});

/**
 * What a FluxInstance, or the chart that makes one, syncs of another cluster: `sync.path` becomes the path of the root
 * Kustomization (flux-operator: internal/builder, the manifests of `spec.sync`).
 */
const syncOfInstance = (path: string, root: Node, graph: Graph): Problem | undefined => {
  const written = pathOfInstance(root);
  const directory = isScalar(written) ? normalise(written.text) : undefined;
  const home = homeOf(path);
  if (!written || directory === undefined || isWithin(home, directory) || isWithin(directory, home)) return undefined;
  if (isKeptInFolder(home, directory) || !isHomeOfInstance(directory, graph)) return undefined;
  const own = graph.clusters.all.find(({ cluster }) => cluster.root.directory === home);
  // Beside an instance of its own, this one is for another cluster: a hub brings it there.
  const isOfHome = (own !== undefined || directoryOf(home) === directoryOf(directory)) && !syncsItself(home, graph);
  const other = rootsOf(graph).get(directory);
  if (!isOfHome || !other) return undefined;
  return {
    at: written,
    clusters: [(own ?? other).name],
    message: `The FluxInstance of ${home} syncs ${directory}, the directory of another cluster, which has a FluxInstance of its own: the cluster gets what is meant for that one, and nothing of its own directory.`,
    hint: `Write path: ${home}.`,
  };
};

const pathOfInstance = (root: Node): Node | undefined => {
  const kind = textAt(root, 'kind');
  if (kind === 'FluxInstance') return child(root, 'spec', 'sync', 'path');
  return kind === 'HelmRelease' ? child(root, 'spec', 'values', 'instance', 'sync', 'path') : undefined;
};

/** The directories in which an instance lies, or in whose folder flux-system, and what each syncs. */
const instances = memo((graph: Graph) => {
  const { all, unreached } = graph.clusters;
  const applied = [...all, ...(unreached ? [unreached] : [])].flatMap(({ objects }) => objects);
  return [...applied, ...graph.evaluation.unapplied].flatMap(({ root }) => {
    const written = pathOfInstance(root);
    return isScalar(written) ? [{ home: homeOf(root.span.path), directory: normalise(written.text) }] : [];
  });
});

const homeOf = (path: string): string => {
  const folder = directoryOf(path);
  return baseName(folder) === 'flux-system' ? directoryOf(folder) : folder;
};

const isHomeOfInstance = (directory: string, graph: Graph): boolean => instances(graph).some(({ home }) => home === directory);

const syncsItself = (wanted: string, graph: Graph): boolean =>
  instances(graph).some(({ home, directory }) => home === wanted && home === directory);

interface Taken {
  readonly kustomization: KustomizationView;
  readonly pull: Pull;
  /** Whose it is. */
  readonly other: ClusterView;
}

const takenFromOthers = (kustomization: KustomizationView, own: ClusterView, graph: Graph): readonly Taken[] => {
  const foreign = (place: string) => foreignRoot(place, own, graph);
  // What came with a file of theirs follows from that.
  const home = kustomization.parent && foreign(kustomization.root.span.path);
  // A sync that names another cluster's directory is told as such, where it is written.
  const { sync, directory } = own.cluster.root;
  const isSync = kustomization.namespace === sync.namespace && kustomization.name === sync.name && sync.written === undefined;
  if (isSync && normalise(readable(() => kustomization.spec.path) ?? '') !== directory) return [];
  return graph.reach.pullsOf(kustomization).flatMap((pull) => {
    const other = foreign(pull.to);
    // A hub that brings Flux to the cluster of that very directory builds from where that cluster starts.
    if (!other || other === home || other.name === kustomization.target || (pull.parent && foreign(pull.parent.to))) return [];
    // Where it also crosses into or out of production, that is what is said of it.
    return crosses(own, other, graph) ? [] : [{ kustomization, pull, other }];
  });
};

/** The directory that `flux bootstrap` was given when it wrote the file. */
const syncedFrom = (path: string): string | undefined =>
  /(^|\/)flux-system\/gotk-[^/]+\.ya?ml$/.test(path) ? directoryOf(directoryOf(path)) : undefined;

/** The other cluster whose directory holds the place, where neither of the two directories holds the other. */
const foreignRoot = (place: string, own: ClusterView, graph: Graph): ClusterView | undefined => {
  const roots = rootsOf(graph);
  const home = own.cluster.root.directory;
  const parts = place.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const directory = parts.slice(0, depth).join('/');
    const other = roots.get(directory);
    if (other && !isWithin(directory, home) && !isWithin(home, directory)) return isKeptInFolder(home, directory) ? undefined : other;
  }
  return undefined;
};

/** Whether a cluster's directory is that very path in a folder: of a repository that is kept there, and whose paths begin there. */
const isKeptInFolder = (home: string, directory: string): boolean => home.endsWith(`/${directory}`);

/** The proven clusters by their directories. */
const rootsOf = memo(
  (graph: Graph): ReadonlyMap<string, ClusterView> =>
    new Map(graph.clusters.all.filter(isProven).map((cluster) => [cluster.cluster.root.directory, cluster] as const)),
);

const crosses = (own: ClusterView, other: ClusterView, graph: Graph): boolean => {
  const [here, there] = [own.environment?.environment, other.environment?.environment];
  if (here === undefined || there === undefined || here === there) return false;
  return graph.environments.isProtected(here) || graph.environments.isProtected(there);
};
