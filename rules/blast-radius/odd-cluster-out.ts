import { addToGroup, type ClusterView, defineRule, type Graph, type Origin, readable } from '../../src/rule.ts';

const kustomization = (name: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\n  namespace: flux-system\nspec: { path: ./apps, sourceRef: { kind: GitRepository, name: flux-system } }\n`;
const clusters = (count: number) =>
  Object.fromEntries(
    Array.from({ length: 4 }, (_, index) => [
      [`clusters/prod-${index}/flux-system/gotk-sync.yaml`, '# written by flux bootstrap\n'] as const,
      [
        `clusters/prod-${index}/backups.yaml`,
        index < count ? kustomization(index === 0 ? 'backups # expect: blast-radius/odd-cluster-out' : 'backups') : '{}\n',
      ] as const,
    ]).flat(),
  );

export const oddClusterOut = defineRule({
  id: 'blast-radius/odd-cluster-out',
  severity: 'info',
  summary: 'One of several sibling clusters lacks what all the others have',
  why: `Four clusters have backups, the fifth was set up on a Friday. Flux applies what is there and cannot miss what is not. Of
    clusters of one environment, what all but one have was most likely meant for that one, too.`,
  reference: 'https://fluxcd.io/flux/guides/repository-structure/',
  hint: 'Add it there, or suppress this where the difference is meant.',
  examples: {
    bad: { ...clusters(3), 'apps/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: apps, namespace: default }\n' },
    good: {
      ...Object.fromEntries(Object.entries(clusters(4)).map(([path, text]) => [path, text.replace(/ # expect.*/, '')])),
      'apps/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: apps, namespace: default }\n',
    },
  },

  *graph(graph) {
    for (const siblings of siblingsOf(graph)) {
      const traits = siblings.map((cluster) => ({ cluster, traits: traitsOf(cluster) }));
      const everyone = new Map<string, [Trait, ...Trait[]]>();
      for (const { traits: own } of traits) {
        for (const [key, trait] of own) {
          addToGroup(everyone, key, trait);
        }
      }
      for (const [key, having] of everyone) {
        const [first, ...others] = having;
        if (!first || having.length !== siblings.length - 1) continue;
        const odd = traits.find(({ traits: own }) => !own.has(key));
        // What comes with something that is missing itself is missing with it.
        if (!odd || (first.within !== undefined && !odd.traits.has(first.within))) continue;
        yield {
          at: first.at,
          message: `${first.what} is on ${having.length} of ${siblings.length} sibling clusters; ${odd.cluster.name} alone lacks it.`,
          related: others.slice(0, 3).map(({ at, cluster }) => ({ at, message: `${cluster} has it here` })),
          clusters: [odd.cluster.name],
        };
      }
    }
  },
});

const fewest = 4;

/** Clusters of one environment whose roots something proves. */
const siblingsOf = (graph: Graph): readonly (readonly ClusterView[])[] => {
  const groups = new Map<string, [ClusterView, ...ClusterView[]]>();
  for (const cluster of graph.clusters.all) {
    const { evidence } = cluster.cluster.root;
    if (cluster.environment === undefined || evidence === 'unreached' || evidence === 'remote') continue;
    const { environment } = cluster.environment;
    addToGroup(groups, environment, cluster);
  }
  return [...groups.values()].filter((group) => group.length >= fewest);
};

/** Something that siblings can be expected to share, and where one of them has it. */
interface Trait {
  readonly what: string;
  readonly at: Origin;
  readonly cluster: string;
  /** The key of what it comes with. */
  readonly within: string | undefined;
}

const traitsOf = (cluster: ClusterView): ReadonlyMap<string, Trait> => {
  const traits = new Map<string, Trait>();
  for (const view of cluster.kustomizations) {
    // The root is what makes it a cluster; its name may be anything.
    const key = view.parent ? `Kustomization ${view.id}` : 'root';
    const within = view.parent?.parent ? `Kustomization ${view.parent.id}` : undefined;
    traits.set(key, { what: key, at: view.origin('/metadata/name'), cluster: cluster.name, within });
    const substitute = view.node('/spec/postBuild/substitute');
    for (const entry of substitute?.type === 'map' ? substitute.entries : []) {
      const what = `Variable ${entry.key.text} of ${view.parent ? key : 'the root'}`;
      traits.set(what, { what, at: entry.key, cluster: cluster.name, within: key });
    }
    for (const [index, component] of (readable(() => view.spec.components) ?? []).entries()) {
      const what = `Component ${component} of ${view.parent ? key : 'the root'}`;
      traits.set(what, { what, at: view.origin(`/spec/components/${index}`), cluster: cluster.name, within: key });
    }
  }
  for (const source of cluster.sources) {
    const within = source.owner.parent ? `Kustomization ${source.owner.id}` : undefined;
    const what = `${source.kind} ${source.id}`;
    traits.set(what, { what, at: source.origin('/metadata/name'), cluster: cluster.name, within });
  }
  return traits;
};
