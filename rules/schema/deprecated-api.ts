import { apiVersionOf, defineRule, upgradeFix, yaml } from '../../src/rule.ts';

export const deprecatedApi = defineRule({
  id: 'schema/deprecated-api',
  severity: 'warning',
  summary: 'An API version that a later Flux no longer serves',
  why: `The Flux on the cluster still serves this version of the API, and says at most in a log line that it will not for long.
    The first upgrade that drops it fails every Kustomization that still brings such an object:
    \`no matches for kind "HelmRelease" in version "helm.toolkit.fluxcd.io/v2beta2"\`.`,
  reference: 'https://fluxcd.io/flux/installation/upgrade/',
  fixable: 'safe',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-components.yaml': '# Flux Version: v2.7.5\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2beta2 # expect: schema/deprecated-api
        kind: HelmRelease
        metadata: { name: billing, namespace: billing }
        spec:
          interval: 1h
          chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
      `,
    },
    good: {
      'clusters/example/flux-system/gotk-components.yaml': '# Flux Version: v2.7.5\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: billing, namespace: billing }
        spec:
          interval: 1h
          chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
      `,
    },
  },

  *object(object, { graph }) {
    const verdict = graph.schemas.apiVerdict(object);
    if (verdict?.type !== 'deprecated') return;
    const { kind, written, newest } = verdict;
    yield {
      at: object.origin('/apiVersion'),
      message: `${object.apiVersion} of ${object.kind} is deprecated, and gone with Flux ${written.removedIn}: from that upgrade on, Flux applies nothing of what brings it.`,
      hint: `Write ${apiVersionOf(kind, newest)}.`,
      fix: upgradeFix(object, verdict, graph),
    };
  },
});
