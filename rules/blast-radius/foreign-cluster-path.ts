import { type ClusterView, defineRule, type Graph, isProven, isWithin, memo, type Pull } from '../../src/rule.ts';

export const foreignClusterPath = defineRule({
  id: 'blast-radius/foreign-cluster-path',
  severity: 'error',
  summary: "A cluster applies another cluster's directory",
  why: `The directory of a cluster is where its people make changes for that cluster alone, and where \`flux bootstrap\` writes. A
    cluster that builds from another one's gets every one of those changes, its sync Kustomization included, and nobody
    who edits there knows.`,
  reference: 'https://fluxcd.io/flux/guides/repository-structure/',
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

  *kustomization(kustomization, { graph }) {
    const own = graph.cluster(kustomization.cluster);
    if (!own || !isProven(own)) return;
    const foreign = (pull: Pull) => foreignRoot(pull.to, own, graph);
    for (const pull of graph.pullsOf(kustomization)) {
      const other = foreign(pull);
      if (!other || (pull.parent && foreign(pull.parent))) continue;
      // Where it also crosses into or out of production, that is what is said of it.
      if (crosses(own, other, graph)) continue;
      yield {
        at: pull.at,
        message: `${kustomization.id} builds ${pull.to}, which lies in the directory of another cluster (${other.cluster.root.directory}). Whatever is changed there for that one changes this one, too.`,
        related: graph.wayTo(kustomization, pull),
      };
    }
  },
});

/** The other cluster whose directory holds the place, where neither of the two directories holds the other. */
const foreignRoot = (place: string, own: ClusterView, graph: Graph): ClusterView | undefined => {
  const roots = rootsOf(graph);
  const home = own.cluster.root.directory;
  const parts = place.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const directory = parts.slice(0, depth).join('/');
    const other = roots.get(directory);
    if (other && !isWithin(directory, home) && !isWithin(home, directory)) return other;
  }
  return undefined;
};

/** The proven clusters by their directories. */
const rootsOf = memo(
  (graph: Graph): ReadonlyMap<string, ClusterView> =>
    new Map(graph.clusters.filter(isProven).map((cluster) => [cluster.cluster.root.directory, cluster] as const)),
);

const crosses = (own: ClusterView, other: ClusterView, graph: Graph): boolean => {
  const [here, there] = [own.environment?.environment, other.environment?.environment];
  if (here === undefined || there === undefined || here === there) return false;
  return graph.environments.isProtected(here) || graph.environments.isProtected(there);
};
