import { type Affected, defineRule, durationOf, type KustomizationView, readable, toldOnce, yaml } from '../../src/rule.ts';

export const missingRetryInterval = defineRule({
  id: 'reliability/missing-retry-interval',
  severity: 'info',
  summary: 'A failed apply waits a whole long interval for its next try',
  why: `After a failure Flux tries again after \`retryInterval\`, and without one after the interval. Where that is long, a moment
    of trouble (a webhook that was restarting, a CRD that came a second later) leaves the cluster out of date for all that
    time.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#retry-interval',
  options: {
    type: 'object',
    properties: {
      interval: { type: 'string', default: '30m', description: 'Intervals from this length on are long' },
    },
    additionalProperties: false,
  },
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec: # expect: reliability/missing-retry-interval
        interval: 12h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 12h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        retryInterval: 2m
    `,
  },

  *cluster(cluster, { options }) {
    if (cluster.cluster.root.evidence === 'unreached') return;
    const affected = cluster.kustomizations.flatMap((view) => readable(() => judge(view, options.interval)) ?? []);
    yield* toldOnce(affected, (count, first) => ({
      message: `${count} Kustomizations, such as ${first}, try again only after an interval of ${options.interval} or more when an apply fails.`,
      hint: 'Set retryInterval, such as 2m.',
    }));
  },
});

const judge = (kustomization: KustomizationView, long: string): Affected | undefined => {
  const { interval, retryInterval, suspend } = kustomization.spec;
  if (!kustomization.isWritten || retryInterval !== undefined || interval === undefined || suspend === true) return undefined;
  if ((durationOf(interval) ?? 0) < (durationOf(long) ?? 0)) return undefined;
  return {
    object: kustomization,
    problem: {
      at: kustomization.origin('/spec/retryInterval'),
      message: `${kustomization.id} tries again only after its interval of ${interval} when an apply fails.`,
      hint: 'Set retryInterval, such as 2m.',
    },
  };
};
