import {
  type ClusterView,
  defineRule,
  type Graph,
  type HelmReleaseView,
  type KustomizationView,
  type Problem,
  readable,
  yaml,
} from '../../src/rule.ts';

export const accountWithoutRights = defineRule({
  id: 'references/account-without-rights',
  severity: 'error',
  summary: 'The account that Flux acts as has no rights where it deploys to',
  why: `With \`serviceAccountName\` Flux acts as that account and nothing else (fluxcd/pkg: runtime/client/impersonator.go). A RoleBinding
    gives rights in its own namespace only: where none holds in the namespace that is deployed to, every apply and every
    installation fails with \`Forbidden\`.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#role-based-access-control',
  remedy: 'Bind the account in the namespace that it deploys to, too.',
  unless: 'Not where something else than this repository makes the bindings.',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ServiceAccount
      metadata: { name: deployer, namespace: shop }
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: { name: deployer, namespace: shop }
      roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin }
      subjects: [{ kind: ServiceAccount, name: deployer, namespace: shop }]
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop, namespace: shop }
      spec:
        interval: 1h
        serviceAccountName: deployer # expect: references/account-without-rights
        targetNamespace: web
        storageNamespace: shop
        chartRef: { kind: OCIRepository, name: shop }
    `,
    good: yaml`
      apiVersion: v1
      kind: ServiceAccount
      metadata: { name: deployer, namespace: shop }
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: { name: deployer, namespace: shop }
      roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin }
      subjects: [{ kind: ServiceAccount, name: deployer, namespace: shop }]
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop, namespace: shop }
      spec:
        interval: 1h
        serviceAccountName: deployer
        chartRef: { kind: OCIRepository, name: shop }
    `,
  },

  *helmRelease(release, { graph }) {
    if (release.node('/spec/kubeConfig') !== undefined) return;
    const own = release.namespace;
    const places = readable(() => [release.spec.targetNamespace || own, release.spec.storageNamespace || own]);
    yield* judged(release, places ?? [], graph);
  },

  *kustomization(kustomization, { graph }) {
    // What tenants do outside of their namespaces has rules of its own.
    if (!kustomization.isWritten || kustomization.node('/spec/kubeConfig') !== undefined || graph.tenants.of(kustomization)) return;
    yield* judged(
      kustomization,
      kustomization.objects.map(({ namespace }) => namespace),
      graph,
    );
  },
});

const judged = function* (
  view: HelmReleaseView | KustomizationView,
  places: readonly (string | undefined)[],
  graph: Graph,
): Generator<Problem> {
  const cluster = graph.clusters.get(view.cluster);
  const namespace = view.namespace;
  const name = cluster && accountOf(view, { cluster, graph });
  if (name === undefined || cluster === undefined || namespace === undefined) return;
  const isDefault = view.node('/spec/serviceAccountName') === undefined;
  const account = graph.clusters.namesakes(cluster.name, 'ServiceAccount', name).find((each) => each.namespace === namespace);
  const bound = graph.rights.boundIn(cluster, { namespace, name });
  // Kubernetes makes the account `default` in every namespace.
  if ((!account && name !== 'default') || bound === 'everywhere') return;
  const lacking = [...new Set(places)].filter((place): place is string => place !== undefined && place !== '' && !bound.has(place));
  const first = lacking.find((place) => !place.includes('${') && mayNotCome(place, { cluster, graph, view }));
  if (first === undefined) return;
  const others = lacking.length === 1 ? '' : ` and ${lacking.length - 1} more`;
  const where = bound.size === 0 ? 'no binding names it' : `it is bound in ${[...bound].sort().join(', ')} only`;
  yield {
    at: isDefault ? view.origin('/metadata/name') : view.origin('/spec/serviceAccountName'),
    message: `${view.kind} ${view.id} ${isDefault ? `names no account, and so acts as the controllers' default, ${namespace}/${name}` : `acts as ${namespace}/${name}`}, which has no rights in namespace ${first}${others}: ${where}. Flux fails with "Forbidden".`,
    hint: isDefault ? 'Name an account that has the rights: for the root that is kustomize-controller.' : undefined,
    related: account ? [{ at: account.origin('/metadata/name'), message: 'the account' }] : [],
    // Bindings of a chart, or of content that is not at hand, may name it.
    atMost: graph.existence.isClosed(cluster) ? undefined : 'warning',
  };
};

/**
 * The account that is named, or the one that the root has by `--default-service-account` (kustomize-controller: main.go; where the
 * root has one that may do everything, what it applies without is told by `tenancy/missing-service-account`).
 */
const accountOf = (view: HelmReleaseView | KustomizationView, { cluster, graph }: Omit<Surroundings, 'view'>): string | undefined => {
  const named = readable(() => view.spec.serviceAccountName);
  if (named !== undefined || view.kind !== 'Kustomization' || !cluster.kustomizations.some((each) => each === view && !each.parent))
    return named;
  return graph.clusters.controllers.argument({ cluster, controller: 'kustomize-controller', name: 'default-service-account' });
};

interface Surroundings {
  readonly cluster: ClusterView;
  readonly graph: Graph;
  readonly view: HelmReleaseView | KustomizationView;
}

/** Whether all that may bring a RoleBinding to a namespace is known: a chart may bring one, but not the one that needs it first. */
const mayNotCome = (namespace: string, { cluster, graph, view }: Surroundings): boolean => {
  const account = accountOf(view, { cluster, graph });
  const waiting = [...cluster.ownReleases, ...cluster.kustomizations].filter(
    (other) => other.namespace === view.namespace && accountOf(other, { cluster, graph }) === account,
  );
  const binding = { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', namespace, name: 'any' };
  return graph.existence.of(cluster.name, binding, new Set(waiting.map(({ root }) => root))).answer === 'no';
};
