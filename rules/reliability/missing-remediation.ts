import { type Affected, defineRule, type HelmReleaseView, readable, toldOnce, yaml } from '../../src/rule.ts';

export const missingRemediation = defineRule({
  id: 'reliability/missing-remediation',
  severity: 'warning',
  summary: 'A HelmRelease that stays failed once it failed',
  why: `Retries default to 0: after one failed install or upgrade, however short the trouble, helm-controller gives up (\`exceeded
    maximum retries\`). The release stays failed, a failed upgrade half done, until its spec, values or chart change.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#configuring-failure-handling',
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

  *cluster(cluster, { graph }) {
    if (cluster.cluster.root.evidence === 'unreached') return;
    const gate = graph.clusters.controllers.featureGate({ cluster, controller: 'helm-controller', name: 'DefaultToRetryOnFailure' });
    const affected = cluster.ownReleases.flatMap((release) => readable(() => judge(release, gate !== 'off')) ?? []);
    yield* toldOnce(affected, (count, first) => ({
      message: `${count} HelmReleases, such as ${first}, are not tried again after a failed install or upgrade: each stays failed until its spec, values or chart change.`,
      hint: 'Set the strategy RetryOnFailure for install and upgrade (since Flux 2.7), or remediation.retries; or start helm-controller with --feature-gates=DefaultToRetryOnFailure=true (since Flux 2.8).',
    }));
  },
});

const actions = ['install', 'upgrade'] as const;
type Spec = HelmReleaseView['spec'];

/** @param isRetryDefault an action without a strategy is tried again for ever (helm-controller: DefaultToRetryOnFailure), or may be */
const judge = (release: HelmReleaseView, isRetryDefault: boolean): Affected | undefined => {
  const { spec } = release;
  if (spec.suspend === true) return undefined;
  const failing = actions.filter(
    (action) => !isTriedAgain(spec[action]) && !(isRetryDefault && spec[action]?.strategy?.name === undefined),
  );
  const [first] = failing;
  if (first === undefined) return undefined;
  return {
    object: release,
    problem: {
      at: release.origin(`/spec/${first}/remediation/retries`),
      message: `HelmRelease ${release.id} is not tried again after a failed ${failing.join(' or ')}: it stays failed until its spec, values or chart change.`,
      hint: `Set ${failing.map((action) => `${action}.remediation.retries`).join(' and ')}, or the strategy RetryOnFailure (since Flux 2.7).`,
    },
  };
};

/** Retries below 0 are without end; a 0 that is written out is a decision. */
const isTriedAgain = (action: Spec['install' | 'upgrade']): boolean =>
  action?.strategy?.name === 'RetryOnFailure' || action?.remediation?.retries !== undefined;
