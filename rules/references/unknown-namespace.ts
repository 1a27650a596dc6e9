import { type ClusterView, defineRule, type Graph, type Origin, yaml } from '../../src/rule.ts';

export const unknownNamespace = defineRule({
  id: 'references/unknown-namespace',
  severity: 'warning',
  summary: 'Objects go to a namespace that nothing in the cluster creates',
  why: `Flux does not create namespaces. On a cluster where somebody has made it by hand everything works; on the next one, or
    after a restore, the whole Kustomization fails with \`namespaces "x" not found\`, a HelmRelease without
    \`install.createNamespace\` likewise.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#target-namespace',
  unless: 'Not where Namespaces are made outside of git: list them in `external`.',
  hint: 'Commit the Namespace; what is made outside of git can be listed under external in .flux-lint.yaml.',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
        namespace: shop # expect: references/unknown-namespace
    `,
    good: yaml`
      apiVersion: v1
      kind: Namespace
      metadata:
        name: shop
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: shop
        namespace: shop
    `,
  },

  *cluster(cluster, { graph }) {
    for (const [namespace, { at, what }] of placesOf(cluster, graph)) {
      if (graph.existence.of(cluster.name, { group: '', kind: 'Namespace', namespace: undefined, name: namespace }).answer !== 'no')
        continue;
      yield {
        at,
        message: `${what} goes to namespace ${namespace}, which nothing on its cluster creates. Where it does not exist already, Flux fails with: namespaces "${namespace}" not found.`,
        cause: { key: namespace, place: `${what} goes there, too` },
      };
    }
  },
});

interface Place {
  readonly at: Origin;
  readonly what: string;
}

/** Where something goes to each namespace first. */
const placesOf = (cluster: ClusterView, graph: Graph): ReadonlyMap<string, Place> => {
  const places = new Map<string, Place>();
  for (const object of cluster.objects) {
    const { namespace } = object;
    if (namespace === undefined || namespace === '' || places.has(namespace) || graph.schemas.scope(object) === 'Cluster') continue;
    places.set(namespace, { at: object.origin('/metadata/namespace'), what: `${object.kind} ${object.name}` });
  }
  for (const release of cluster.releases) {
    const target = release.node('/spec/targetNamespace');
    if (target?.type !== 'scalar' || places.has(target.text)) continue;
    places.set(target.text, { at: release.origin('/spec/targetNamespace'), what: `HelmRelease ${release.id}` });
  }
  return places;
};
