import { defineRule, type Graph, nearest, type ObjectView, type Problem, readable, yaml } from '../../src/rule.ts';

export const unknownSource = defineRule({
  id: 'references/unknown-source',
  severity: 'error',
  summary: 'A Kustomization or HelmRelease names a source that its cluster does not get',
  why: `Flux finds a source by kind, name and namespace; without a namespace, in the referrer's own. Where one of the three is
    off, the Kustomization fails with \`not found\` and deploys nothing, and a HelmRelease waits for its chart for ever.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { url: https://git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./deploy
        sourceRef:
          kind: GitRepository
          name: shops # expect: references/unknown-source
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { url: https://git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./deploy
        sourceRef:
          kind: GitRepository
          name: shop
    `,
  },

  *cluster(cluster, { graph }) {
    // One source that is missing is one finding, whoever needs it.
    const missing = new Map<string, { readonly wanted: Reference; readonly referrers: Reference[] }>();
    for (const reference of referencesOf(cluster)) {
      const { kind, namespace, name } = reference;
      if (graph.couldExist(reference.referrer.cluster, reference).answer === 'exists') continue;
      const key = `${kind}/${namespace}/${name}`;
      const known = missing.get(key);
      if (known) known.referrers.push(reference);
      else missing.set(key, { wanted: reference, referrers: [] });
    }
    for (const { wanted, referrers } of missing.values()) yield problem(wanted, referrers, graph);
  },
});

interface Reference {
  readonly referrer: ObjectView & { readonly id: string };
  readonly pointer: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

const referencesOf = function* (cluster: NonNullable<ReturnType<Graph['cluster']>>): Generator<Reference> {
  for (const referrer of cluster.kustomizations) {
    if (referrer.isWritten) yield* readReference(referrer, '/spec/sourceRef', () => referrer.spec.sourceRef);
  }
  for (const referrer of cluster.ownReleases) {
    yield* readReference(referrer, '/spec/chart/spec/sourceRef', () => referrer.spec.chart?.spec?.sourceRef);
    yield* readReference(referrer, '/spec/chartRef', () => referrer.spec.chartRef);
  }
};

/** Nothing where the reference is absent or cannot be known: one unknown must not end the search for others. */
const readReference = function* (
  referrer: Reference['referrer'],
  pointer: string,
  read: () => SourceReference | undefined,
): Generator<Reference> {
  const source = readable(() => {
    const reference = read();
    return reference && { kind: reference.kind, name: reference.name, namespace: reference.namespace };
  });
  if (source?.name === undefined || source.kind === undefined) return;
  yield { referrer, pointer, kind: source.kind, namespace: source.namespace ?? referrer.namespace ?? '', name: source.name };
};

type SourceReference = { readonly kind: string | undefined; readonly name: string | undefined; readonly namespace: string | undefined };

const problem = (wanted: Reference, others: readonly Reference[], graph: Graph): Problem => {
  const { referrer, pointer, kind, namespace, name } = wanted;
  const existence = graph.couldExist(referrer.cluster, wanted);
  const sources = graph.cluster(referrer.cluster)?.sources ?? [];
  const namesakes = sources.filter((source) => source.name === name);
  const meant = nearest(
    name,
    sources.filter((source) => source.kind === kind && source.namespace === namespace).map((source) => source.name),
  );
  const isProven = existence.answer === 'no' || namesakes.length > 0 || meant !== undefined;
  const count = others.length === 0 ? '' : ` So do ${others.length} more.`;
  return {
    at: referrer.origin(`${pointer}/name`),
    message: `${referrer.kind} ${referrer.id} needs ${kind} ${namespace}/${name}, which is not on its cluster.${count} Flux deploys nothing of it.`,
    hint: namesakes.length === 0 && meant !== undefined ? `Did you mean ${meant}?` : undefined,
    related: [
      ...namesakes.map((source) => ({ at: source.origin('/metadata/name'), message: `${source.kind} ${source.id} has the same name` })),
      ...others.map((other) => ({ at: other.referrer.origin(`${other.pointer}/name`), message: `${other.referrer.id} needs it, too` })),
    ],
    atMost: isProven ? undefined : 'info',
  };
};
