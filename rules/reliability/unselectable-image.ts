import {
  type AppliedView,
  defineRule,
  type Graph,
  type ImageMarker,
  isGoPattern,
  matchesGoPattern,
  samplesOf,
  stringAt,
  yaml,
} from '../../src/rule.ts';

export const unselectableImage = defineRule({
  id: 'reliability/unselectable-image',
  severity: 'warning',
  summary: 'An ImagePolicy that selects no image, or none of those that are deployed',
  why: `A policy by \`numerical\` reads every tag that its filter lets through as a number, and fails as a whole with \`failed to
    parse invalid numeric value\` when one of them is none: no image is ever selected, and nothing is updated
    (image-reflector-controller: internal/policy/numerical.go, Latest). Without \`extract\` it is the whole tag that must be
    the number, its prefix included. A tag that is deployed and that the policy could not have chosen says that its filter, its
    range or its ImageRepository may be about other images (internal/policy/filter.go, \`Apply\`; semver.go, \`Latest\`): the line
    stays as it is, or gets another image.`,
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
  *graph(graph) {
    const told = new Set<string>();
    for (const marker of graph.images.markers()) {
      const named = graph.clusters.all.flatMap(({ name }) => graph.clusters.namesakes(name, 'ImagePolicy', marker.name));
      for (const policy of named.filter(({ namespace }) => namespace === marker.namespace)) {
        const mismatch = mismatchOf(marker, policy, graph);
        if (!mismatch) continue;
        const at = policy.origin(mismatch.pointer);
        const key = `${at.span.path}:${at.span.start}`;
        if (told.has(key)) continue;
        told.add(key);
        yield {
          at,
          message: `${policy.label} ${mismatch.says}, and what it is to update says ${marker.current}: ${mismatch.result}.`,
          related: [{ at: marker.at, message: 'the line that it writes' }],
          clusters: [policy.cluster],
          // A tag of another form may be the first one, before anything was written.
          atMost: mismatch.pointer === '/spec/imageRepositoryRef/name' ? undefined : 'info',
        };
      }
    }
  },

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

interface Mismatch {
  readonly pointer: string;
  readonly says: string;
  readonly result: string;
}

/** Why a policy could not have chosen what is deployed; undefined where it could, or that is not known. */
const mismatchOf = ({ current, part }: ImageMarker, policy: AppliedView, graph: Graph): Mismatch | undefined => {
  const { root } = policy;
  if (current === '' || current.includes('${') || part === 'digest' || part === 'name') return undefined;
  const [reference = ''] = current.split('@');
  const colon = reference.lastIndexOf(':');
  const hasTag = part === 'tag' || colon > reference.lastIndexOf('/');
  const [image, tag] =
    part === 'tag' ? [undefined, current] : hasTag ? [reference.slice(0, colon), reference.slice(colon + 1)] : [reference, undefined];
  const repository = imageOf(policy, graph);
  if (image !== undefined && repository !== undefined && image.includes('/') && withHost(image) !== withHost(repository)) {
    return { pointer: '/spec/imageRepositoryRef/name', says: `is about ${repository}`, result: 'the line gets another image' };
  }
  // A tag that stands for nothing yet is a beginning.
  if (tag === undefined || /^(latest|0+(\.0+)*|x|none|placeholder|initial|change-?me)$/i.test(tag)) return undefined;
  const pattern = stringAt(root, 'spec', 'filterTags', 'pattern');
  if (pattern !== undefined && isGoPattern(pattern) && !matchesGoPattern(tag, pattern)) {
    return {
      pointer: '/spec/filterTags/pattern',
      says: `lets through tags that match ${pattern}`,
      result: 'no tag of that form is ever chosen',
    };
  }
  const isFiltered = stringAt(root, 'spec', 'filterTags', 'extract') !== undefined;
  if (stringAt(root, 'spec', 'policy', 'semver', 'range') !== undefined && !isFiltered && !/^v?\d+\.\d+\.\d+/.test(tag)) {
    return { pointer: '/spec/policy/semver/range', says: 'chooses among versions', result: 'no tag of that form is ever chosen' };
  }
  return undefined;
};

/** `spec.image` of its ImageRepository. */
const imageOf = ({ root, cluster, namespace }: AppliedView, graph: Graph): string | undefined => {
  const wanted = stringAt(root, 'spec', 'imageRepositoryRef', 'namespace') ?? namespace;
  const found = graph.clusters.namesakes(cluster, 'ImageRepository', stringAt(root, 'spec', 'imageRepositoryRef', 'name') ?? '');
  const image = stringAt(found.find((each) => each.namespace === wanted)?.root, 'spec', 'image');
  return image?.includes('${') ? undefined : image;
};

/** Docker Hub's images have short names. */
const withHost = (image: string): string => image.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');

/** Go: Regexp.Expand, a group by number or name; undefined for a group that the pattern does not have. */
const expanded = (template: string, groups: ReadonlyMap<string, string>): string | undefined => {
  const names = [...template.matchAll(/\$(?:(\w+)|\{(\w+)\})/g)].map(([, plain, braced]) => plain ?? braced ?? '');
  if (names.some((name) => !groups.has(name))) return undefined;
  return template.replace(/\$(?:(\w+)|\{(\w+)\})/g, (_, plain?: string, braced?: string) => groups.get(plain ?? braced ?? '') ?? '');
};

/** Go: strconv.ParseFloat. */
const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) || /^[+-]?(inf(inity)?|nan)$/i.test(text);
