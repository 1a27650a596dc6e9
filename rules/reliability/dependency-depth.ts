import { defineRule, type Graph, type KustomizationView, yaml } from '../../src/rule.ts';

export const dependencyDepth = defineRule({
  id: 'reliability/dependency-depth',
  severity: 'info',
  summary: 'A long chain of Kustomizations that wait for one another',
  why: `Each Kustomization starts when the one before is ready, and looks for that every 30 seconds. A new cluster, and every
    revision that all of them follow, goes through the chain one by one; where one link is stuck, everything behind it stays
    as it was.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  options: {
    type: 'object',
    properties: { length: { type: 'integer', minimum: 1, default: 5, description: 'The longest chain that is fine' } },
    additionalProperties: false,
  },
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: networking, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: storage, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn: [{ name: networking }]
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: databases, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn: [{ name: storage }]
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: queues, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn: [{ name: databases }]
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn: [{ name: queues }]
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: reports, namespace: flux-system } # expect: reliability/dependency-depth
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn: [{ name: billing }]
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: networking, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: storage, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn: [{ name: networking }]
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: databases, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn: [{ name: storage }]
    `,
  },

  *cluster(cluster, { graph, options }) {
    const chain = longestChain(cluster.kustomizations, graph.order.dependenciesOf);
    const [first] = chain;
    const last = chain.at(-1);
    if (!first || !last || chain.length <= options.length) return;
    const waiting = cluster.kustomizations.filter((kustomization) => kustomization !== first && waitsFor(kustomization, first, graph));
    yield {
      at: last.origin('/metadata/name'),
      message: `${last.id} is the last of ${chain.length} Kustomizations that wait for one another; ${waiting.length} in all wait for ${first.id}, and stay as they are while it fails.`,
      hint: 'Depend only on what must be there first.',
      related: chain.slice(0, -1).map((link) => ({ at: link.origin('/metadata/name'), message: `${link.id} comes before`, flow: 'order' })),
    };
  },
});

type DependenciesOf = Graph['order']['dependenciesOf'];

/** From what waits for nothing to what waits longest; a cycle is cut where it closes. */
const longestChain = (kustomizations: readonly KustomizationView[], dependenciesOf: DependenciesOf): readonly KustomizationView[] => {
  const chains = new Map<KustomizationView, readonly KustomizationView[]>();
  const chainTo = (kustomization: KustomizationView): readonly KustomizationView[] => {
    const known = chains.get(kustomization);
    if (known) return known;
    chains.set(kustomization, []);
    const chain = [...longest(dependenciesOf(kustomization).map(chainTo)), kustomization];
    chains.set(kustomization, chain);
    return chain;
  };
  return longest(kustomizations.map(chainTo));
};

const longest = (chains: readonly (readonly KustomizationView[])[]): readonly KustomizationView[] =>
  chains.reduce((best, chain) => (chain.length > best.length ? chain : best), []);

const waitsFor = (kustomization: KustomizationView, wanted: KustomizationView, { order }: Graph): boolean => {
  const seen = new Set<KustomizationView>([kustomization]);
  for (const here of seen) {
    if (here === wanted) return true;
    for (const next of order.dependenciesOf(here)) seen.add(next);
  }
  return false;
};
