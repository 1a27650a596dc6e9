import { child, type MapNode, textAt } from '../../yaml/node.ts';

/** API groups that well-known charts define, by the charts' own repositories. */
const charts: ReadonlyMap<string, readonly string[]> = new Map([
  ['argo-cd', ['argoproj.io']],
  ['argo-events', ['argoproj.io']],
  ['argo-rollouts', ['argoproj.io']],
  ['argo-workflows', ['argoproj.io']],
  ['capsule', ['capsule.clastix.io']],
  ['cert-manager', ['cert-manager.io', 'acme.cert-manager.io']],
  ['cloudnative-pg', ['postgresql.cnpg.io']],
  ['contour', ['projectcontour.io']],
  ['crossplane', ['apiextensions.crossplane.io', 'pkg.crossplane.io']],
  ['eck-operator', ['elasticsearch.k8s.elastic.co', 'kibana.k8s.elastic.co', 'logstash.k8s.elastic.co', 'beat.k8s.elastic.co']],
  ['external-secrets', ['external-secrets.io', 'generators.external-secrets.io']],
  ['flagger', ['flagger.app']],
  ['gatekeeper', ['templates.gatekeeper.sh', 'config.gatekeeper.sh']],
  ['gateway-helm', ['gateway.envoyproxy.io', 'gateway.networking.k8s.io']],
  ['grafana-operator', ['grafana.integreatly.org']],
  ['keda', ['keda.sh']],
  ['karpenter', ['karpenter.sh', 'karpenter.k8s.aws']],
  ['kube-prometheus-stack', ['monitoring.coreos.com']],
  ['kyverno', ['kyverno.io']],
  ['linkerd-crds', ['linkerd.io', 'policy.linkerd.io']],
  ['longhorn', ['longhorn.io']],
  ['mariadb-operator', ['k8s.mariadb.com']],
  ['metallb', ['metallb.io']],
  ['opentelemetry-operator', ['opentelemetry.io']],
  ['prometheus-operator-crds', ['monitoring.coreos.com']],
  ['rook-ceph', ['ceph.rook.io']],
  ['sealed-secrets', ['bitnami.com']],
  ['strimzi-kafka-operator', ['kafka.strimzi.io']],
  ['traefik', ['traefik.io']],
  ['trust-manager', ['trust.cert-manager.io']],
  ['vault-secrets-operator', ['secrets.hashicorp.com']],
  ['velero', ['velero.io']],
  ['victoria-metrics-operator', ['operator.victoriametrics.com']],
]);

/** The groups that a release of a chart defines: none where it is told not to. */
export const definedGroups = (chart: string, release: MapNode): readonly string[] => {
  const groups = charts.get(chart) ?? [];
  if (textAt(release, 'spec', 'install', 'crds') === 'Skip') return [];
  const values = child(release, 'spec', 'values');
  const flags = [textAt(values, 'installCRDs'), textAt(values, 'crds', 'enabled')];
  if (flags.includes('false')) return [];
  // cert-manager leaves its definitions out unless it is asked for them.
  const isAsked = flags.includes('true') || child(release, 'spec', 'valuesFrom') !== undefined;
  return chart === 'cert-manager' && !isAsked ? [] : groups;
};
