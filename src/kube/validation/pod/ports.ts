import { portName, portNumber } from '../field/formats.ts';
import { field, isEmpty, items, number, type Place, text, textOr } from '../field/place.ts';
import { duplicates, invalid, missing, oneOf, type Refusals } from '../field/refusal.ts';

/** validateContainerPorts (pkg/apis/core/validation/validation.go). */
export const validateContainerPorts = function* (ports: Place): Refusals {
  for (const port of items(ports)) {
    const containerPort = field(port, 'containerPort');
    yield* portName(field(port, 'name'));
    if (isEmpty(containerPort) || number(containerPort) === 0) yield missing(containerPort);
    else yield* portNumber(containerPort);
    if (number(field(port, 'hostPort')) !== 0) yield* portNumber(field(port, 'hostPort'));
    yield* oneOf(field(port, 'protocol'), protocols);
  }
  yield* duplicates(
    items(ports),
    (port) => text(field(port, 'name')) || undefined,
    (port) => field(port, 'name'),
  );
};

/** checkHostPortConflicts, likewise: of one list of containers. */
export const validateHostPorts = (containers: readonly Place[]): Refusals =>
  duplicates(
    containers.flatMap((container) => items(field(container, 'ports'))),
    (port) => {
      const [protocol, address, hostPort] = [
        textOr(field(port, 'protocol'), 'TCP'),
        textOr(field(port, 'hostIP'), ''),
        number(field(port, 'hostPort')),
      ];
      return protocol === undefined || address === undefined || !hostPort ? undefined : `${protocol}/${address}/${hostPort}`;
    },
    (port) => field(port, 'hostPort'),
  );

/** validatePodHostNetworkDeps, likewise. */
export const validateHostNetworkPorts = function* (containers: readonly Place[]): Refusals {
  for (const port of containers.flatMap((container) => items(field(container, 'ports')))) {
    const [hostPort, containerPort] = [number(field(port, 'hostPort')), number(field(port, 'containerPort'))];
    if (!hostPort || containerPort === undefined || hostPort === containerPort) continue;
    yield invalid(field(port, 'hostPort'), `must be ${containerPort} as its containerPort, since the pod uses the network of its node`);
  }
};

export const protocols: readonly string[] = ['TCP', 'UDP', 'SCTP'];
