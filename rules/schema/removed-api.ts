import { type ApiVerdict, apiVersionOf, defineRule, upgradeFix, yaml } from '../../src/rule.ts';

export const removedApi = defineRule({
  id: 'schema/removed-api',
  severity: 'error',
  summary: 'An API version that the Flux on the cluster does not serve',
  why: `The API server knows nothing of the version, so the object cannot be applied: Flux fails with \`no matches for kind
    "HelmRelease" in version "helm.toolkit.fluxcd.io/v2beta1"\`, and with it the whole Kustomization. Objects that are already in
    the cluster stay, and nothing in the repository reaches them any more.`,
  reference: 'https://fluxcd.io/flux/installation/upgrade/',
  fixable: 'safe',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-components.yaml': '# Flux Version: v2.8.1\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2beta2 # expect: schema/removed-api
        kind: HelmRelease
        metadata: { name: billing, namespace: billing }
        spec:
          interval: 1h
          chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
      `,
    },
    good: {
      'clusters/example/flux-system/gotk-components.yaml': '# Flux Version: v2.8.1\n',
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
    if (verdict?.type !== 'removed') return;
    const { kind, newest, isProven } = verdict;
    yield {
      at: object.origin('/apiVersion'),
      message: `${object.apiVersion} of ${object.kind} ${reason(verdict)}${isProven ? '. Flux' : ': from there on, Flux'} fails with "no matches for kind" and applies nothing of what brings it.`,
      hint: newest && `Write ${apiVersionOf(kind, newest)}.`,
      atMost: isProven ? undefined : 'warning',
      fix: upgradeFix(object, verdict, graph),
    };
  },
});

const reason = ({ written, minor }: Extract<ApiVerdict, { type: 'removed' }>): string => {
  if (minor === undefined) return `is gone since Flux ${written.removedIn}`;
  const isGone = written.removedIn !== undefined && Number(minor.slice(2)) >= Number(written.removedIn.slice(2));
  if (isGone) return `is gone since Flux ${written.removedIn}, and this cluster runs Flux ${minor}`;
  return `came with Flux ${written.since}, and this cluster runs Flux ${minor}`;
};
