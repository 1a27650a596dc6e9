import { type Affected, defineRule, type KustomizationView, readable, toldOnce, yaml } from '../../src/rule.ts';

export const missingTimeout = defineRule({
  id: 'reliability/missing-timeout',
  severity: 'info',
  summary: 'A Kustomization that waits for health has no timeout',
  why: `Without \`timeout\`, Flux waits for health almost as long as the interval: with an interval of an hour, a rollout that is
    stuck is reported after an hour, what depends on it is blocked for that long, and one of the few workers of the
    controller is taken.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#timeout',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec: # expect: reliability/missing-timeout
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        wait: true
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        wait: true
        timeout: 5m
    `,
  },

  *cluster(cluster) {
    if (cluster.cluster.root.evidence === 'unreached') return;
    const affected = cluster.kustomizations.flatMap((view) => readable(() => judge(view)) ?? []);
    yield* toldOnce(affected, (count, first) => ({
      message: `${count} Kustomizations, such as ${first}, wait for health without a timeout: that something is stuck is reported only when the interval is nearly over.`,
      hint,
    }));
  },
});

const hint = 'Set timeout to what a healthy rollout takes, such as 5m.';

const judge = (kustomization: KustomizationView): Affected | undefined => {
  const { interval, timeout, wait, healthChecks } = kustomization.spec;
  const waits = wait === true || (healthChecks ?? []).length > 0;
  if (!kustomization.isWritten || timeout !== undefined || !waits || interval === undefined) return undefined;
  return {
    object: kustomization,
    problem: {
      at: kustomization.origin('/spec/timeout'),
      message: `${kustomization.id} waits for health without a timeout: that something is stuck is reported only when the interval of ${interval} is nearly over.`,
      hint,
    },
  };
};
