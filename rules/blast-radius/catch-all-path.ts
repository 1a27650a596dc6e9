import {
  addToGroup,
  type ClusterView,
  defineRule,
  directoryOf,
  type Graph,
  isProven,
  isWithin,
  type KustomizationView,
  memo,
} from '../../src/rule.ts';

export const catchAllPath = defineRule({
  id: 'blast-radius/catch-all-path',
  severity: 'warning',
  summary: 'A path such as ./ takes in what belongs to several clusters or environments',
  why: `Flux builds everything below the path: where there is no kustomization.yaml, every manifest at any depth. A path that
    stands above the directories of several clusters or environments applies them all to this one, and each directory that
    anybody adds joins in without being asked for.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  unless: 'Not in a repository of one cluster that will stay the only one.',
  hint: 'Name the directory that this cluster needs.',
  examples: {
    bad: {
      'clusters/eu/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/eu/all.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: all, namespace: flux-system }\nspec:\n  path: ./ # expect: blast-radius/catch-all-path\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'clusters/us/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/us/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: us, namespace: default }\n',
    },
    good: {
      'clusters/eu/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/eu/apps.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec:\n  path: ./apps\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'apps/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: apps, namespace: default }\n',
      'clusters/us/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    },
  },

  *kustomization(kustomization, { graph }) {
    const { content } = kustomization;
    if (content.type !== 'built' || content.artifact.repository !== undefined) return;
    const path = content.directory === '' ? './' : content.directory;
    const clusters = clustersTakenIn(kustomization, content.directory, graph);
    const environments = clusters.length > 1 ? [] : environmentsTakenIn(kustomization, content.directory, graph);
    if (clusters.length < 2 && environments.length < 2) return;
    const what =
      clusters.length > 1
        ? `the directories of clusters ${listed(clusters.map(({ name }) => name))}`
        : `what belongs to ${listed(environments)}`;
    yield {
      at: kustomization.origin('/spec/path'),
      message: `${kustomization.id} builds ${path} and takes in ${what}. All of it is applied to one cluster, and so is every directory that is added below.`,
    };
  },
});

/** Clusters below the path of whose directories the build reads files; roots that something proves only. */
const clustersTakenIn = (kustomization: KustomizationView, directory: string, graph: Graph): readonly ClusterView[] => {
  const below = provenClusters(graph).get(directory) ?? [];
  if (below.length < 2) return [];
  const files = [...graph.reach.filesOf(kustomization)];
  return below.filter(({ cluster }) => files.some((path) => isWithin(path, cluster.root.directory)));
};

/** Clusters whose roots something proves, by each directory above the root. */
const provenClusters = memo((graph: Graph): ReadonlyMap<string, readonly ClusterView[]> => {
  const clusters = new Map<string, [ClusterView, ...ClusterView[]]>();
  for (const view of graph.clusters.all) {
    const { root, hub } = view.cluster;
    for (const directory of isProven(view) && hub === undefined ? directoriesAbove(root.directory) : []) {
      addToGroup(clusters, directory, view);
    }
  }
  return clusters;
});

const directoriesAbove = (directory: string): readonly string[] =>
  directory === '' ? [] : [directoryOf(directory), ...directoriesAbove(directoryOf(directory))];

/** Environments that the folders just below the path are named after, where Flux makes the kustomization itself. */
const environmentsTakenIn = (kustomization: KustomizationView, directory: string, graph: Graph): readonly string[] => {
  const { content } = kustomization;
  if (content.type !== 'built' || content.build.reads.kustomization) return [];
  const own = graph.clusters.get(kustomization.target)?.environment?.environment;
  const crosses = graph.reach.pullsOf(kustomization).some(({ to }) => {
    const theirs = graph.environments.ofPath(to)?.environment;
    return own !== undefined && theirs !== undefined && theirs !== own;
  });
  // What crosses is reported where it crosses.
  if (crosses) return [];
  const depth = directory === '' ? 0 : directory.split('/').length;
  const folders = new Set(
    [...graph.reach.filesOf(kustomization)].flatMap((path) =>
      isWithin(path, directory) ? path.split('/').slice(depth, -1).slice(0, 1) : [],
    ),
  );
  const found = graph.environments.inPromotionOrder([...folders].flatMap((folder) => graph.environments.ofPath(folder)?.environment ?? []));
  // `demo` and `test` are as likely what runs there; where production is among them, they are environments.
  return found.some((environment) => graph.environments.isProtected(environment)) ? found : [];
};

const listed = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
