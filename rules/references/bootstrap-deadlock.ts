import {
  type ClusterView,
  defineRule,
  type Graph,
  type KustomizationView,
  type Moment,
  type Problem,
  type Related,
  readable,
  yaml,
} from '../../src/rule.ts';

export const bootstrapDeadlock = defineRule({
  id: 'references/bootstrap-deadlock',
  severity: 'error',
  summary: 'A Kustomization needs what only something waiting for it creates',
  why: `On a new cluster nothing of it ever starts: the source, namespace or definition that a Kustomization needs comes with
    another one that waits for it, or a parent with \`wait: true\` waits for a child that depends on the parent. Where all of
    it exists already it seems to work, until the cluster is built anew. Flux reports \`dependency … is not ready\`,
    \`namespaces "x" not found\` or \`not found\` for ever.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  examples: {
    bad: {
      'infrastructure.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: infrastructure, namespace: flux-system }
        spec:
          interval: 1h
          path: ./clusters/example/infrastructure
          prune: true
          wait: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
      'kustomization.yaml': 'resources:\n  - infrastructure.yaml\n',
      'infrastructure/monitoring.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: monitoring, namespace: flux-system }
        spec:
          interval: 1h
          path: ./clusters/example/monitoring
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
          dependsOn:
            - name: infrastructure # expect: references/bootstrap-deadlock
      `,
      'monitoring/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: monitoring, namespace: default }\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - monitoring.yaml\n',
      'monitoring.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: monitoring, namespace: flux-system }
        spec:
          interval: 1h
          path: ./clusters/example/monitoring
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
      'monitoring/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: monitoring, namespace: default }\n',
    },
  },

  *cluster(cluster, { graph }) {
    for (const circle of graph.order.of(cluster).deadlocks) yield* circleProblem(circle);
    for (const kustomization of cluster.kustomizations) {
      // A root is applied by hand, with what it needs.
      if (kustomization.parent === undefined) continue;
      yield* sourceProblem(kustomization, cluster, graph);
      yield* namespaceProblems(kustomization, cluster, graph);
    }
  },
});

const circleProblem = function* (circle: readonly Moment[]): Iterable<Problem> {
  const first = circle.findIndex((moment, index) => moment.type === 'starts' && circle[(index + 1) % circle.length]?.type === 'is ready');
  const ordered = [...circle.slice(first), ...circle.slice(0, first)];
  const steps = ordered.flatMap((moment, index) => step(moment, ordered[(index + 1) % ordered.length] ?? moment));
  const [start, ...rest] = steps;
  if (!start) return;
  yield {
    at: start.at,
    message: `${steps.map(({ message }) => message).join(', ')}: a circle, so Flux never gets any of them ready.`,
    hint: 'Remove the dependency: what a Kustomization applies starts after it anyway.',
    related: rest,
  };
};

/** What the first moment needs the second one for, in words. */
const step = (from: Moment, to: Moment): readonly Related[] => {
  const [a, b] = [from.kustomization, to.kustomization];
  if (a === b) return [];
  if (from.type === 'is ready') {
    const field = readable(() => a.spec.wait) === true ? '/spec/wait' : '/spec/healthChecks';
    return [{ at: a.origin(field), message: `${a.id} is ready only when ${b.id} is` }];
  }
  if (to.type === 'starts') return [{ at: a.origin('/metadata/name'), message: `${a.id} is applied by ${b.id}` }];
  const index = (a.spec.dependsOn ?? []).findIndex(({ name, namespace }) => name === b.name && (namespace ?? a.namespace) === b.namespace);
  return [{ at: a.origin(`/spec/dependsOn/${index}/name`), message: `${a.id} waits for ${b.id}` }];
};

const sourceProblem = function* (kustomization: KustomizationView, cluster: ClusterView, graph: Graph): Iterable<Problem> {
  const reference = readable(() => {
    const { sourceRef } = kustomization.spec;
    return { kind: sourceRef?.kind ?? '', name: sourceRef?.name ?? '', namespace: sourceRef?.namespace ?? kustomization.namespace };
  });
  if (!reference) return;
  const sources = graph.clusters
    .namesakes(cluster.name, reference.kind, reference.name)
    .filter(({ namespace }) => namespace === reference.namespace);
  const [source] = sources;
  if (!source || !sources.every(({ owner }) => comesLater(owner, kustomization, cluster, graph))) return;
  if (graph.existence.mayAlsoCome(cluster.name, reference) !== undefined) return;
  const { owner } = source;
  yield {
    at: kustomization.origin('/spec/sourceRef/name'),
    message: `${kustomization.id} needs ${source.kind} ${source.namespace}/${source.name}, which only ${owner === kustomization ? 'its own content' : owner.id} creates${owner === kustomization ? '' : `, and ${owner.id} waits for ${kustomization.id}`}. Flux never gets either.`,
    hint: `Let ${kustomization.parent?.id ?? 'what comes first'} apply the source.`,
    related: [{ at: source.origin('/metadata/name'), message: 'the source' }],
  };
};

const namespaceProblems = function* (kustomization: KustomizationView, cluster: ClusterView, graph: Graph): Iterable<Problem> {
  const seen = new Set<string>();
  for (const object of kustomization.objects) {
    const { namespace } = object;
    if (namespace === undefined || object.cluster !== cluster.name || seen.has(namespace)) continue;
    seen.add(namespace);
    const providers = graph.clusters.namesakes(cluster.name, 'Namespace', namespace);
    const [provider] = providers;
    if (!provider || !providers.every(({ owner }) => owner !== kustomization && comesLater(owner, kustomization, cluster, graph))) continue;
    if (graph.existence.mayAlsoCome(cluster.name, { kind: 'Namespace', namespace: undefined, name: namespace }) !== undefined) continue;
    yield {
      at: object.origin('/metadata/namespace'),
      message: `${kustomization.id} applies to namespace ${namespace}, which only ${provider.owner.id} creates, and that one waits for ${kustomization.id}. Flux fails with: namespaces "${namespace}" not found.`,
      hint: `Create the namespace in ${kustomization.id} or before it.`,
      related: [{ at: provider.origin('/metadata/name'), message: `the namespace, applied by ${provider.owner.id}` }],
    };
  }
};

const comesLater = (owner: KustomizationView, kustomization: KustomizationView, cluster: ClusterView, graph: Graph): boolean =>
  owner === kustomization || graph.order.of(cluster).before(owner).has(kustomization);
