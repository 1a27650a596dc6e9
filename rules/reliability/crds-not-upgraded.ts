import { defineRule, yaml } from '../../src/rule.ts';

export const crdsNotUpgraded = defineRule({
  id: 'reliability/crds-not-upgraded',
  severity: 'info',
  summary: 'An upgrade of the chart leaves its CRDs as they were installed',
  why: `On upgrades \`crds\` defaults to Skip: the definitions in the chart's \`crds\` directory stay as the first install made
    them. New fields are then dropped or refused, and an operator that expects its new definitions fails in ways that name
    no cause.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#controlling-the-lifecycle-of-custom-resource-definitions',
  remedy: 'Set upgrade.crds: CreateReplace.',
  unless: "Not where the chart's CRDs are applied by a Kustomization of their own.",
  examples: {
    bad: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: billing }
      spec:
        interval: 1h
        chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
        install:
          crds: Create # expect: reliability/crds-not-upgraded
    `,
    good: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: billing }
      spec:
        interval: 1h
        chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
        install:
          crds: Create
        upgrade:
          crds: CreateReplace
    `,
  },

  *helmRelease(release) {
    const { chart, install, upgrade } = release.spec;
    if (upgrade?.crds !== undefined || install?.crds === 'Skip') return;
    const name = chart?.spec?.chart;
    if (install?.crds === undefined && !(name !== undefined && chartsWithCrds.has(name))) return;
    yield {
      at: release.origin(install?.crds === undefined ? '/spec/upgrade/crds' : '/spec/install/crds'),
      message: `The CRDs of release ${release.id} stay as its first install made them: upgrades skip them by default.`,
      hint: 'Set upgrade.crds: CreateReplace, or Skip where something else brings the CRDs.',
    };
  },
});

/** Widely used charts with definitions in their `crds` directory, by the charts' own repositories. */
const chartsWithCrds: ReadonlySet<string> = new Set([
  'aws-load-balancer-controller',
  'flagger',
  'gatekeeper',
  'karpenter',
  'kube-prometheus-stack',
  'postgres-operator',
  'strimzi-kafka-operator',
  'traefik',
  'velero',
]);
