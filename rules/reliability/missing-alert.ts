import { type AppliedView, type ClusterView, deafSources, defineRule, type Graph, itemsOf, yaml } from '../../src/rule.ts';

export const missingAlert = defineRule({
  id: 'reliability/missing-alert',
  severity: 'info',
  summary: 'Nothing reports a failed Kustomization in production',
  why: `A Kustomization that fails says so in its own status and nowhere else. Without an Alert, a merge that never arrived in
    production is noticed by whoever misses it.`,
  reference: 'https://fluxcd.io/flux/monitoring/alerts/',
  remedy: 'Add a Provider and an Alert for Kustomizations and HelmReleases.',
  unless: 'Not where metrics of the controllers raise the alarm instead.',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': yaml`
        # written by flux bootstrap
      `,
      'clusters/production/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: billing # expect: reliability/missing-alert
          namespace: flux-system
        spec:
          interval: 1h
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': yaml`
        # written by flux bootstrap
      `,
      'clusters/production/alerts.yaml': yaml`
        apiVersion: notification.toolkit.fluxcd.io/v1beta3
        kind: Alert
        metadata: { name: on-call, namespace: flux-system }
        spec:
          providerRef: { name: chat }
          eventSeverity: error
          eventSources:
            - { kind: Kustomization, name: "*" }
      `,
      'clusters/production/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec:
          interval: 1h
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
    },
  },

  *cluster(cluster, { graph }) {
    const first = cluster.kustomizations.find((kustomization) => kustomization.isWritten);
    if (!first || !graph.clusters.isProtected(cluster.name) || cluster.objects.some((object) => isWatching(object, cluster, graph))) return;
    // An Alert may come with content that is not at hand.
    if (graph.existence.of(cluster.name, { kind: 'Alert', namespace: first.namespace, name: '*' }).answer !== 'no') return;
    yield {
      at: first.origin('/metadata/name'),
      message: `When ${first.id} or any other Kustomization of this cluster fails, nothing reports it: there is no Alert.`,
      hint: 'Add a Provider, and an Alert for Kustomizations and HelmReleases with eventSeverity: error.',
    };
  },
});

/** What may watch the controllers' metrics. */
const watchers: ReadonlySet<string> = new Set(['PrometheusRule', 'VMRule', 'GrafanaAlertRuleGroup']);

/** An Alert that hears nothing of what it lists reports nothing. */
const isWatching = (object: AppliedView, cluster: ClusterView, graph: Graph): boolean => {
  if (object.kind !== 'Alert') return watchers.has(object.kind);
  const listed = itemsOf(object.node('/spec/eventSources')).length;
  return listed === 0 || deafSources(object, cluster, graph.existence).length < listed;
};
