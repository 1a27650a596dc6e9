import { headerName, portName, portNumber, portNumberOrName } from '../field/formats.ts';
import { nonNegative, positive } from '../field/numbers.ts';
import { field, isAbsent, isPresent, items, number, numberOr, type Place, text } from '../field/place.ts';
import { forbidden, invalid, missing, oneOf, type Refusals, required } from '../field/refusal.ts';

/** validateLivenessProbe, validateReadinessProbe and validateStartupProbe (pkg/apis/core/validation/validation.go). */
export const validateProbes = function* (container: Place): Refusals {
  for (const name of probes) {
    const probe = field(container, name);
    if (isAbsent(probe)) continue;
    yield* validateProbe(probe);
    const successes = field(probe, 'successThreshold');
    if (name !== 'readinessProbe' && (number(successes) ?? 0) > 1) yield invalid(successes, 'must be 1');
    if (name === 'readinessProbe') yield* forbidden(field(probe, 'terminationGracePeriodSeconds'), 'in a readiness probe');
  }
};

export const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

/** validateProbe, likewise. What is 0 has a default, where it has one. */
const validateProbe = function* (probe: Place): Refusals {
  yield* validateHandler(probe, ['exec', 'httpGet', 'tcpSocket', 'grpc']);
  for (const name of ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold']) {
    yield* nonNegative(field(probe, name));
  }
  yield* positive(field(probe, 'terminationGracePeriodSeconds'));
};

/** validateLifecycle, likewise. */
export const validateLifecycle = function* (lifecycle: Place, gracePeriod: number | undefined): Refusals {
  for (const moment of ['postStart', 'preStop']) {
    const handler = field(lifecycle, moment);
    if (isAbsent(handler)) continue;
    yield* validateHandler(handler, ['exec', 'httpGet', 'tcpSocket', 'sleep']);
    const seconds = number(field(handler, 'sleep', 'seconds'));
    if (seconds === undefined || gracePeriod === undefined || (seconds >= 0 && seconds <= gracePeriod)) continue;
    yield invalid(
      field(handler, 'sleep', 'seconds'),
      `must be 0 to ${gracePeriod}, the terminationGracePeriodSeconds of the pod; it is ${seconds}`,
    );
  }
};

/** terminationGracePeriodSeconds of a pod, with its default. */
export const gracePeriodOf = (spec: Place): number | undefined => numberOr(field(spec, 'terminationGracePeriodSeconds'), 30);

/** validateHandler, likewise: the first of two is the one that counts. */
const validateHandler = function* (handler: Place, types: readonly string[]): Refusals {
  const all = types.map((type) => field(handler, type));
  const given = all.filter(isPresent);
  if (all.every(isAbsent)) yield missing(handler, `: one of ${types.join(', ')}`);
  for (const second of given.slice(1)) yield invalid(second, `may not be set beside ${given[0]?.key}: a handler is of one type`);
  const [first] = given;
  if (!first) return;
  if (first.key === 'exec') yield* required(field(first, 'command'));
  if (first.key === 'httpGet') yield* validateHttpGet(first);
  if (first.key === 'tcpSocket') yield* validatePort(field(first, 'port'));
  if (first.key === 'grpc') yield* validateNumber(field(first, 'port'));
};

/** validateHTTPGetAction, likewise; the path is "/" where none is written. */
const validateHttpGet = function* (get: Place): Refusals {
  yield* validatePort(field(get, 'port'));
  yield* oneOf(field(get, 'scheme'), ['HTTP', 'HTTPS']);
  for (const header of items(field(get, 'httpHeaders'))) {
    yield* required(field(header, 'name'));
    yield* headerName(field(header, 'name'));
  }
};

const validatePort = function* (port: Place): Refusals {
  if (isAbsent(port)) yield missing(port);
  else if (text(port) === '') yield invalid(port, 'must be a number or the name of a port');
  else yield* portNumberOrName(port);
};

const validateNumber = (port: Place): Refusals => (isAbsent(port) ? [missing(port)] : [...portNumber(port), ...portName(port)]);
