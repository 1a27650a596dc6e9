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
    const waiting = waitingFor(first, cluster.kustomizations, graph.order.dependenciesOf);
    yield {
      at: last.origin('/metadata/name'),
      message: `${last.id} is the last of ${chain.length} Kustomizations that wait for one another; ${waiting} in all wait for ${first.id}, and stay as they are while it fails.`,
      hint: 'Depend only on what must be there first.',
      related: chain.slice(0, -1).map((link) => ({ at: link.origin('/metadata/name'), message: `${link.id} comes before`, flow: 'order' })),
    };
  },
});

type DependenciesOf = Graph['order']['dependenciesOf'];

/** From what waits for nothing to what waits longest; a cycle is cut where it closes. No recursion: a chain may be long. */
const longestChain = (kustomizations: readonly KustomizationView[], dependenciesOf: DependenciesOf): readonly KustomizationView[] => {
  const links = new Map<KustomizationView, { readonly length: number; readonly before: KustomizationView | undefined }>();
  const lengthOf = (view: KustomizationView): number => links.get(view)?.length ?? 0;
  const longest = (views: readonly KustomizationView[]): KustomizationView | undefined =>
    views.reduce<KustomizationView | undefined>((best, view) => (lengthOf(view) > (best ? lengthOf(best) : 0) ? view : best), undefined);
  for (const start of kustomizations) {
    const path = [start];
    for (let last = path.at(-1); last; last = path.at(-1)) {
      const dependencies = dependenciesOf(last);
      const isNew = !links.has(last);
      if (isNew) links.set(last, { length: 0, before: undefined });
      const unknown = isNew ? dependencies.filter((dependency) => !links.has(dependency)) : [];
      if (unknown.length > 0) path.push(...unknown);
      else {
        path.pop();
        if (lengthOf(last) > 0) continue;
        const before = longest(dependencies);
        links.set(last, { length: (before ? lengthOf(before) : 0) + 1, before });
      }
    }
  }
  const chain: KustomizationView[] = [];
  for (let last = longest(kustomizations); last; last = links.get(last)?.before) chain.unshift(last);
  return chain;
};

/** How many wait for one, each counted once. */
const waitingFor = (wanted: KustomizationView, kustomizations: readonly KustomizationView[], dependenciesOf: DependenciesOf): number => {
  const dependents = new Map<KustomizationView, KustomizationView[]>();
  for (const view of kustomizations) {
    for (const dependency of dependenciesOf(view)) if (!dependents.get(dependency)?.push(view)) dependents.set(dependency, [view]);
  }
  const waiting = new Set([wanted]);
  for (const here of waiting) for (const dependent of dependents.get(here) ?? []) waiting.add(dependent);
  return waiting.size - 1;
};
