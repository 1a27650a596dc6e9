/**
 * Values that the CRDs take and the controllers then refuse: ranges of versions, schedules, patterns, references to images.
 */

import { isGoPattern } from '../../pattern/go-pattern.ts';
import { child, isScalar, type MapNode, type Node, stringAt, toPointer } from '../../yaml/node.ts';
import { isCronSchedule } from '../cron.ts';
import { dnsSubdomainError } from '../names.ts';
import { groupOf } from '../object-view.ts';
import { isSemverRange } from '../semver-range.ts';
import { fieldPath, type SchemaError } from './schema-error.ts';

/** What the controllers will not take in an object of Flux or the Flux Operator. What is unknown is never wrong. */
export const refusedValues = (root: MapNode): readonly SchemaError[] => {
  const rules = rulesByKind.get(`${groupOf(stringAt(root, 'apiVersion') ?? '')}/${stringAt(root, 'kind')}`) ?? [];
  return rules.flatMap(({ path, refuse, applies }) => {
    if (applies && !applies(root)) return [];
    return fieldsAt(root, path, []).flatMap(({ keys, text }) => {
      const refused = refuse(text);
      return refused === undefined ? [] : [{ type: 'invalid-value' as const, pointer: toPointer(keys), message: sentence(keys, refused) }];
    });
  });
};

interface ValueRule {
  /** `*` stands for every item of a list. */
  readonly path: readonly string[];
  /** What is wrong with the text, as the end of a sentence that starts with the field. */
  readonly refuse: (text: string) => string | undefined;
  readonly applies?: (root: MapNode) => boolean;
}

interface Found {
  readonly keys: readonly (string | number)[];
  readonly text: string;
}

const fieldsAt = (node: Node | undefined, path: readonly string[], keys: readonly (string | number)[]): readonly Found[] => {
  const [key, ...rest] = path;
  if (key === undefined) return isScalar(node) && typeof node.value === 'string' ? [{ keys, text: node.value }] : [];
  if (key !== '*') return fieldsAt(child(node, key), rest, [...keys, key]);
  return node?.type === 'list' ? node.items.flatMap((item, index) => fieldsAt(item, rest, [...keys, index])) : [];
};

const sentence = (keys: Found['keys'], refused: string): string => `${fieldPath(keys)} ${refused}`;

const semver = (text: string): string | undefined =>
  text === '' || isSemverRange(text)
    ? undefined
    : `must be a version or a range of versions such as ">=1.2.0 <2.0.0"; it is ${JSON.stringify(text)}.`;

const cron = (text: string): string | undefined =>
  isCronSchedule(text) ? undefined : `must be a schedule of five fields such as "0 8 * * 1-5"; it is ${JSON.stringify(text)}.`;

const pattern = (text: string): string | undefined =>
  isGoPattern(text) ? undefined : `must be a regular expression that Go can read; it is ${JSON.stringify(text)}.`;

/** What a reference to an image has behind its name: behind the registry, which may have a port, no colon is left. */
const tagOf = (reference: string): string | undefined => /^[^/]*\/[^:]*:(.+)$/.exec(reference)?.[1];

