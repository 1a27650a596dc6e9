import { type AppliedView, defineRule, stringAt, yaml } from '../../src/rule.ts';

export const oldestImage = defineRule({
  id: 'reliability/oldest-image',
  severity: 'info',
  summary: 'An ImagePolicy with order: desc selects the oldest image',
  why: `\`order\` is that of the list of which Flux takes the last: with \`asc\` the greatest number, or what comes last in the
    alphabet, with \`desc\` the smallest and first (image-reflector-controller: internal/policy/alphabetical.go and
    numerical.go, Latest). Of dates, build numbers and timestamps that is the oldest, and it never changes.`,
  reference: 'https://fluxcd.io/flux/components/image/imagepolicies/#alphabetical',
  remedy: 'Write order: asc, the default.',
  unless: 'Not where the tags count down.',
  examples: {
    bad: yaml`
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: { name: shop, namespace: flux-system }
      spec:
        imageRepositoryRef: { name: shop }
        filterTags: { pattern: '^[0-9]{8}$' }
        policy:
          alphabetical:
            order: desc # expect: reliability/oldest-image
    `,
    good: yaml`
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: { name: shop, namespace: flux-system }
      spec:
        imageRepositoryRef: { name: shop }
        filterTags: { pattern: '^[0-9]{8}$' }
        policy:
          alphabetical:
            order: asc
    `,
  },

  kinds: ['ImagePolicy'],
  *object(policy) {
    const by = descending(policy);
    if (by === undefined) return;
    yield {
      at: policy.origin(`/spec/policy/${by}/order`),
      message: `${policy.label} sorts with order: desc: Flux takes the ${by === 'numerical' ? 'smallest number' : 'first in the alphabet'}, of dates and build numbers the oldest image.`,
      hint: 'Write order: asc to get the newest.',
    };
  },
});

/** By letters only where the tags are seen to have digits. */
const descending = ({ root }: AppliedView): 'numerical' | 'alphabetical' | undefined => {
  const isDescending = (by: string) => stringAt(root, 'spec', 'policy', by, 'order') === 'desc';
  if (isDescending('numerical')) return 'numerical';
  const pattern = stringAt(root, 'spec', 'filterTags', 'pattern') ?? '';
  return isDescending('alphabetical') && /\[[^\]]*\d-\d|\\d|\d/.test(pattern) ? 'alphabetical' : undefined;
};
