import { dnsLabel, dnsSubdomain, ipAddress, isAddress, portNumber, qualifiedName } from './field/formats.ts';
import { field, isAbsent, isEmpty, items, type Place, text, textOr } from './field/place.ts';
import { duplicates, invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';
import { protocols } from './pod/ports.ts';

/** ValidateEndpoints (pkg/apis/core/validation/validation.go). */
export const validateEndpoints = function* (root: Place): Refusals {
  for (const subset of items(field(root, 'subsets'))) {
    const [ready, others, ports] = [field(subset, 'addresses'), field(subset, 'notReadyAddresses'), items(field(subset, 'ports'))];
    if (isEmpty(ready) && isEmpty(others)) yield missing(subset, ', with addresses or notReadyAddresses');
    for (const address of [...items(ready), ...items(others)]) {
      yield* required(field(address, 'ip'));
      yield* endpointAddress(field(address, 'ip'));
      yield* dnsLabel(field(address, 'hostname'));
      yield* dnsSubdomain(field(address, 'nodeName'));
    }
    for (const port of ports) {
      if (ports.length > 1) yield* required(field(port, 'name'), ', since there are several ports');
      if (isAbsent(field(port, 'port'))) yield missing(field(port, 'port'));
      yield* validatePort(port);
    }
  }
};

const validatePort = function* (port: Place): Refusals {
  yield* dnsLabel(field(port, 'name'));
  yield* portNumber(field(port, 'port'));
  yield* oneOf(field(port, 'protocol'), protocols);
  yield* qualifiedName(field(port, 'appProtocol'));
};

/** ValidateEndpointIP, likewise. */
const endpointAddress = function* (address: Place): Refusals {
  yield* ipAddress(address);
  const written = text(address) ?? '';
  if (isAddress(written) && /^(0\.0\.0\.0$|127\.|169\.254\.|224\.0\.0\.|::1?$|fe[89ab])/i.test(written)) {
    yield invalid(address, `must be an address that other machines reach; it is ${written}`);
  }
};

/** ValidateEndpointSlice (pkg/apis/discovery/validation/validation.go). */
export const validateEndpointSlice = function* (root: Place): Refusals {
  const type = field(root, 'addressType');
  yield* required(type);
  yield* oneOf(type, ['IPv4', 'IPv6', 'FQDN']);
  for (const port of items(field(root, 'ports'))) yield* validateSlicePort(port);
  yield* duplicates(
    items(field(root, 'ports')),
    (port) => textOr(field(port, 'name'), ''),
    (port) => field(port, 'name'),
  );
  for (const endpoint of items(field(root, 'endpoints'))) {
    const addresses = field(endpoint, 'addresses');
    yield* required(addresses);
    for (const address of items(addresses)) yield* sliceAddress(address, text(type));
    yield* dnsLabel(field(endpoint, 'hostname'));
    yield* dnsSubdomain(field(endpoint, 'nodeName'));
  }
};

const validateSlicePort = function* (port: Place): Refusals {
  yield* dnsLabel(field(port, 'name'));
  yield* oneOf(field(port, 'protocol'), protocols);
  yield* qualifiedName(field(port, 'appProtocol'));
};

const sliceAddress = function* (address: Place, type: string | undefined): Refusals {
  if (type !== 'IPv4' && type !== 'IPv6') return;
  yield* endpointAddress(address);
  const written = text(address) ?? '';
  if (isAddress(written) && written.includes(':') !== (type === 'IPv6')) yield invalid(address, `must be of the type ${type}`);
};
