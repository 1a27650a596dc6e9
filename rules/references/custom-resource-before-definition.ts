import {
  type Affected,
  type AppliedView,
  type ClusterView,
  customKind,
  defineRule,
  type Graph,
  type KustomizationView,
  type Problem,
  toldAtFirst,
  yaml,
} from '../../src/rule.ts';

export const customResourceBeforeDefinition = defineRule({
  id: 'references/custom-resource-before-definition',
  severity: 'error',
  summary: 'A custom resource may be applied before its definition is there',
  why: `Flux tries every object of a Kustomization against the API before it applies any. If the definition of one comes with
    a chart in the same Kustomization, the chart is never installed, because the whole Kustomization fails with
    \`no matches for kind "X" in version "g/v"\`. If it comes with another Kustomization that this one does not wait for, it
    fails until the other is through.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  examples: {
    bad: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: metallb, namespace: flux-system }
      spec:
        interval: 1h
        chart:
          spec:
            chart: metallb
            sourceRef: { kind: HelmRepository, name: metallb }
      ---
      apiVersion: metallb.io/v1beta1
      kind: IPAddressPool # expect: references/custom-resource-before-definition
      metadata: { name: office, namespace: flux-system }
      spec: { addresses: [10.0.0.10-10.0.0.20] }
    `,
    good: {
      'kustomization.yaml': 'resources:\n  - metallb.yaml\n  - pools.yaml\n',
      'metallb.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: metallb, namespace: flux-system }
        spec:
          interval: 1h
          chart:
            spec:
              chart: metallb
              sourceRef: { kind: HelmRepository, name: metallb }
      `,
      'pools.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: pools, namespace: flux-system }
        spec:
          interval: 1h
          path: ./clusters/example/pools
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
      'pools/office.yaml': yaml`
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: { name: office, namespace: flux-system }
        spec: { addresses: [10.0.0.10-10.0.0.20] }
      `,
    },
  },

  *cluster(cluster, { graph }) {
    if (cluster.cluster.root.evidence === 'unreached' || cluster.cluster.hub !== undefined) return;
    const found = cluster.kustomizations.flatMap((kustomization) => affectedIn(kustomization, cluster, graph));
    for (const { problem } of found) if (problem.atMost === undefined) yield problem;
    yield* toldAtFirst(
      found.filter(({ problem }) => problem.atMost !== undefined),
      (count, first) => ({
        message: `${count} groups of custom resources, such as that of ${first}, are applied without waiting for what defines their kind. On a new cluster their Kustomizations fail with "no matches for kind" until that is through.`,
        hint: 'Let them depend on the Kustomizations that bring the definitions.',
      }),
    );
  },
});

/** One for each group of kinds: who waits for a definition waits for all of its group. */
const affectedIn = (kustomization: KustomizationView, cluster: ClusterView, graph: Graph): readonly Affected[] => {
  const found = new Map<string, Affected>();
  for (const object of kustomization.objects) {
    const kind = customKind(object.root);
    const group = kind?.slice(0, kind.lastIndexOf('/'));
    if (kind === undefined || group === undefined || found.has(group) || object.cluster !== cluster.name) continue;
    const problem = judge({ object, kind, group, kustomization }, cluster, graph);
    if (problem) found.set(group, { object, problem });
  }
  return [...found.values()];
};

interface Subject {
  readonly object: AppliedView;
  /** `group/Kind`. */
  readonly kind: string;
  readonly group: string;
  readonly kustomization: KustomizationView;
}

const judge = ({ object, kind, group, kustomization }: Subject, cluster: ClusterView, graph: Graph): Problem | undefined => {
  const { written, charts } = graph.schemas.definitions(cluster);
  const definitions = written.get(kind) ?? [];
  const releases = charts.get(group) ?? [];
  const before = graph.order.of(cluster).before(kustomization);
  if (definitions.some(({ owner }) => owner === kustomization || before.has(owner))) return undefined;
  if (releases.some(({ owner }) => before.has(owner))) return undefined;

  const [release] = releases.filter(({ owner }) => owner === kustomization);
  const [provider] = [...definitions, ...releases];
  if (!provider) return undefined;
  const what = `${object.kind} ${object.name}`;
  if (release && definitions.length === 0) {
    return {
      at: object.origin('/kind'),
      message: `${kustomization.id} applies ${what} together with HelmRelease ${release.id}, whose chart defines its kind. Flux fails with: no matches for kind "${object.kind}" in version "${object.apiVersion}", before it installs the chart.`,
      hint: 'Put it into a Kustomization of its own that depends on this one, and let this one wait.',
      related: [{ at: release.origin('/metadata/name'), message: 'the chart that defines it' }],
      atMost: graph.existence.isClosed(cluster) ? undefined : 'info',
    };
  }
  return {
    at: object.origin('/kind'),
    message: `${kustomization.id} applies ${what}, whose kind is defined by ${provider.owner.id}, and does not wait for it. Flux fails with: no matches for kind "${object.kind}" in version "${object.apiVersion}", until the other is through.`,
    hint: `Let ${kustomization.id} depend on ${provider.owner.id}.`,
    related: [{ at: provider.origin('/metadata/name'), message: `${provider.kind} ${provider.name}, applied by ${provider.owner.id}` }],
    atMost: 'info',
  };
};
