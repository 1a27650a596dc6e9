import {
  type AppliedView,
  defineRule,
  didYouMean,
  type Graph,
  type ImageMarker,
  isWithin,
  nearest,
  normalise,
  type Problem,
  yaml,
} from '../../src/rule.ts';

export const unknownImagePolicy = defineRule({
  id: 'references/unknown-image-policy',
  severity: 'warning',
  summary: 'An image marker that no automation ever writes',
  why: `An ImageUpdateAutomation uses the ImagePolicies of its own namespace, and writes only below its \`update.path\`. A
    marker that names another policy, another namespace, or lies elsewhere is skipped without a word: the image stays at
    its version while everybody thinks that it follows.`,
  reference: 'https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources',
  remedy: 'Write namespace and name of an ImagePolicy into the marker, or take the marker away.',
  unless: 'Not where another tool reads the markers.',
  examples: {
    bad: yaml`
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageUpdateAutomation
      metadata: { name: apps, namespace: flux-system }
      spec: { interval: 1h, sourceRef: { kind: GitRepository, name: flux-system } }
      ---
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: { name: shop, namespace: flux-system }
      spec: { imageRepositoryRef: { name: shop }, policy: { semver: { range: 1.x } } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: shop, namespace: flux-system }
      spec:
        template:
          spec:
            containers:
              - name: shop
                # expect: references/unknown-image-policy
                image: example.com/shop:1.0.0 # {"$imagepolicy": "flux-system:shops"}
    `,
    good: yaml`
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageUpdateAutomation
      metadata: { name: apps, namespace: flux-system }
      spec: { interval: 1h, sourceRef: { kind: GitRepository, name: flux-system } }
      ---
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: { name: shop, namespace: flux-system }
      spec: { imageRepositoryRef: { name: shop }, policy: { semver: { range: 1.x } } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: shop, namespace: flux-system }
      spec:
        template:
          spec:
            containers:
              - name: shop
                image: example.com/shop:1.0.0 # {"$imagepolicy": "flux-system:shop"}
    `,
  },

  *graph(graph) {
    const markers = graph.images.markers();
    if (markers.length === 0) return;
    const objects = graph.clusters.all.flatMap((cluster) => cluster.objects);
    const automations = objects.filter(({ kind }) => kind === 'ImageUpdateAutomation');
    const policies = objects.filter(({ kind }) => kind === 'ImagePolicy');
    // Where nothing here automates, whatever does is not here.
    if (automations.length === 0) return;
    for (const marker of markers) {
      const problem = judge({ marker, automations, policies }, graph);
      if (problem) yield problem;
    }
  },
});

interface Subject {
  readonly marker: ImageMarker;
  readonly automations: readonly AppliedView[];
  readonly policies: readonly AppliedView[];
}

const judge = ({ marker, automations, policies }: Subject, graph: Graph): Problem | undefined => {
  const { at, namespace, name, path } = marker;
  const clusters = [...new Set(automations.map(({ cluster }) => cluster))];
  const mayCome = (kind: string) =>
    graph.clusters.all.some(
      (cluster) => graph.existence.of(cluster.name, { kind, namespace, name: kind === 'ImagePolicy' ? name : '*' }).answer === 'unknown',
    );
  const neighbours = policies.filter((policy) => policy.namespace === namespace);
  if (!neighbours.some((policy) => policy.name === name)) {
    if (mayCome('ImagePolicy')) return undefined;
    const meant = nearest(
      name,
      neighbours.map((policy) => policy.name),
    );
    return {
      at,
      clusters,
      message: `No cluster has an ImagePolicy ${namespace}/${name}: nothing ever writes this line.`,
      hint: didYouMean(meant),
    };
  }
  const own = automations.filter((automation) => automation.namespace === namespace);
  if (mayCome('ImageUpdateAutomation')) return undefined;
  if (own.length === 0) {
    return {
      at,
      clusters,
      message: `ImagePolicy ${namespace}/${name} is in a namespace without ImageUpdateAutomation: nothing ever writes this line.`,
      hint: 'An automation uses the policies of its own namespace only.',
      related: automations.map((automation) => ({
        at: automation.origin('/metadata/name'),
        message: `${automation.label} is in another namespace`,
      })),
    };
  }
  if (own.some((automation) => covers(automation, path))) return undefined;
  // The one wrong line is update.path then, and told there.
  if (own.some((automation) => !isDirectoryHere(automation, graph))) return undefined;
  return {
    at,
    clusters,
    message: `${path} lies outside update.path of every ImageUpdateAutomation in ${namespace}: nothing ever writes this line.`,
    related: own.map((automation) => ({ at: automation.origin('/spec/update/path'), message: `${automation.label} writes here only` })),
  };
};

const covers = (automation: AppliedView, path: string): boolean => {
  const update = automation.node('/spec/update/path');
  if (update === undefined) return automation.state('/spec/update/path') === 'absent';
  const directory = update.type === 'scalar' ? normalise(update.text) : undefined;
  return directory === undefined || isWithin(path, directory);
};

const isDirectoryHere = (automation: AppliedView, graph: Graph): boolean => {
  const update = automation.node('/spec/update/path');
  return update?.type !== 'scalar' || update.text.includes('${') || graph.files.isDirectory(normalise(update.text) ?? '');
};
