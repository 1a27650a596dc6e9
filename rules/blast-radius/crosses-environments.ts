import { baseName, defineRule, directoryOf, type Graph, isProven, type KustomizationView, memo, type Pull } from '../../src/rule.ts';

export const crossesEnvironments = defineRule({
  id: 'blast-radius/crosses-environments',
  severity: 'error',
  summary: "Production builds from another environment's overlay, patch or values, or the other way round",
  why: `Whoever edits a dev overlay expects to change dev. When production builds from it too, the first careless edit there
    is an outage here, and nothing in the diff shows it: the file changed is dev's, the cluster changed is production.`,
  reference: 'https://fluxcd.io/flux/guides/repository-structure/',
  hint: "Build from the environment's own overlay, and move what both need into a base.",
  examples: {
    bad: {
      'clusters/dev/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/dev/kustomization.yaml': 'resources:\n  - ../../apps/overlays/dev\n',
      'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/prod/kustomization.yaml': 'resources:\n  - ../../apps/overlays/dev # expect: blast-radius/crosses-environments\n',
      'apps/overlays/dev/kustomization.yaml': 'resources:\n  - app.yaml\n',
      'apps/overlays/dev/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: default\n',
    },
    good: {
      'clusters/dev/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/dev/kustomization.yaml': 'resources:\n  - ../../apps/overlays/dev\n',
      'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/prod/kustomization.yaml': 'resources:\n  - ../../apps/overlays/prod\n',
      'apps/overlays/dev/kustomization.yaml': 'resources:\n  - app.yaml\n',
      'apps/overlays/dev/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: default\n',
      'apps/overlays/prod/kustomization.yaml': 'resources:\n  - app.yaml\n',
      'apps/overlays/prod/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: default\n',
    },
  },

  *kustomization(kustomization, { graph }) {
    const own = graph.clusters.get(kustomization.target)?.environment;
    if (!own || reachedClusters(graph).length < 2) return;
    const pulls = graph.reach.pullsOf(kustomization);
    for (const pull of pulls) {
      const theirs = graph.environments.ofPath(pull.to);
      // What lies below the crossing belongs to it: one crossing is one finding.
      if (!theirs || !isCrossing(own.environment, theirs.environment, graph) || isBelow(pull, theirs.environment, graph)) continue;
      if (isTheirs(kustomization, theirs.environment, graph) || isAnothersDirectory(kustomization, pull, graph)) continue;
      // A whole overlay by a Kustomization of its own, or beside production's, is hosted here, where its environment has no cluster.
      const isWhole =
        pull.parent === undefined ||
        standsBesideOwn(pull, pulls, (place) => graph.environments.ofPath(place)?.environment === own.environment);
      const isHosted = isWhole && !hasCluster(graph, theirs.environment);
      const isProven = !isHosted && (hasCluster(graph, theirs.environment) || isSibling(pull, own.environment, graph));
      yield {
        at: pull.at,
        message: message(own.environment, pull.to, theirs),
        related: graph.reach.wayTo(kustomization, pull),
        clusters: [kustomization.target],
        atMost: isProven ? undefined : 'info',
      };
    }
  },

  *helmRelease(release, { graph }) {
    const own = graph.clusters.get(release.cluster)?.environment;
    if (!own || reachedClusters(graph).length < 2) return;
    for (const [index, file] of (release.spec.chart?.spec?.valuesFiles ?? []).entries()) {
      const theirs = graph.environments.ofPath(file.replace(/^\.\//, ''));
      if (!theirs || !isCrossing(own.environment, theirs.environment, graph)) continue;
      yield {
        at: release.origin(`/spec/chart/spec/valuesFiles/${index}`),
        message: message(own.environment, file, theirs),
        atMost: hasCluster(graph, theirs.environment) ? undefined : 'info',
      };
    }
  },
});

/** The same file takes in the sibling that is the cluster's own. */
const standsBesideOwn = (pull: Pull, pulls: readonly Pull[], isOwn: (place: string) => boolean): boolean =>
  pulls.some(
    (other) => other.from === pull.from && other.to !== pull.to && directoryOf(other.to) === directoryOf(pull.to) && isOwn(other.to),
  );

const message = (own: string, place: string, { environment, because }: { readonly environment: string; readonly because: string }) =>
  `A ${own} cluster builds ${place}, which belongs to ${environment} because ${because}. A change meant for ${environment} reaches ${own} with it.`;

const isCrossing = (own: string, theirs: string, graph: Graph): boolean =>
  own !== theirs && (graph.environments.isProtected(own) || graph.environments.isProtected(theirs));

const isBelow = ({ parent }: Pull, foreign: string, graph: Graph): boolean =>
  parent !== undefined && graph.environments.ofPath(parent.to)?.environment === foreign;

/** It came with a file of theirs: the crossing is where that was taken in. */
const isTheirs = ({ parent, root }: KustomizationView, foreign: string, graph: Graph): boolean =>
  parent !== undefined && graph.environments.ofPath(root.span.path)?.environment === foreign;

/** A root that syncs the directory of another cluster: foreign-cluster-path says so, and all the rest follows from it. */
const isAnothersDirectory = ({ parent, cluster }: KustomizationView, pull: Pull, graph: Graph): boolean =>
  parent === undefined &&
  pull.parent === undefined &&
  graph.clusters.all.some((other) => other.name !== cluster && isProven(other) && other.cluster.root.directory === pull.to);

const hasCluster = (graph: Graph, environment: string): boolean =>
  reachedClusters(graph).some((cluster) => cluster.environment?.environment === environment);

const reachedClusters = memo((graph: Graph) => graph.clusters.all.filter(({ cluster }) => cluster.root.evidence !== 'unreached'));

/** Its folder stands beside one of the environment's own. */
const isSibling = ({ to }: Pull, environment: string, graph: Graph): boolean => {
  const folder = /\.ya?ml$/.test(to) ? directoryOf(to) : to;
  const above = directoryOf(folder);
  return graph.files
    .foldersIn(above)
    .some(
      (name) =>
        name !== baseName(folder) && graph.environments.ofPath(above === '' ? name : `${above}/${name}`)?.environment === environment,
    );
};
