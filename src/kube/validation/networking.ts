import {
  cidr,
  dnsLabel,
  dnsSubdomain,
  domainPrefixed,
  hostname,
  isAddress,
  pathSegment,
  portName,
  portNumber,
  portNumberOrName,
} from './field/formats.ts';
import { field, isAbsent, isEmpty, isPresent, items, number, type Place, text } from './field/place.ts';
import { exactlyOneOf, invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';
import { validateLabelSelector } from './field/selectors.ts';
import { protocols } from './pod/ports.ts';

/** ValidateIngressSpec (pkg/apis/networking/validation/validation.go). */
export const validateIngress = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const [rules, backend] = [field(spec, 'rules'), field(spec, 'defaultBackend')];
  if (isEmpty(rules) && isAbsent(backend)) yield missing(spec, ': with rules or a defaultBackend');
  if (isPresent(backend)) yield* validateBackend(backend);
  for (const rule of items(rules)) yield* validateRule(rule);
  for (const tls of items(field(spec, 'tls'))) {
    for (const host of items(field(tls, 'hosts'))) yield* hostname(host);
    yield* dnsSubdomain(field(tls, 'secretName'));
  }
  const name = field(spec, 'ingressClassName');
  yield* dnsSubdomain(name);
  const annotation = text(field(root, 'metadata', 'annotations', 'kubernetes.io/ingress.class'));
  if (annotation !== undefined && text(name) && annotation !== text(name)) {
    yield invalid(name, 'must be the same as the annotation kubernetes.io/ingress.class where both are set');
  }
};

const validateRule = function* (rule: Place): Refusals {
  const host = field(rule, 'host');
  if (isAddress(text(host) ?? '')) yield invalid(host, 'must be a name, not an address');
  else yield* hostname(host);
  const http = field(rule, 'http');
  if (isAbsent(http)) return;
  yield* required(field(http, 'paths'));
  for (const path of items(field(http, 'paths'))) yield* validatePath(path);
};

/** validateHTTPIngressPath, likewise. */
const validatePath = function* (path: Place): Refusals {
  const [type, value] = [field(path, 'pathType'), field(path, 'path')];
  if (isAbsent(type)) yield missing(type);
  yield* oneOf(type, ['Exact', 'Prefix', 'ImplementationSpecific']);
  const written = isAbsent(value) ? '' : text(value);
  const isStrict = ['Exact', 'Prefix'].includes(text(type) ?? '');
  if (written !== undefined && !written.startsWith('/') && (isStrict || (written !== '' && text(type) === 'ImplementationSpecific'))) {
    yield written === '' ? missing(value, ` where pathType is ${text(type)}`) : invalid(value, 'must begin with "/"');
  }
  if (isStrict && /\/\/|\/\.\/|\/\.\.\/|%2f|%2F|\/\.\.$|\/\.$/.test(written ?? ''))
    yield invalid(value, 'must not hold "//", "/./", "/../" or "%2f"');
  yield* validateBackend(field(path, 'backend'));
};

/** validateIngressBackend, likewise. */
const validateBackend = function* (backend: Place): Refusals {
  const [service, resource] = [field(backend, 'service'), field(backend, 'resource')];
  if (isPresent(service) && isPresent(resource)) yield invalid(backend, 'may have only one of service and resource');
  else if (isAbsent(service) && isAbsent(resource)) yield missing(backend, ': a service or a resource');
  else if (isPresent(resource)) {
    yield* dnsSubdomain(field(resource, 'apiGroup'));
    for (const name of ['kind', 'name']) {
      yield* required(field(resource, name));
      yield* pathSegment(field(resource, name));
    }
  } else if (isPresent(service)) {
    yield* required(field(service, 'name'));
    yield* dnsLabel(field(service, 'name'));
    const port = field(service, 'port');
    const [name, value] = [field(port, 'name'), field(port, 'number')];
    if (isEmpty(name) && (isAbsent(value) || number(value) === 0)) yield missing(port, ', with a name or a number');
    else if (text(name) && number(value)) yield invalid(port, 'may have only one of name and number');
    yield* portName(name);
    if (number(value) !== 0) yield* portNumber(value);
  }
};

/** validateIngressClassSpec, likewise. */
export const validateIngressClass = function* (root: Place): Refusals {
  const [controller, parameters] = [field(root, 'spec', 'controller'), field(root, 'spec', 'parameters')];
  yield* required(controller);
  yield* domainPrefixed(controller);
  if (isAbsent(parameters)) return;
  yield* dnsSubdomain(field(parameters, 'apiGroup'));
  for (const name of ['kind', 'name']) {
    yield* required(field(parameters, name));
    yield* pathSegment(field(parameters, name));
  }
  yield* oneOf(field(parameters, 'scope'), ['Cluster', 'Namespace']);
};

/** ValidateNetworkPolicySpec, likewise. */
export const validateNetworkPolicy = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  yield* validateLabelSelector(field(spec, 'podSelector'));
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const rule of items(field(spec, direction))) {
      for (const port of items(field(rule, 'ports'))) yield* validatePolicyPort(port);
      for (const peer of items(field(rule, peers))) yield* validatePeer(peer);
    }
  }
  if (items(field(spec, 'policyTypes')).length > 2) yield invalid(field(spec, 'policyTypes'), 'must not have more than 2 items');
  for (const type of items(field(spec, 'policyTypes'))) yield* oneOf(type, ['Ingress', 'Egress']);
};

/** ValidateNetworkPolicyPort, likewise. */
const validatePolicyPort = function* (port: Place): Refusals {
  const [value, end] = [field(port, 'port'), field(port, 'endPort')];
  yield* exactlyOneOf(field(port, 'protocol'), protocols);
  yield* portNumberOrName(value);
  yield* portNumber(end);
  if (isPresent(end) && (isAbsent(value) || text(value) !== undefined)) yield invalid(end, 'may not be set unless port is a number');
  const [first, last] = [number(value), number(end)];
  if (first !== undefined && last !== undefined && last < first) yield invalid(end, 'must not be less than port');
};

/** ValidateNetworkPolicyPeer, likewise. */
const validatePeer = function* (peer: Place): Refusals {
  const [pods, namespaces, block] = [field(peer, 'podSelector'), field(peer, 'namespaceSelector'), field(peer, 'ipBlock')];
  if ([pods, namespaces, block].every(isAbsent)) yield missing(peer, ': a podSelector, a namespaceSelector or an ipBlock');
  yield* validateLabelSelector(pods);
  yield* validateLabelSelector(namespaces);
  if (isAbsent(block)) return;
  if (isPresent(pods) || isPresent(namespaces)) yield invalid(block, 'may not be set beside another peer');
  yield* required(field(block, 'cidr'));
  yield* cidr(field(block, 'cidr'));
  for (const range of items(field(block, 'except'))) yield* cidr(range);
};
