import { type AppliedView, defineRule, type Graph, isList, type KustomizationView, stringAt, yaml } from '../../src/rule.ts';

export const crossNamespaceSource = defineRule({
  id: 'tenancy/cross-namespace-source',
  severity: 'error',
  summary: 'A source of another namespace is named where that is refused, or where a tenant does it',
  why: `With \`--no-cross-namespace-refs=true\` Flux refuses the reference: the object stalls with \`cross-namespace references
    have been blocked\` and deploys nothing; an Alert hears nothing of another namespace, a Receiver's hook fails
    (notification-controller: internal/server/event_handlers.go, eventMatchesAlertSources; receiver_handlers.go,
    requestReconciliation). Without it, a tenant can build from any source in the cluster, another
    tenant's private repository included.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  unless: 'Not where sources are shared on purpose and the controllers allow it.',
  hint: 'Put the source into the namespace of the object that uses it.',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        serviceAccountName: billing
        sourceRef:
          kind: GitRepository
          name: shop
          namespace: shop # expect: tenancy/cross-namespace-source warning
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec:
        path: ./deploy
        sourceRef: { kind: GitRepository, name: billing }
        serviceAccountName: billing
    `,
  },

  *kustomization(kustomization, { graph }) {
    if (!kustomization.isWritten) return;
    const source = kustomization.spec.sourceRef;
    yield* judge(
      { object: kustomization, owner: kustomization, field: '/spec/sourceRef', namespace: source?.namespace, name: source?.name },
      graph,
    );
  },

  *helmRelease(release, { graph }) {
    const { chart, chartRef } = release.spec;
    const [field, source] = chartRef
      ? (['/spec/chartRef', chartRef] as const)
      : (['/spec/chart/spec/sourceRef', chart?.spec?.sourceRef] as const);
    yield* judge({ object: release, owner: release.owner, field, namespace: source?.namespace, name: source?.name }, graph);
  },

  *object(object, { graph }) {
    const referring = referringKinds.get(object.kind);
    if (!referring || !object.apiVersion.includes('.fluxcd.io/') || !isFenced(object, referring.controller, graph)) return;
    const node = object.node(referring.field);
    const references = isList(node) ? node.items.map((_, index) => `${referring.field}/${index}`) : [referring.field];
    for (const field of references) {
      const [namespace, name] = ['namespace', 'name'].map((key) => stringAt(object.node(`${field}/${key}`)));
      if (namespace === undefined || namespace === object.namespace || object.namespace === undefined) continue;
      yield {
        at: object.origin(`${field}/namespace`),
        message: `${object.label} names ${name} of namespace ${namespace}, and ${referring.controller} runs with --no-cross-namespace-refs. ${referring.result}`,
        hint: `Put ${object.kind === 'Alert' || object.kind === 'Receiver' ? `one into namespace ${namespace}` : 'both into one namespace'}.`,
      };
    }
  },
});

interface Referring {
  readonly field: string;
  readonly controller: string;
  readonly result: string;
}

const referringKinds: ReadonlyMap<string, Referring> = new Map([
  ['Alert', { field: '/spec/eventSources', controller: 'notification-controller', result: 'It hears nothing from there.' }],
  ['Receiver', { field: '/spec/resources', controller: 'notification-controller', result: 'Its hook fails.' }],
  ['ImagePolicy', { field: '/spec/imageRepositoryRef', controller: 'image-reflector-controller', result: 'It never chooses an image.' }],
  ['ImageUpdateAutomation', { field: '/spec/sourceRef', controller: 'image-automation-controller', result: 'It never writes.' }],
  ['ArtifactGenerator', { field: '/spec/sources', controller: 'source-watcher', result: 'It makes no artifact.' }],
]);

/** A multi-tenant FluxInstance gives all its controllers the flag (flux-operator: internal/builder/profiles.go). */
const isFenced = (object: AppliedView, controller: string, graph: Graph): boolean => {
  const cluster = graph.clusters.get(object.cluster);
  if (!cluster) return false;
  const { by, noCrossNamespaceRefs } = graph.clusters.lockdown(cluster);
  if (by === 'instance') return noCrossNamespaceRefs === 'set';
  const value = graph.clusters.controllers.argument({ cluster, controller, name: 'no-cross-namespace-refs' });
  return value !== undefined && value !== 'false';
};

interface Reference {
  readonly object: KustomizationView | AppliedView;
  /** Whose tenant it is. */
  readonly owner: KustomizationView;
  readonly field: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

const judge = function* ({ object, owner, field, namespace, name }: Reference, graph: Graph) {
  if (namespace === undefined || name === undefined || namespace === object.namespace) return;
  const cluster = graph.clusters.get(owner.cluster);
  const isRefused = cluster && graph.clusters.lockdown(cluster).noCrossNamespaceRefs === 'set';
  const tenant = graph.tenants.of(owner);
  if (!isRefused && !tenant) return;
  yield {
    at: object.origin(`${field}/namespace`),
    message: isRefused
      ? `${object.label} uses ${name} of namespace ${namespace}, and the controllers run with --no-cross-namespace-refs. Flux refuses it and deploys nothing.`
      : `${object.label} of tenant ${tenant?.name} uses ${name} of namespace ${namespace}. Nothing keeps a tenant from the sources of others.`,
    atMost: isRefused ? undefined : ('warning' as const),
  };
};
