import { validateAccessModes } from './claims.ts';
import { dnsSubdomain, driverName, qualifiedName } from './field/formats.ts';
import { entries, field, isAbsent, isEmpty, isPresent, items, type Place, text } from './field/place.ts';
import { positiveQuantity } from './field/quantity.ts';
import { duplicates, exactlyOneOf, invalid, missing, oneOf, type Refusals, required } from './field/refusal.ts';
import { validateNodeSelector } from './pod/scheduling.ts';
import { isWithoutSource, sourcesIn, validateSource } from './pod/volumes.ts';

/** ValidatePersistentVolumeSpec (pkg/apis/core/validation/validation.go). */
export const validatePersistentVolume = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  const capacity = field(spec, 'capacity');
  yield* validateAccessModes(field(spec, 'accessModes'));
  yield* required(capacity);
  for (const amount of entries(capacity)) {
    if (amount.key !== 'storage') yield invalid(amount, 'may not be there: the capacity of a volume is of storage alone');
    yield* positiveQuantity(amount);
  }
  yield* oneOf(field(spec, 'persistentVolumeReclaimPolicy'), ['Retain', 'Delete', 'Recycle']);
  yield* validateVolumeOf(spec);
  yield* dnsSubdomain(field(spec, 'storageClassName'));
  yield* exactlyOneOf(field(spec, 'volumeMode'), ['Filesystem', 'Block']);
};

const validateVolumeOf = function* (spec: Place): Refusals {
  const sources = sourcesIn(spec);
  const affinity = field(spec, 'nodeAffinity', 'required');
  const [first] = sources;
  if (isPresent(affinity)) yield* validateNodeSelector(affinity);
  else if (isPresent(field(spec, 'nodeAffinity')) && isAbsent(affinity)) yield missing(affinity);
  if (isWithoutSource(spec)) yield missing(spec, ': a volume of one type, such as csi or nfs');
  for (const second of sources.slice(1)) yield invalid(second, `may not be set beside ${first?.key}: a volume is of one type`);
  if (!first) return;
  yield* validateSource(first);
  if (first.key === 'local' && isAbsent(affinity)) yield missing(affinity, ' for a local volume');
  if (first.key === 'csi') yield* required(field(first, 'volumeHandle'));
};

/** ValidateStorageClass (pkg/apis/storage/validation/validation.go). */
export const validateStorageClass = function* (root: Place): Refusals {
  const provisioner = field(root, 'provisioner');
  yield* required(provisioner);
  if (text(provisioner) === text(provisioner)?.toLowerCase()) yield* qualifiedName(provisioner);
  yield* oneOf(field(root, 'reclaimPolicy'), ['Delete', 'Retain']);
  yield* oneOf(field(root, 'volumeBindingMode'), ['Immediate', 'WaitForFirstConsumer']);
  for (const term of items(field(root, 'allowedTopologies'))) {
    yield* required(field(term, 'matchLabelExpressions'));
    yield* duplicates(
      items(field(term, 'matchLabelExpressions')),
      (expression) => text(field(expression, 'key')),
      (expression) => field(expression, 'key'),
    );
    for (const expression of items(field(term, 'matchLabelExpressions'))) {
      yield* required(field(expression, 'values'));
      yield* required(field(expression, 'key'));
      yield* qualifiedName(field(expression, 'key'));
      yield* duplicates(items(field(expression, 'values')), text);
    }
  }
};

/** ValidateVolumeAttachment, likewise. */
export const validateVolumeAttachment = function* (root: Place): Refusals {
  const source = field(root, 'spec', 'source');
  yield* required(field(root, 'spec', 'attacher'));
  yield* driverName(field(root, 'spec', 'attacher'));
  yield* required(field(root, 'spec', 'nodeName'));
  yield* dnsSubdomain(field(root, 'spec', 'nodeName'));
  const [name, inline] = [field(source, 'persistentVolumeName'), field(source, 'inlineVolumeSpec')];
  if (isAbsent(name) && isAbsent(inline)) yield missing(source, ': persistentVolumeName or inlineVolumeSpec');
  else if (isPresent(name) && isPresent(inline)) yield invalid(source, 'may have only one of persistentVolumeName and inlineVolumeSpec');
  else if (isPresent(name)) {
    yield* required(name);
    yield* dnsSubdomain(name);
  }
};

/** ValidateCSIDriver, likewise. */
export const validateCsiDriver = function* (root: Place): Refusals {
  const spec = field(root, 'spec');
  for (const mode of items(field(spec, 'volumeLifecycleModes'))) yield* oneOf(mode, ['Persistent', 'Ephemeral']);
  yield* oneOf(field(spec, 'fsGroupPolicy'), ['ReadWriteOnceWithFSType', 'File', 'None']);
  const requests = items(field(spec, 'tokenRequests'));
  yield* duplicates(
    requests,
    (request) => (isEmpty(field(request, 'audience')) ? '' : text(field(request, 'audience'))),
    (request) => field(request, 'audience'),
  );
  for (const request of requests) {
    const seconds = field(request, 'expirationSeconds');
    if (seconds.node?.type === 'scalar' && typeof seconds.node.value === 'number' && seconds.node.value < 600)
      yield invalid(seconds, 'must be at least 600');
  }
};
