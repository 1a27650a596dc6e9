import { dnsLabel, dnsSubdomain, ipAddress, qualifiedName, searchDomain } from '../field/formats.ts';
import { between } from '../field/numbers.ts';
import { field, isEmpty, isFilled, isOn, items, type Place, text } from '../field/place.ts';
import { exactlyOneOf, forbidden, invalid, missing, oneOf, type Refusals, required } from '../field/refusal.ts';
import { validateLabels } from '../field/selectors.ts';
import { validateContainers } from './container.ts';
import { validateHostNetworkPorts } from './ports.ts';
import { validateAffinity, validateTolerations, validateTopologySpread } from './scheduling.ts';
import { validatePodSecurityContext } from './security-context.ts';
import { validateVolumes, volumesOf } from './volumes.ts';

export interface PodContext {
  /** The templates of the claims that a StatefulSet makes for the pod. */
  readonly claims?: Place;
  /** A StatefulSet writes these names itself. */
  readonly isNamedByOwner?: boolean;
}

/** ValidatePodTemplateSpec (pkg/apis/core/validation/validation.go). */
export const validatePodTemplate = function* (template: Place, context: PodContext = {}): Refusals {
  yield* validateLabels(field(template, 'metadata', 'labels'));
  yield* validatePodSpec(field(template, 'spec'), context);
  if (isFilled(field(template, 'spec', 'ephemeralContainers')))
    yield* forbidden(field(template, 'spec', 'ephemeralContainers'), 'in the template of a pod');
};

/** ValidatePodSpec, likewise. */
export const validatePodSpec = function* (spec: Place, { claims, isNamedByOwner = false }: PodContext = {}): Refusals {
  const volumes = field(spec, 'volumes');
  yield* validateVolumes(volumes);
  yield* validateContainers(spec, volumesOf(volumes, claims));
  if (isOn(field(spec, 'hostNetwork'))) yield* validateHostNetworkPorts(items(field(spec, 'containers')));
  yield* oneOf(field(spec, 'restartPolicy'), ['Always', 'OnFailure', 'Never']);
  yield* validateLabels(field(spec, 'nodeSelector'));
  yield* validatePodSecurityContext(field(spec, 'securityContext'), spec);
  yield* validateAffinity(field(spec, 'affinity'));
  yield* validateTolerations(field(spec, 'tolerations'));
  yield* validateTopologySpread(field(spec, 'topologySpreadConstraints'));
  yield* validateDns(spec);
  yield* validateNames(spec, isNamedByOwner);
  yield* between(field(spec, 'activeDeadlineSeconds'), 1, 2 ** 31 - 1);
  yield* exactlyOneOf(field(spec, 'preemptionPolicy'), ['PreemptLowerPriority', 'Never']);
  for (const gate of items(field(spec, 'readinessGates'))) {
    yield* required(field(gate, 'conditionType'));
    yield* qualifiedName(field(gate, 'conditionType'));
  }
  yield* validateHostUsers(spec);
};

const validateNames = function* (spec: Place, isNamedByOwner: boolean): Refusals {
  for (const name of ['serviceAccountName', 'nodeName', 'priorityClassName', 'runtimeClassName']) yield* dnsSubdomain(field(spec, name));
  const [account, deprecated] = [text(field(spec, 'serviceAccountName')), text(field(spec, 'serviceAccount'))];
  if (account && deprecated && account !== deprecated)
    yield invalid(field(spec, 'serviceAccount'), 'must be the same as serviceAccountName');
  if (!isNamedByOwner) for (const name of ['hostname', 'subdomain']) yield* dnsLabel(field(spec, name));
  for (const alias of items(field(spec, 'hostAliases'))) {
    yield* required(field(alias, 'ip'));
    yield* ipAddress(field(alias, 'ip'));
    for (const host of items(field(alias, 'hostnames'))) yield* dnsSubdomain(host);
  }
};

/** validateDNSPolicy and validatePodDNSConfig, likewise. */
const validateDns = function* (spec: Place): Refusals {
  const [policy, config] = [field(spec, 'dnsPolicy'), field(spec, 'dnsConfig')];
  yield* oneOf(policy, ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']);
  const servers = field(config, 'nameservers');
  if (text(policy) === 'None' && isEmpty(servers)) yield missing(servers, ' where dnsPolicy is None');
  if (items(servers).length > 3) yield invalid(servers, 'must not have more than 3 items');
  for (const server of items(servers)) yield* ipAddress(server);
  for (const domain of items(field(config, 'searches'))) yield* searchDomain(domain);
  if (items(field(config, 'searches')).length > 32) yield invalid(field(config, 'searches'), 'must not have more than 32 items');
  for (const option of items(field(config, 'options'))) yield* required(field(option, 'name'));
};

/** validateHostUsers, likewise. */
const validateHostUsers = function* (spec: Place): Refusals {
  const users = field(spec, 'hostUsers');
  if (users.node?.type !== 'scalar' || users.node.value !== false) return;
  for (const name of ['hostPID', 'hostIPC'])
    if (isOn(field(spec, name))) yield invalid(field(spec, name), 'may not be set where hostUsers is false');
};
