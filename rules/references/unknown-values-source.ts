import { type AppliedView, defineRule, didYouMean, type Graph, type Problem, type Reference, yaml } from '../../src/rule.ts';

export const unknownValuesSource = defineRule({
  id: 'references/unknown-values-source',
  severity: 'error',
  summary: 'Values come from a ConfigMap or Secret, or a key of it, that nothing creates',
  why: `Flux reads every object under \`valuesFrom\` in the namespace of the HelmRelease, and in it the key \`valuesKey\`
    (\`values.yaml\` by default). If one of them is not there and not \`optional\`, nothing is installed or upgraded:
    \`could not resolve ConfigMap chart values reference 'ns/name' with key 'values.yaml'\`.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#values-references',
  unless: 'Not where it is made outside of git: list it in `external`, with its keys.',
  hint: 'If it is made outside of git, list it under external in .flux-lint.yaml.',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: shop-value, namespace: flux-system }
      data:
        values.yaml: |
          replicas: 2
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop, namespace: flux-system }
      spec:
        interval: 1h
        chartRef: { kind: OCIRepository, name: shop }
        valuesFrom:
          - kind: ConfigMap
            name: shop-values # expect: references/unknown-values-source
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: shop-values, namespace: flux-system }
      data:
        values.yaml: |
          replicas: 2
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop, namespace: flux-system }
      spec:
        interval: 1h
        chartRef: { kind: OCIRepository, name: shop }
        valuesFrom:
          - kind: ConfigMap
            name: shop-values
    `,
  },

  *cluster(cluster, { graph }) {
    const missing = graph.references.missing(cluster, 'values');
    for (const { wanted, first, others, isProven, why, namesakes, meant, renamed, related } of missing) {
      if (renamed) continue;
      const id = `${wanted.kind} ${wanted.namespace}/${wanted.name}`;
      const onSpoke = remoteNamesake(first, graph);
      if (onSpoke) {
        yield {
          at: first.referrer.origin(first.namePointer),
          message: `${first.by} takes values from ${id}, which is on ${onSpoke.owner.target} only. Flux reads values where the HelmRelease is, on ${cluster.name}: kubeConfig is for the release alone. It fails with "could not resolve ${wanted.kind} chart values reference".`,
          hint: `Create it in namespace ${wanted.namespace} of ${cluster.name}, beside the HelmRelease.`,
          related: [{ at: onSpoke.origin('/metadata/name'), message: `it goes to ${onSpoke.owner.target}` }],
        };
        continue;
      }
      const count = others.length === 0 ? '' : ` So do ${others.length} more.`;
      yield {
        at: first.referrer.origin(first.namePointer),
        message: isProven
          ? `${first.by} takes values from ${id}, which nothing on its cluster creates.${count} Flux fails with "could not resolve ${wanted.kind} chart values reference".`
          : `${first.by} takes values from ${id}, which is not in this repository.${count} It may come from elsewhere: ${why}.`,
        hint: namesakes.length > 0 ? `Flux looks for it in ${wanted.namespace} only: create it there.` : didYouMean(meant),
        related,
        atMost: isProven ? undefined : 'info',
      };
    }
    for (const reference of graph.references.of(cluster)) yield* keyProblem(reference, graph);
  },
});

/** The same object on the cluster that the release is for (fluxcd/pkg: chartutil/values.go, `ChartValuesFromReferences`, reads with the client of the hub). */
const remoteNamesake = ({ referrer, wanted }: Reference, graph: Graph): AppliedView | undefined => {
  if (referrer.node('/spec/kubeConfig') === undefined) return undefined;
  return graph.clusters.all
    .filter(({ name }) => name !== referrer.cluster)
    .flatMap(({ name }) => graph.clusters.namesakes(name, wanted.kind, wanted.name))
    .find(({ namespace, owner }) => namespace === wanted.namespace && owner.cluster === referrer.cluster);
};

const keyProblem = function* (
  { referrer, by, pointer, namePointer, wanted, cluster, key, isOptional }: Reference,
  graph: Graph,
): Iterable<Problem> {
  if (key === undefined || isOptional) return;
  const objects = graph.clusters.namesakes(cluster, wanted.kind, wanted.name).filter(({ namespace }) => namespace === wanted.namespace);
  const [object] = objects;
  const fields = ['data', 'stringData', 'binaryData'].map((field) => `/${field}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  // One without any data is filled by a controller.
  if (!object || objects.some((one) => ['/data', '/stringData', '/binaryData'].every((field) => one.state(field) === 'absent'))) return;
  if (objects.some((one) => fields.some((field) => one.state(field) !== 'absent'))) return;
  const written = referrer.node(`${pointer}/valuesKey`) === undefined ? namePointer : `${pointer}/valuesKey`;
  yield {
    at: referrer.origin(written),
    message: `${by} takes values from the key ${key} of ${wanted.kind} ${wanted.namespace}/${wanted.name}, which has no such key. Flux fails with "could not resolve ${wanted.kind} chart values reference".`,
    hint: 'Name its key under valuesKey.',
    related: [{ at: object.origin('/data'), message: 'its keys' }],
  };
};
