import { dnsSubdomain, portNumber, versionLabel } from './field/formats.ts';
import { between } from './field/numbers.ts';
import { field, isAbsent, isFilled, isOn, number, type Place, textOr } from './field/place.ts';
import { invalid, missing, type Refusals, required } from './field/refusal.ts';

/** ValidateAPIService (k8s.io/kube-aggregator: pkg/apis/apiregistration/validation, validation.go). */
export const validateApiService = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const [group, version, name] = [field(spec, 'group'), field(spec, 'version'), field(root, 'metadata', 'name')];
  const wanted = [textOr(version, ''), textOr(group, '')];
  const called = textOr(name, '');
  if (!wanted.includes(undefined) && called !== undefined && called !== wanted.join('.'))
    yield invalid(name, `must be ${wanted.join('.')}, the version and the group`);
  yield* dnsSubdomain(group);
  yield* required(version);
  yield* versionLabel(version);
  for (const [priority, most] of [
    ['groupPriorityMinimum', 20000],
    ['versionPriority', 1000],
  ] as const) {
    const place = field(spec, priority);
    if (isAbsent(place) || number(place) === 0) yield missing(place, `, 1 to ${most}`);
    else yield* between(place, 1, most);
  }
  yield* validateServing(spec);
};

const validateServing = function* (spec: Place): Refusals {
  const [service, bundle, skip] = [field(spec, 'service'), field(spec, 'caBundle'), field(spec, 'insecureSkipTLSVerify')];
  if (isAbsent(service)) {
    if (isOn(skip)) yield invalid(skip, 'may not be true without a service');
    if (isFilled(bundle)) yield invalid(bundle, 'may not be set without a service');
    return;
  }
  for (const name of ['namespace', 'name']) yield* required(field(service, name));
  yield* portNumber(field(service, 'port'));
  if (isOn(skip) && isFilled(bundle)) yield invalid(skip, 'may not be true beside a caBundle');
};