const untagged = (text: string): string | undefined => {
  const tag = tagOf(text.replace(/^oci:\/\//, ''));
  return tag === undefined ? undefined : `must not contain a tag or digest: "${tag}" belongs in the reference beside it.`;
};

const image = (text: string): string | undefined => {
  const [, scheme] = /^([a-z]+):\/\//.exec(text) ?? [];
  if (scheme !== undefined) return `should not start with a URL scheme; remove "${scheme}://".`;
  const tag = tagOf(text);
  return tag === undefined ? undefined : `should not contain a tag; remove ":${tag}".`;
};

/**
 * Go's url.Parse (net/url, `parseAuthority`, `parseHost`): behind the last colon of an authority a number must follow, and
 * hosts have no spaces. fluxcd/source-controller: internal/controller/gitrepository_controller.go and
 * helmrepository_controller.go (`reconcileSource` of both) stall on what it does not take.
 */
const address = (text: string): string | undefined => {
  const [, authority = ''] = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(text) ?? [];
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (/\s/.test(host)) return 'must not have a space in the name of its host.';
  const port = host.slice(host.lastIndexOf(']') + 1);
  const colon = port.lastIndexOf(':');
  if (colon === -1 || /^\d*$/.test(port.slice(colon + 1))) return undefined;
  const notPort = port.slice(colon + 1);
  return `must have a port behind the colon of its host; "${notPort}" is none. Where it is a part of the path, a slash goes before it: ${host.slice(0, host.lastIndexOf(':'))}/${notPort}.`;
};

/** fluxcd/pkg: git/gogit/clone.go (`getRemoteHEAD`, `filterRefs`) compares it with what the remote lists, letter by letter. */
const fullReference = (text: string): string | undefined =>
  text === '' || text === 'HEAD' || text.startsWith('refs/')
    ? undefined
    : `must be the full name of a reference, such as refs/heads/${text}; it is ${JSON.stringify(text)}.`;

/** fluxcd/pkg: git/gogit/clone.go (`cloneBranch`) puts refs/heads/ before it, and `cloneTag` refs/tags/. */
const shortName = (text: string): string | undefined => {
  const [, short] = /^refs\/(?:heads|tags)\/(.+)$/.exec(text) ?? [];
  return short === undefined
    ? undefined
    : `must be the name alone, such as ${short}: Flux puts refs/ before it itself, and finds no ${JSON.stringify(text)}; ref.name takes full names.`;
};

/** fluxcd/pkg: git/gogit/clone.go (`cloneCommit`) makes a hash of it (go-git: plumbing.NewHash), which has 40 digits. */
const wholeCommit = (text: string): string | undefined =>
  /^[0-9a-fA-F]{40}$/.test(text) || /^[0-9a-fA-F]{64}$/.test(text) || text === ''
    ? undefined
    : `must be the whole hash of a commit, of 40 hexadecimal digits; it is ${JSON.stringify(text)}.`;

/** helm: pkg/chart/v2/util/validate_name.go (`ValidateReleaseName`), checked at every install and upgrade. */
const releaseName = (text: string): string | undefined =>
  dnsSubdomainError(text) === undefined || text.length > 53 || text.includes('${')
    ? undefined
    : `must be a release name that Helm takes: lower-case letters, digits, "-" and "."; it is ${JSON.stringify(text)}.`;

/** fluxcd/source-controller: internal/bucket/minio/minio.go (`NewClient`); minio-go takes a host and its port, with no scheme. */
const hostAlone = (text: string): string | undefined =>
  /^https?:\/\//.test(text)
    ? `must be a host, with a port if need be, and no URL; remove "${text.slice(0, text.indexOf('/'))}//".`
    : undefined;

const speaksS3 = (root: MapNode): boolean => ['generic', 'aws', ''].includes(stringAt(root, 'spec', 'provider') ?? '');

const syncsGit = (root: MapNode): boolean => stringAt(root, 'spec', 'sync', 'kind') === 'GitRepository';

const fromHelmRepository =
  (...path: readonly string[]) =>
  (root: MapNode) =>
    stringAt(root, ...path, 'kind') === 'HelmRepository';

/**
 * By `group/kind`. fluxcd/source-controller: internal/controller/ocirepository_controller.go (`parseRepository`: "URL must not contain a tag");
 * fluxcd/image-reflector-controller: internal/registry ("should not contain a tag"), internal/policy; fluxcd/pkg: git,
 * version; controlplaneio-fluxcd/flux-operator: internal/schedule.
 */
const rulesByKind: ReadonlyMap<string, readonly ValueRule[]> = new Map<string, readonly ValueRule[]>([
  [
    'source.toolkit.fluxcd.io/GitRepository',
    [
      { path: ['spec', 'url'], refuse: address },
      { path: ['spec', 'ref', 'name'], refuse: fullReference },
      { path: ['spec', 'ref', 'branch'], refuse: shortName },
      { path: ['spec', 'ref', 'tag'], refuse: shortName },
      { path: ['spec', 'ref', 'commit'], refuse: wholeCommit },
      { path: ['spec', 'ref', 'semver'], refuse: semver },
    ],
  ],
  ['source.toolkit.fluxcd.io/Bucket', [{ path: ['spec', 'endpoint'], refuse: hostAlone, applies: speaksS3 }]],
  ['source.toolkit.fluxcd.io/HelmRepository', [{ path: ['spec', 'url'], refuse: address }]],
  [
    'source.toolkit.fluxcd.io/OCIRepository',
    [
      { path: ['spec', 'url'], refuse: address },
      { path: ['spec', 'url'], refuse: untagged },
      { path: ['spec', 'ref', 'semver'], refuse: semver },
      { path: ['spec', 'ref', 'semverFilter'], refuse: pattern },
    ],
  ],
  ['source.toolkit.fluxcd.io/HelmChart', [{ path: ['spec', 'version'], refuse: semver, applies: fromHelmRepository('spec', 'sourceRef') }]],
  [
    'helm.toolkit.fluxcd.io/HelmRelease',
    [
      { path: ['spec', 'releaseName'], refuse: releaseName },
      {
        path: ['spec', 'chart', 'spec', 'version'],
        refuse: semver,
        applies: fromHelmRepository('spec', 'chart', 'spec', 'sourceRef'),
      },
    ],
  ],
  [
    'image.toolkit.fluxcd.io/ImageRepository',
    [
      { path: ['spec', 'image'], refuse: image },
      { path: ['spec', 'exclusionList', '*'], refuse: pattern },
    ],
  ],
  [
    'image.toolkit.fluxcd.io/ImagePolicy',
    [
      { path: ['spec', 'policy', 'semver', 'range'], refuse: semver },
      { path: ['spec', 'filterTags', 'pattern'], refuse: pattern },
    ],
  ],
  [
    'notification.toolkit.fluxcd.io/Alert',
    [
      { path: ['spec', 'inclusionList', '*'], refuse: pattern },
      { path: ['spec', 'exclusionList', '*'], refuse: pattern },
    ],
  ],
  [
    'fluxcd.controlplane.io/FluxInstance',
    [
      { path: ['spec', 'distribution', 'version'], refuse: semver },
      { path: ['spec', 'sync', 'url'], refuse: address },
      { path: ['spec', 'sync', 'ref'], refuse: fullReference, applies: syncsGit },
      { path: ['spec', 'sync', 'url'], refuse: untagged, applies: (root) => stringAt(root, 'spec', 'sync', 'kind') === 'OCIRepository' },
    ],
  ],
  ['fluxcd.controlplane.io/ResourceSetInputProvider', [{ path: ['spec', 'schedule', '*', 'cron'], refuse: cron }]],
]);
