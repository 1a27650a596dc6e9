/**
 * The formats of names that the API server enforces (k8s.io/apimachinery `pkg/util/validation`, `pkg/api/validation`, and
 * the kinds' own strategies). Each function says what is wrong, to be read behind the name, or undefined where nothing is.
 */

/** What is wrong with `metadata.name` of an object of that kind. */
export const nameError = (group: string, kind: string, name: string): string | undefined => {
  const format = formats.get(`${group}/${kind}`) ?? subdomain;
  const limit = limits.get(`${group}/${kind}`);
  return formatError(name, format) ?? (limit && name.length > limit.most ? tooLong(name, limit.most, limit.why) : undefined);
};

/** What is wrong with the name of a namespace, wherever it stands. */
export const namespaceError = (name: string): string | undefined => formatError(name, label);

/** What is wrong with a DNS label (IsDNS1123Label), such as the name of a container. */
export const dnsLabelError = (name: string): string | undefined => formatError(name, label);

/** What is wrong with a DNS subdomain (IsDNS1123Subdomain), such as the name of most kinds. */
export const dnsSubdomainError = (name: string): string | undefined => formatError(name, subdomain);

/** What is wrong with a part of a URL's path (IsPathSegmentName), such as the name of a Role. */
export const pathSegmentError = (name: string): string | undefined => formatError(name, pathSegment);

/** What is wrong with the key of a label: a name, and before a slash the domain of who defines it. */
export const labelKeyError = (key: string): string | undefined => {
  const [name = '', ...prefixes] = key.split('/').reverse();
  if (prefixes.length > 1) return 'has more than one slash';
  const [prefix] = prefixes;
  const prefixError = prefix === undefined ? undefined : formatError(prefix, subdomain);
  if (prefixError) return `has a prefix that ${prefixError}`;
  if (name === '') return prefix === undefined ? 'is empty' : 'has nothing behind the slash';
  return formatError(name, word);
};

/** What is wrong with the value of a label. It may be empty. */
export const labelValueError = (value: string): string | undefined => (value === '' ? undefined : formatError(value, word));

/** What is wrong with the key of an annotation: as that of a label, but its prefix may have upper-case letters. */
export const annotationKeyError = (key: string): string | undefined => labelKeyError(key.toLowerCase());

interface Format {
  readonly pattern: RegExp;
  readonly longest: number;
  readonly characters: RegExp;
  /** Which characters it may hold, in words. */
  readonly allowed: string;
}

const subdomain: Format = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 253,
  characters: /[-a-z0-9.]/,
  allowed: 'only lower-case letters, digits, "-" and "." are allowed',
};

const label: Format = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  characters: /[-a-z0-9]/,
  allowed: 'only lower-case letters, digits and "-" are allowed',
};

const word: Format = {
  pattern: /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
  longest: 63,
  characters: /[-A-Za-z0-9_.]/,
  allowed: 'only letters, digits, "-", "_" and "." are allowed',
};

/** What can be part of a URL's path: any name but `.` and `..`. */
const pathSegment: Format = {
  pattern: /^(?!\.{1,2}$)[^/%]+$/,
  longest: Number.POSITIVE_INFINITY,
  characters: /[^/%]/,
  allowed: 'neither "/" nor "%" is allowed',
};

/** Kinds whose names are not just DNS subdomains. */
const formats: ReadonlyMap<string, Format> = new Map([
  ['/Namespace', label],
  ['/Service', label],
  ['/Event', pathSegment],
  ['events.k8s.io/Event', pathSegment],
  ['rbac.authorization.k8s.io/Role', pathSegment],
  ['rbac.authorization.k8s.io/RoleBinding', pathSegment],
  ['rbac.authorization.k8s.io/ClusterRole', pathSegment],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', pathSegment],
  ['apiregistration.k8s.io/APIService', pathSegment],
  ['certificates.k8s.io/CertificateSigningRequest', pathSegment],
  ['certificates.k8s.io/ClusterTrustBundle', pathSegment],
  ['networking.k8s.io/IPAddress', pathSegment],
]);

const asLabel = 'Flux writes it as a label on every object it applies';

/** Kinds whose names must be shorter than their format allows. */
const limits: ReadonlyMap<string, { readonly most: number; readonly why: string }> = new Map([
  ['batch/CronJob', { most: 52, why: 'its Jobs add eleven' }],
  ['kustomize.toolkit.fluxcd.io/Kustomization', { most: 63, why: asLabel }],
  ['helm.toolkit.fluxcd.io/HelmRelease', { most: 63, why: asLabel }],
]);

const formatError = (text: string, { pattern, longest, characters, allowed }: Format): string | undefined => {
  if (text === '') return 'is empty';
  if (text.length > longest) return tooLong(text, longest);
  if (pattern.test(text)) return undefined;
  const strange = [...text].find((character) => !characters.test(character));
  if (strange !== undefined) return `holds ${JSON.stringify(strange)}: ${allowed}`;
  if (/^\.{1,2}$/.test(text)) return 'is a path, not a name';
  const [first = ''] = text;
  if (!/[A-Za-z0-9]/.test(first)) return `begins with "${first}": a letter or a digit must come first`;
  const last = text.at(-1) ?? '';
  if (!/[A-Za-z0-9]/.test(last)) return `ends with "${last}": a letter or a digit must come last`;
  return 'has a part that is empty, or that begins or ends with "-"';
};

const tooLong = (text: string, most: number, why?: string): string =>
  `has ${text.length} characters: at most ${most} are allowed${why ? ` (${why})` : ''}`;
