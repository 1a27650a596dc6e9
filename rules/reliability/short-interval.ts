import { defineRule, durationOf, yaml } from '../../src/rule.ts';

export const shortInterval = defineRule({
  id: 'reliability/short-interval',
  severity: 'info',
  summary: 'An interval so short that Flux works for nothing',
  why: `Every interval Flux asks the source for its revision, or builds and compares everything a Kustomization applies, whether
    anything changed or not. In a handful of seconds the forge throttles the requests, the workers of the controllers are
    never free, and what really changed waits behind. For speed there are webhook receivers.`,
  reference: 'https://fluxcd.io/flux/components/source/gitrepositories/#interval',
  options: {
    type: 'object',
    properties: {
      sources: { type: 'string', default: '30s', description: 'The shortest interval of a source' },
      kustomizations: { type: 'string', default: '1m', description: 'The shortest interval of a Kustomization' },
    },
    additionalProperties: false,
  },
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 5s # expect: reliability/short-interval
        url: https://git.example.com/acme/billing
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1m
        url: https://git.example.com/acme/billing
    `,
  },

  *kustomization(kustomization, { options }) {
    const { interval } = kustomization.spec;
    if (!kustomization.isWritten || interval === undefined || !isShorter(interval, options.kustomizations)) return;
    yield {
      at: kustomization.origin('/spec/interval'),
      message: `${kustomization.id} is built and compared every ${interval}, changed or not: with others like it, the controller is never done.`,
      hint: 'Set an interval of minutes: a new revision is applied at once anyway. The interval is for drift.',
    };
  },

  *source(source, { options }) {
    const { interval, type } = source.spec;
    // The interval of a HelmRepository of type oci has no effect.
    if (interval === undefined || type === 'oci' || !isShorter(interval, options.sources)) return;
    yield {
      at: source.origin('/spec/interval'),
      message: `${source.kind} ${source.id} is asked for news every ${interval}: its server will throttle that, and then nothing new arrives at all.`,
      hint: 'Set an interval of minutes, and a Receiver where a push must arrive at once.',
    };
  },
});

const isShorter = (interval: string, floor: string): boolean => {
  const [duration, least] = [durationOf(interval), durationOf(floor)];
  return duration !== undefined && least !== undefined && duration < least;
};
