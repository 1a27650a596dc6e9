/**
 * The forms of texts that the API server's validation asks for (k8s.io/apimachinery: pkg/util/validation). An empty text is
 * left to `required`.
 */
import { dnsLabelError, dnsSubdomainError, labelKeyError, pathSegmentError } from '../../names.ts';
import { number, type Place, text } from './place.ts';
import { invalid, type Refusals } from './refusal.ts';

type Format = (place: Place) => Refusals;

/** @param errorOf what is wrong with a text, to be read behind the field */
const format =
  (errorOf: (text: string) => string | undefined): Format =>
  (place) => {
    const value = text(place);
    const error = value ? errorOf(value) : undefined;
    return error === undefined ? [] : [invalid(place, error)];
  };

/** IsDNS1123Label. */
export const dnsLabel: Format = format(dnsLabelError);

/** IsDNS1123Subdomain. */
export const dnsSubdomain: Format = format(dnsSubdomainError);

/** IsDNS1035Label: `v1beta1`. */
export const versionLabel: Format = format((value) =>
  /^[0-9-]/.test(value) ? 'must begin with a lower-case letter' : dnsLabelError(value),
);

/** The name of a kind: IsDNS1035Label, in any letter case. */
export const kindName: Format = format((value) =>
  /^[0-9-]/.test(value) ? 'must begin with a letter' : dnsLabelError(value.toLowerCase()),
);

/** ValidateDNS1123SubdomainWithUnderScore (pkg/apis/core/validation/validation.go), with a dot at its end or not. */
export const searchDomain: Format = format((value) =>
  value === '.' ? undefined : dnsSubdomainError(value.replace(/\.$/, '').replaceAll('_', 'a')),
);

/** ValidateCSIDriverName (pkg/apis/core/validation/validation.go), in any letter case. */
export const driverName: Format = format((value) =>
  value.length > 63 ? `has ${value.length} characters: at most 63 are allowed` : dnsSubdomainError(value.toLowerCase()),
);

/** IsWildcardDNS1123Subdomain where there is a star, else IsDNS1123Subdomain. */
export const hostname: Format = format((value) => dnsSubdomainError(value.startsWith('*.') ? value.slice(2) : value));

/** IsQualifiedName: `name` or `example.com/name`. */
export const qualifiedName: Format = format(labelKeyError);

/** IsPathSegmentName. */
export const pathSegment: Format = format(pathSegmentError);

/** IsDomainPrefixedPath or, without a prefix, nothing of it: `example.com/controller`. */
export const domainPrefixed: Format = format((value) => {
  const [domain = '', ...path] = value.split('/');
  return path.length === 0 || path.join('/') === '' ? 'must be a domain, a slash and a name' : dnsSubdomainError(domain);
});

/** IsValidPortName: IANA_SVC_NAME. */
export const portName: Format = format((value) => {
  if (value.length > 15) return `has ${value.length} characters: the name of a port has at most 15`;
  if (!/^[-a-z0-9]+$/.test(value))
    return `is ${JSON.stringify(value)}: only lower-case letters, digits and "-" are allowed in the name of a port`;
  if (!/[a-z]/.test(value)) return 'must have a letter in it';
  if (value.includes('--')) return 'must not have two "-" in a row';
  return /^-|-$/.test(value) ? 'must not begin or end with "-"' : undefined;
});

/** IsValidPortNum. */
export const portNumber: Format = (place) => {
  const value = number(place);
  return value === undefined || (value >= 1 && value <= 65535) ? [] : [invalid(place, `must be a port, 1 to 65535; it is ${value}`)];
};

/** ValidatePortNumOrName (pkg/apis/core/validation/validation.go). */
export const portNumberOrName: Format = (place) => [...portNumber(place), ...portName(place)];

/** IsRelaxedEnvVarName, which Kubernetes 1.30 began to take; what it refuses, every version does. */
export const variableName: Format = format((value) =>
  /^[ -<>-~]+$/.test(value) ? undefined : 'must hold nothing but printable ASCII characters, and no "="',
);

/** IsConfigMapKey. */
export const dataKeyError = (key: string): string | undefined => {
  if (key.length > 253) return `has ${key.length} characters: at most 253 are allowed`;
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) return 'may hold only letters, digits, "-", "_" and "."';
  return key === '.' || key.startsWith('..') ? 'must not be "." or begin with ".."' : undefined;
};

export const dataKey: Format = format(dataKeyError);

/** IsHTTPHeaderName. */
export const headerName: Format = format((value) => (/^[-A-Za-z0-9]+$/.test(value) ? undefined : 'must hold only letters, digits and "-"'));

export const absolutePath: Format = format((value) => (value.startsWith('/') ? undefined : 'must begin with "/"'));

/** validateLocalDescendingPath (pkg/apis/core/validation/validation.go). */
export const descendingPath: Format = format((value) => (value.startsWith('/') ? 'must be a relative path' : backsteps(value)));

/** validatePathNoBacksteps, likewise. */
export const pathWithoutBacksteps: Format = format((value) => backsteps(value));

const backsteps = (path: string): string | undefined => (path.split('/').includes('..') ? 'must not contain ".."' : undefined);

/** IsValidIPForLegacyField: an address, with the leading zeros that old versions took. */
export const ipAddress: Format = format((value) =>
  isAddress(value) ? undefined : `must be an IP address; it is ${JSON.stringify(value)}`,
);

/** IsValidCIDRForLegacyField, likewise. */
export const cidr: Format = format((value) => {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(value.trim()) ?? [];
  const most = address.includes(':') ? 128 : 32;
  return isAddress(address) && Number(length) <= most && length !== ''
    ? undefined
    : `must be an address with the length of its prefix, such as 10.0.0.0/8; it is ${JSON.stringify(value)}`;
});

export const isAddress = (value: string): boolean => isAddressOfFour(value) || isAddressOfSix(value);

const isAddressOfFour = (value: string): boolean => {
  const parts = value.split('.');
  return parts.length === 4 && parts.every((part) => /^\d+$/.test(part) && Number(part) <= 255);
};

const isAddressOfSix = (value: string): boolean => {
  if (!/^[0-9a-fA-F:.]+$/.test(value) || !value.includes(':') || value.includes(':::')) return false;
  const [head = '', tail, ...more] = value.split('::');
  if (more.length > 0) return false;
  const groups = [head, tail ?? ''].flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const words = last.includes('.') ? groups.slice(0, -1) : groups;
  const count = words.length + (last.includes('.') ? 2 : 0);
  if (last.includes('.') && !isAddressOfFour(last)) return false;
  return words.every((word) => /^[0-9a-fA-F]{1,4}$/.test(word)) && (tail === undefined ? count === 8 : count <= 7);
};
