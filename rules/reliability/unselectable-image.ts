import { type AppliedView, defineRule, matchesGoPattern, samplesOf, stringAt, yaml } from '../../src/rule.ts';

export const unselectableImage = defineRule({
  id: 'reliability/unselectable-image',
  severity: 'warning',
  summary: 'A numerical ImagePolicy lets tags through that are no numbers',
  why: `A policy by \`numerical\` reads every tag that its filter lets through as a number, and fails as a whole with \`failed to
    parse invalid numeric value\` when one of them is none: no image is ever selected, and nothing is updated
    (image-reflector-controller: internal/policy/numerical.go, Latest). Without \`extract\` it is the whole tag that must be
    the number, its prefix included.`,
  reference: 'https://fluxcd.io/flux/components/image/imagepolicies/#numerical',
  remedy: 'Take the number out of the tag with a group in pattern and extract, or sort alphabetically.',
  examples: {
    bad: yaml`
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: { name: shop, namespace: flux-system }
      spec:
        imageRepositoryRef: { name: shop }
        filterTags:
          pattern: ^main-[0-9a-f]+$ # expect: reliability/unselectable-image
        policy: { numerical: { order: asc } }
    `,
    good: yaml`
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: { name: shop, namespace: flux-system }
      spec:
        imageRepositoryRef: { name: shop }
        filterTags:
          pattern: ^main-[0-9a-f]+-(?P<ts>[0-9]+)$
          extract: $ts
        policy: { numerical: { order: asc } }
    `,
  },

  kinds: ['ImagePolicy'],
  *object(policy) {
    const refused = refusedBy(policy);
    if (refused === undefined) return;
    const { tag, value } = refused;
    const read = tag === value ? 'which is no number' : `of which extract makes "${value}", no number`;
    yield {
      at: policy.origin('/spec/filterTags/pattern'),
      message: `${policy.label} sorts by number, and its filter lets through tags such as "${tag}", ${read}: one of them, and no image is selected.`,
      hint: 'Put the number into a group, (?P<n>[0-9]+), and write extract: $n; or sort by alphabetical.',
      related: [{ at: policy.origin('/spec/policy/numerical'), message: 'it sorts by number here' }],
    };
  },
});

const refusedBy = ({ root, node }: AppliedView): { readonly tag: string; readonly value: string } | undefined => {
  const pattern = stringAt(root, 'spec', 'filterTags', 'pattern');
  const extract = node('/spec/filterTags/extract');
  if (node('/spec/policy/numerical')?.type !== 'map' || !pattern) return undefined;
  if (extract !== undefined && extract.type !== 'scalar') return undefined;
  for (const { text, groups } of samplesOf(pattern)) {
    const value = extract && extract.text !== '' ? expanded(extract.text, groups) : text;
    if (value !== undefined && !isNumber(value) && matchesGoPattern(text, pattern)) return { tag: text, value };
  }
  return undefined;
};

/** Go: Regexp.Expand, a group by number or name; undefined for a group that the pattern does not have. */
const expanded = (template: string, groups: ReadonlyMap<string, string>): string | undefined => {
  const names = [...template.matchAll(/\$(?:(\w+)|\{(\w+)\})/g)].map(([, plain, braced]) => plain ?? braced ?? '');
  if (names.some((name) => !groups.has(name))) return undefined;
  return template.replace(/\$(?:(\w+)|\{(\w+)\})/g, (_, plain?: string, braced?: string) => groups.get(plain ?? braced ?? '') ?? '');
};

/** Go: strconv.ParseFloat. */
const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || /^[+-]?(inf(inity)?|nan)$/i.test(text);
