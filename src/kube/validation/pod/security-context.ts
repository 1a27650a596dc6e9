import { between } from '../field/numbers.ts';
import { field, isOff, isOn, items, type Place, text } from '../field/place.ts';
import { forbidden, invalid, missing, oneOf, type Refusals, required } from '../field/refusal.ts';

/** ValidateSecurityContext (pkg/apis/core/validation/validation.go). */
export const validateSecurityContext = function* (context: Place): Refusals {
  yield* validateIds(context);
  yield* oneOf(field(context, 'procMount'), ['Default', 'Unmasked']);
  const escalation = field(context, 'allowPrivilegeEscalation');
  if (isOff(escalation) && isOn(field(context, 'privileged'))) yield invalid(escalation, 'may not be false in a privileged container');
};

/** validatePodSpecSecurityContext, likewise. */
export const validatePodSecurityContext = function* (context: Place, spec: Place): Refusals {
  yield* validateIds(context);
  yield* validateId(field(context, 'fsGroup'));
  for (const group of items(field(context, 'supplementalGroups'))) yield* validateId(group);
  yield* oneOf(field(context, 'fsGroupChangePolicy'), ['OnRootMismatch', 'Always']);
  yield* oneOf(field(context, 'supplementalGroupsPolicy'), ['Merge', 'Strict']);
  yield* validateSysctls(field(context, 'sysctls'));
  const sharing = field(spec, 'shareProcessNamespace');
  if (isOn(sharing) && isOn(field(spec, 'hostPID'))) yield invalid(sharing, 'may not be set beside hostPID');
};

const validateIds = function* (context: Place): Refusals {
  yield* validateId(field(context, 'runAsUser'));
  yield* validateId(field(context, 'runAsGroup'));
  for (const name of ['seccompProfile', 'appArmorProfile']) yield* validateProfile(field(context, name));
};

/** IsValidUserID, IsValidGroupID (k8s.io/apimachinery: pkg/util/validation). */
const validateId = (id: Place): Refusals => between(id, 0, 2 ** 31 - 1);

/** validateSeccompProfileField and ValidateAppArmorProfileField, likewise. */
const validateProfile = function* (profile: Place): Refusals {
  if (profile.node?.type !== 'map') return;
  const type = field(profile, 'type');
  const local = field(profile, 'localhostProfile');
  yield* required(type);
  yield* oneOf(type, ['Localhost', 'RuntimeDefault', 'Unconfined']);
  if (text(type) === 'Localhost') {
    if (local.node === undefined) yield missing(local, ' where the type is Localhost');
  } else if (text(type)) yield* forbidden(local, 'where the type is not Localhost');
};

/** validateSysctls, likewise. */
const validateSysctls = function* (sysctls: Place): Refusals {
  for (const sysctl of items(sysctls)) {
    const name = field(sysctl, 'name');
    yield* required(name);
    const known = text(name);
    if (known && (known.length > 253 || !/^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/.test(known))) {
      yield invalid(name, 'must be the name of a sysctl, such as net.core.somaxconn');
    }
  }
};
