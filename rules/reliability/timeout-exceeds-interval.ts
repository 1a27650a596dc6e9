import { defineRule, durationOf, type KustomizationView, type Problem, type SourceView, yaml } from '../../src/rule.ts';

export const timeoutExceedsInterval = defineRule({
  id: 'reliability/timeout-exceeds-interval',
  severity: 'info',
  summary: 'A timeout that is longer than the interval',
  why: `The interval counts from the end of a reconciliation. One that may take longer than the interval makes the interval a lie:
    while something is stuck, drift is looked for once in a timeout, and a worker of the controller is taken nearly all the
    time.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#timeout',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 5m
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        timeout: 10m # expect: reliability/timeout-exceeds-interval
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 5m
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        timeout: 3m
    `,
  },

  *kustomization(kustomization) {
    if (kustomization.isWritten) yield* exceeded(kustomization, kustomization.spec);
  },

  *source(source) {
    if (source.spec.type !== 'oci') yield* exceeded(source, source.spec);
  },
});

const exceeded = function* (
  view: KustomizationView | SourceView,
  { interval, timeout }: { readonly interval: string | undefined; readonly timeout: string | undefined },
): Generator<Problem> {
  if (interval === undefined || timeout === undefined) return;
  const [every, atMost] = [durationOf(interval), durationOf(timeout)];
  if (every === undefined || atMost === undefined || atMost <= every) return;
  yield {
    at: view.origin('/spec/timeout'),
    message: `${view.kind} ${view.id} may take ${timeout}, longer than its interval of ${interval}: while something is stuck, it is reconciled once in ${timeout} and keeps a worker busy.`,
    hint: 'Set a timeout below the interval, or a longer interval.',
    related: [{ at: view.origin('/spec/interval'), message: `the interval is ${interval}` }],
  };
};
