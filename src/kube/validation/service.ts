import { cidr, dnsLabel, dnsSubdomain, ipAddress, portNumber, portNumberOrName, qualifiedName } from './field/formats.ts';
import { between } from './field/numbers.ts';
import { field, isAbsent, isEmpty, isFilled, items, number, type Place, text, textOr } from './field/place.ts';
import { duplicates, forbidden, invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';
import { validateLabels } from './field/selectors.ts';
import { protocols } from './pod/ports.ts';

/** validateService (pkg/apis/core/validation/validation.go). */
export const validateService = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const type = textOr(field(spec, 'type'), 'ClusterIP');
  yield* oneOf(field(spec, 'type'), ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
  yield* validateLabels(field(spec, 'selector'));
  yield* validatePorts(spec, type);
  if (type === 'ExternalName') yield* validateExternalName(spec);
  else yield* validateAddresses(spec, type);
  yield* validateSessionAffinity(spec);
  yield* validateLoadBalancer(spec, type);
};

const isHeadless = (spec: Place): boolean =>
  text(field(spec, 'clusterIP')) === 'None' || text(items(field(spec, 'clusterIPs'))[0] ?? spec) === 'None';

const validatePorts = function* (spec: Place, type: string | undefined): Refusals {
  const list = field(spec, 'ports');
  const ports = items(list);
  const isKnown = type !== undefined && field(spec, 'clusterIP').node?.type !== 'unknown';
  if (isEmpty(list) && isKnown && type !== 'ExternalName' && !isHeadless(spec)) yield missing(list);
  for (const port of ports) {
    const name = field(port, 'name');
    if (isEmpty(name) && ports.length > 1) yield missing(name, ', since the Service has several ports');
    yield* dnsLabel(name);
    if (isAbsent(field(port, 'port'))) yield missing(field(port, 'port'));
    yield* portNumber(field(port, 'port'));
    yield* oneOf(field(port, 'protocol'), protocols);
    if (number(field(port, 'targetPort')) !== 0 && text(field(port, 'targetPort')) !== '')
      yield* portNumberOrName(field(port, 'targetPort'));
    yield* qualifiedName(field(port, 'appProtocol'));
    if (type === 'ClusterIP' && number(field(port, 'nodePort')))
      yield invalid(field(port, 'nodePort'), 'may not be set in a Service of type ClusterIP');
  }
  yield* duplicates(
    ports,
    (port) => text(field(port, 'name')) || undefined,
    (port) => field(port, 'name'),
  );
  yield* duplicates(ports, (port) => keyOf(port, 'port'));
  yield* duplicates(
    ports,
    (port) => keyOf(port, 'nodePort'),
    (port) => field(port, 'nodePort'),
  );
};

const keyOf = (port: Place, name: 'port' | 'nodePort'): string | undefined => {
  const [protocol, value] = [textOr(field(port, 'protocol'), 'TCP'), number(field(port, name))];
  return protocol === undefined || !value ? undefined : `${protocol} ${value}`;
};

const validateExternalName = function* (spec: Place): Refusals {
  const name = field(spec, 'externalName');
  yield* required(name);
  if (text(name)?.endsWith('.') !== true) yield* dnsSubdomain(name);
  for (const other of ['ipFamilies', 'ipFamilyPolicy']) yield* forbidden(field(spec, other), 'in a Service of type ExternalName');
};

/** ValidateServiceClusterIPsRelatedFields, likewise. */
const validateAddresses = function* (spec: Place, type: string | undefined): Refusals {
  const [one, all, families] = [field(spec, 'clusterIP'), field(spec, 'clusterIPs'), field(spec, 'ipFamilies')];
  if (isHeadless(spec) && (type === 'LoadBalancer' || type === 'NodePort'))
    yield invalid(one, `may not be None in a Service of type ${type}`);
  for (const address of [one, ...items(all)]) if (text(address) !== 'None') yield* ipAddress(address);
  if (items(all).length > 2) yield invalid(all, 'must not have more than 2 items');
  for (const family of items(families)) yield* oneOf(family, ['IPv4', 'IPv6']);
  yield* duplicates(items(families), text);
  yield* oneOf(field(spec, 'ipFamilyPolicy'), ['SingleStack', 'PreferDualStack', 'RequireDualStack']);
  for (const address of items(field(spec, 'externalIPs'))) yield* ipAddress(address);
};

/** The config of a session that no client has is refused; what it lacks is filled in (SetDefaults_Service, pkg/apis/core/v1/defaults.go). */
const validateSessionAffinity = function* (spec: Place): Refusals {
  const affinity = field(spec, 'sessionAffinity');
  yield* oneOf(affinity, ['ClientIP', 'None']);
  // Without an affinity the server drops its settings before it looks at them.
  if (text(affinity) === 'ClientIP') yield* between(field(spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'), 1, 86400);
};

/** What only a load balancer, or what is reached from outside, has. */
const validateLoadBalancer = function* (spec: Place, type: string | undefined): Refusals {
  if (type === undefined) return;
  const external = field(spec, 'externalTrafficPolicy');
  if (type === 'ClusterIP' && isEmpty(field(spec, 'externalIPs')) && isFilled(external))
    yield invalid(external, 'may not be set in a Service of type ClusterIP');
  yield* oneOf(external, ['Cluster', 'Local']);
  yield* oneOf(field(spec, 'internalTrafficPolicy'), ['Cluster', 'Local']);
  for (const range of items(field(spec, 'loadBalancerSourceRanges'))) yield* cidr(range);
  yield* qualifiedName(field(spec, 'loadBalancerClass'));
  if (type === 'LoadBalancer') return;
  for (const name of ['allocateLoadBalancerNodePorts', 'loadBalancerClass'])
    yield* forbidden(field(spec, name), 'unless the type is LoadBalancer');
  if (isFilled(field(spec, 'loadBalancerSourceRanges')))
    yield* forbidden(field(spec, 'loadBalancerSourceRanges'), 'unless the type is LoadBalancer');
};
