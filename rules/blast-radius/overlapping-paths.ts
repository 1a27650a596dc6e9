import { addToGroup, defineRule, type Graph, isWithin, type KustomizationView } from '../../src/rule.ts';

export const overlappingPaths = defineRule({
  id: 'blast-radius/overlapping-paths',
  severity: 'warning',
  summary: 'Two Kustomizations of a cluster build the same files, the path of one lying in that of the other',
  why: `The outer Kustomization takes in what the inner one deploys by itself: each edit is deployed twice, in two ways, at two
    times. Mostly it is a directory without kustomization.yaml, where Flux takes every file below; the day the two render
    the same name, they fight for the object.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  hint: 'Move the inner directory out, or give the outer one a kustomization.yaml that leaves it out.',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/apps.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec:\n  path: ./apps # expect: blast-radius/overlapping-paths\n  targetNamespace: apps\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: flux-system }\nspec:\n  path: ./apps/shop\n  targetNamespace: shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'apps/shop/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n',
    },
    good: {
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/apps.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec:\n  path: ./apps\n  targetNamespace: apps\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: flux-system }\nspec:\n  path: ./apps/shop\n  targetNamespace: shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'apps/kustomization.yaml': 'resources:\n  - config.yaml\n',
      'apps/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: apps }\n',
      'apps/shop/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n',
    },
  },

  *cluster(cluster, { graph }) {
    if (cluster.cluster.root.evidence === 'unreached') return;
    // Those that fight for objects already are reported for that.
    const fighting = new Set(
      graph.clusters.doubleOwners(cluster).flatMap(({ first, second }) => [pairOf(first, second), pairOf(second, first)]),
    );
    const byPlace = placesOf(cluster.kustomizations);
    for (const inner of cluster.kustomizations) {
      for (const outer of outerOf(inner, byPlace)) {
        if (fighting.has(pairOf(outer, inner)) || !readsSameFile(outer, inner, graph)) continue;
        yield {
          at: outer.origin('/spec/path'),
          message: `${outer.id} builds ${directoryIn(outer) || 'the whole repository'} and with it ${directoryIn(inner)}, which ${inner.id} builds by itself. What is changed there is deployed twice.`,
          related: [{ at: inner.origin('/spec/path'), message: `${inner.id} builds it` }],
        };
      }
    }
  },
});

const pairOf = (one: KustomizationView, other: KustomizationView): string => `${one.id} ${other.id}`;

const directoryIn = ({ content }: KustomizationView): string => (content.type === 'built' ? content.directory : '');

const placesOf = (kustomizations: readonly KustomizationView[]): ReadonlyMap<string, readonly KustomizationView[]> => {
  const places = new Map<string, [KustomizationView, ...KustomizationView[]]>();
  for (const kustomization of kustomizations) {
    if (kustomization.content.type !== 'built') continue;
    const { directory } = kustomization.content;
    addToGroup(places, directory, kustomization);
  }
  return places;
};

/** Those whose path is above this one's in the same tree. */
const outerOf = (inner: KustomizationView, places: ReadonlyMap<string, readonly KustomizationView[]>): readonly KustomizationView[] => {
  const { content } = inner;
  if (content.type !== 'built' || content.directory === '') return [];
  const parts = content.directory.split('/');
  const above = parts.map((_, depth) => parts.slice(0, depth).join('/'));
  return above
    .flatMap((directory) => places.get(directory) ?? [])
    .filter((outer) => outer.content.type === 'built' && outer.content.artifact.files === content.artifact.files);
};

const readsSameFile = (outer: KustomizationView, inner: KustomizationView, graph: Graph): boolean => {
  const taken = graph.reach.filesOf(outer);
  const directory = directoryIn(inner);
  for (const path of graph.reach.filesOf(inner)) if (taken.has(path) && isWithin(path.slice(path.indexOf('#') + 1), directory)) return true;
  return false;
};
