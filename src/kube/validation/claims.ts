import { dnsSubdomain } from './field/formats.ts';
import { field, isAbsent, items, type Place, text, textOr } from './field/place.ts';
import { positiveQuantity } from './field/quantity.ts';
import { exactlyOneOf, invalid, missing, type Refusals, required } from './field/refusal.ts';
import { validateLabelSelector } from './field/selectors.ts';

/** ValidatePersistentVolumeClaimSpec (pkg/apis/core/validation/validation.go). */
export const validateClaimSpec = function* (spec: Place): Refusals {
  yield* validateAccessModes(field(spec, 'accessModes'));
  yield* validateLabelSelector(field(spec, 'selector'));
  const storage = field(spec, 'resources', 'requests', 'storage');
  if (isAbsent(storage)) yield missing(storage);
  yield* positiveQuantity(storage);
  yield* dnsSubdomain(field(spec, 'storageClassName'));
  yield* exactlyOneOf(field(spec, 'volumeMode'), ['Filesystem', 'Block']);
  yield* validateDataSource(field(spec, 'dataSourceRef'));
  if (isKept(field(spec, 'dataSource'))) yield* validateDataSource(field(spec, 'dataSource'));
};

/** A dataSource of any other kind is dropped (pkg/api/persistentvolumeclaim/util.go: EnforceDataSourceBackwardsCompatibility). */
const isKept = (source: Place): boolean => {
  const [group, kind] = [textOr(field(source, 'apiGroup'), ''), text(field(source, 'kind'))];
  return (group === '' && kind === 'PersistentVolumeClaim') || (group === 'snapshot.storage.k8s.io' && kind === 'VolumeSnapshot');
};

/** Of claims and of volumes, likewise. */
export const validateAccessModes = function* (modes: Place): Refusals {
  yield* required(modes);
  for (const mode of items(modes)) yield* exactlyOneOf(mode, ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod']);
  const known = items(modes).map(text);
  if (known.includes('ReadWriteOncePod') && known.some((mode) => mode !== undefined && mode !== 'ReadWriteOncePod')) {
    yield invalid(modes, 'may not have ReadWriteOncePod beside another');
  }
};

/** validateDataSourceRef, likewise. */
const validateDataSource = function* (source: Place): Refusals {
  if (isAbsent(source)) return;
  yield* required(field(source, 'name'));
  yield* required(field(source, 'kind'));
  const [group, kind] = [field(source, 'apiGroup'), text(field(source, 'kind'))];
  yield* dnsSubdomain(group);
  const isCore = isAbsent(group) || text(group) === '';
  if (isCore && kind && kind !== 'PersistentVolumeClaim')
    yield invalid(field(source, 'kind'), 'must be PersistentVolumeClaim where no apiGroup is given');
};
