import { dnsLabel } from '../field/formats.ts';
import { field, isAbsent, items, type Place, text } from '../field/place.ts';
import { duplicates, forbidden, oneOf, type Refusals, required } from '../field/refusal.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { gracePeriodOf, probes, validateLifecycle, validateProbes } from './handlers.ts';
import { validateContainerPorts, validateHostPorts } from './ports.ts';
import { validateResources } from './resources.ts';
import { validateSecurityContext } from './security-context.ts';
import { type MountableVolumes, validateMounts } from './volumes.ts';

/** validateContainers and validateInitContainers (pkg/apis/core/validation/validation.go). */
export const validateContainers = function* (spec: Place, volumes: MountableVolumes): Refusals {
  const [containers, initContainers] = [field(spec, 'containers'), field(spec, 'initContainers')];
  yield* required(containers);
  const gracePeriod = gracePeriodOf(spec);
  for (const container of items(containers)) {
    yield* validateContainer(container, volumes);
    yield* validateLifecycle(field(container, 'lifecycle'), gracePeriod);
    yield* validateProbes(container);
  }
  for (const container of items(initContainers)) {
    yield* validateContainer(container, volumes);
    yield* validateHostPorts([container]);
    if (isSidecar(container)) {
      yield* validateLifecycle(field(container, 'lifecycle'), gracePeriod);
      yield* validateProbes(container);
    } else if (endsBeforeTheOthers(container)) {
      for (const name of ['lifecycle', ...probes])
        yield* forbidden(field(container, name), 'in an init container that does not restart always');
    }
  }
  yield* validateHostPorts(items(containers));
  yield* duplicates(
    [...items(containers), ...items(initContainers)],
    (container) => text(field(container, 'name')) || undefined,
    (container) => field(container, 'name'),
  );
};

const isSidecar = (container: Place): boolean => text(field(container, 'restartPolicy')) === 'Always';

const endsBeforeTheOthers = (container: Place): boolean => {
  const policy = field(container, 'restartPolicy');
  return isAbsent(policy) || (text(policy) !== undefined && !isSidecar(container));
};

/** validateContainerCommon, likewise. */
const validateContainer = function* (container: Place, volumes: MountableVolumes): Refusals {
  yield* required(field(container, 'name'));
  yield* dnsLabel(field(container, 'name'));
  yield* required(field(container, 'image'));
  yield* oneOf(field(container, 'imagePullPolicy'), ['Always', 'IfNotPresent', 'Never']);
  yield* oneOf(field(container, 'terminationMessagePolicy'), ['File', 'FallbackToLogsOnError']);
  yield* oneOf(field(container, 'restartPolicy'), ['Always', 'OnFailure', 'Never']);
  yield* validateContainerPorts(field(container, 'ports'));
  yield* validateEnv(field(container, 'env'));
  yield* validateEnvFrom(field(container, 'envFrom'));
  yield* validateMounts(container, volumes);
  yield* validateResources(field(container, 'resources'));
  yield* validateSecurityContext(field(container, 'securityContext'));
  for (const policy of items(field(container, 'resizePolicy'))) {
    yield* required(field(policy, 'resourceName'));
    yield* oneOf(field(policy, 'resourceName'), ['cpu', 'memory']);
    yield* oneOf(field(policy, 'restartPolicy'), ['NotRequired', 'RestartContainer']);
  }
};
