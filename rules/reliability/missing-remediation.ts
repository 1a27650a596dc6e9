import { defineRule, type HelmReleaseView, yaml } from '../../src/rule.ts';

export const missingRemediation = defineRule({
  id: 'reliability/missing-remediation',
  severity: 'warning',
  summary: 'A HelmRelease that stays failed once it failed',
  why: `Retries default to 0: after one failed install or upgrade, however short the trouble, helm-controller gives up (\`exceeded
    maximum retries\`). The release stays failed, a failed upgrade half done, until its spec, values or chart change.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling',
  remedy: 'Set install.remediation.retries and upgrade.remediation.retries, or the strategy RetryOnFailure.',
  unless: 'Not where every failed release is looked at by a person before it is tried again.',
  examples: {
    bad: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: billing }
      spec: # expect: reliability/missing-remediation
        interval: 1h
        chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
    `,
    good: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: billing }
      spec:
        interval: 1h
        chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
        install: { strategy: { name: RetryOnFailure } }
        upgrade: { strategy: { name: RetryOnFailure } }
    `,
  },

  *helmRelease(release) {
    const failing = actions.filter((action) => !isTriedAgain(release.spec[action]));
    const [first] = failing;
    if (first === undefined || release.spec.suspend === true) return;
    yield {
      at: release.origin(`/spec/${first}/remediation/retries`),
      message: `HelmRelease ${release.id} is not tried again after a failed ${failing.join(' or ')}: it stays failed until its spec, values or chart change.`,
      hint: `Set ${failing.map((action) => `${action}.remediation.retries`).join(' and ')}, or the strategy RetryOnFailure (since Flux 2.7).`,
    };
  },
});

const actions = ['install', 'upgrade'] as const;

/** Retries below 0 are without end. */
const isTriedAgain = (action: HelmReleaseView['spec']['install' | 'upgrade']): boolean =>
  action?.strategy?.name === 'RetryOnFailure' || (action?.remediation?.retries ?? 0) !== 0;
