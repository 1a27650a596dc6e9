import { validateClaimSpec } from '../claims.ts';
import { absolutePath, descendingPath, dnsLabel, driverName, pathWithoutBacksteps } from '../field/formats.ts';
import { between } from '../field/numbers.ts';
import { field, isAbsent, isOn, isPresent, items, type Place, text } from '../field/place.ts';
import { nonNegativeQuantity } from '../field/quantity.ts';
import { duplicates, invalid, missing, oneOf, type Refusals, required, unmatched } from '../field/refusal.ts';
import { fieldsOfVolumes, validateFieldReference, validateResourceReference } from './env.ts';

/** ValidateVolumes (pkg/apis/core/validation/validation.go). */
export const validateVolumes = function* (volumes: Place): Refusals {
  for (const volume of items(volumes)) {
    yield* required(field(volume, 'name'));
    yield* dnsLabel(field(volume, 'name'));
    yield* validateVolumeSource(volume);
  }
  yield* duplicates(
    items(volumes),
    (volume) => text(field(volume, 'name')) || undefined,
    (volume) => field(volume, 'name'),
  );
};

/** validateVolumeSource, likewise. A volume with nothing but its name is an emptyDir (SetDefaults_Volume, pkg/apis/core/v1/defaults.go). */
const validateVolumeSource = function* (volume: Place): Refusals {
  if (volume.node?.type !== 'map') return;
  const given = sourcesIn(volume);
  for (const second of given.slice(1)) yield invalid(second, `may not be set beside ${given[0]?.key}: a volume is of one type`);
  const [first] = given;
  if (first) yield* validateSource(first);
};

/** How the source of a volume is validated, and what must be in it. */
const needs =
  (...names: readonly string[]) =>
  (source: Place): Refusals =>
    names.flatMap((name) => [...required(field(source, name))]);

const validateHostPath = function* (source: Place): Refusals {
  yield* required(field(source, 'path'));
  yield* pathWithoutBacksteps(field(source, 'path'));
  yield* oneOf(field(source, 'type'), [
    '',
    'DirectoryOrCreate',
    'Directory',
    'FileOrCreate',
    'File',
    'Socket',
    'CharDevice',
    'BlockDevice',
  ]);
};

const fileMode = (place: Place): Refusals => between(place, 0, 0o777);

/** validateKeyToPath, likewise. */
const validateKeys = function* (keys: Place): Refusals {
  for (const item of items(keys)) {
    yield* required(field(item, 'key'));
    yield* required(field(item, 'path'));
    yield* localPath(field(item, 'path'));
    yield* fileMode(field(item, 'mode'));
  }
};

/** ValidateLocalNonReservedPath, likewise. */
const localPath = function* (path: Place): Refusals {
  yield* descendingPath(path);
  if (/^\.\.(?!\/|$)/.test(text(path) ?? '')) yield invalid(path, 'must not begin with ".."');
};

/** validateSecretVolumeSource, validateConfigMapVolumeSource, likewise. */
const keyed =
  (name: string) =>
  (source: Place): Refusals => [
    ...required(field(source, name)),
    ...fileMode(field(source, 'defaultMode')),
    ...validateKeys(field(source, 'items')),
  ];

/** validateDownwardAPIVolumeSource, likewise. */
const validateDownward = function* (source: Place): Refusals {
  yield* fileMode(field(source, 'defaultMode'));
  for (const item of items(field(source, 'items'))) {
    yield* required(field(item, 'path'));
    yield* localPath(field(item, 'path'));
    yield* fileMode(field(item, 'mode'));
    const [ofField, ofResource] = [field(item, 'fieldRef'), field(item, 'resourceFieldRef')];
    if (isPresent(ofField) && isPresent(ofResource)) yield invalid(item, 'may have only one of fieldRef and resourceFieldRef');
    if (isAbsent(ofField) && isAbsent(ofResource)) yield missing(item, ': one of fieldRef or resourceFieldRef');
    yield* validateFieldReference(ofField, fieldsOfVolumes);
    yield* validateResourceReference(ofResource, 'volume');
  }
};

/** validateProjectionSources, likewise. */
const validateProjected = function* (source: Place): Refusals {
  yield* fileMode(field(source, 'defaultMode'));
  for (const projection of items(field(source, 'sources'))) {
    if (projection.node?.type !== 'map') continue;
    const given = projections.map((name) => field(projection, name)).filter(isPresent);
    for (const second of given.slice(1)) yield invalid(second, `may not be set beside ${given[0]?.key}: a source is of one type`);
    for (const name of ['secret', 'configMap']) if (isPresent(field(projection, name))) yield* keyed('name')(field(projection, name));
    yield* validateDownward(field(projection, 'downwardAPI'));
    const token = field(projection, 'serviceAccountToken');
    if (isPresent(token)) {
      yield* required(field(token, 'path'));
      yield* localPath(field(token, 'path'));
      yield* between(field(token, 'expirationSeconds'), 600, 2 ** 32);
    }
  }
};

const projections: readonly string[] = [
  'secret',
  'configMap',
  'downwardAPI',
  'serviceAccountToken',
  'clusterTrustBundle',
  'podCertificate',
];

const validateNfs = (source: Place): Refusals => [...needs('server', 'path')(source), ...absolutePath(field(source, 'path'))];

const validateEphemeral = function* (source: Place): Refusals {
  const template = field(source, 'volumeClaimTemplate');
  if (isAbsent(template)) yield missing(template);
  else yield* validateClaimSpec(field(template, 'spec'));
};

/** Of volumes and of PersistentVolumes, in the order in which the API server looks for them: of two it blames the later one. */
const sourceTypes: ReadonlyMap<string, (source: Place) => Refusals> = new Map<string, (source: Place) => Refusals>([
  ['emptyDir', (source) => nonNegativeQuantity(field(source, 'sizeLimit'))],
  ['hostPath', validateHostPath],
  ['gitRepo', needs('repository')],
  ['gcePersistentDisk', needs('pdName')],
  ['awsElasticBlockStore', needs('volumeID')],
  ['secret', keyed('secretName')],
  ['nfs', validateNfs],
  ['iscsi', needs('targetPortal', 'iqn')],
  ['glusterfs', needs('endpoints', 'path')],
  ['persistentVolumeClaim', needs('claimName')],
  ['rbd', needs('monitors', 'image')],
  ['cinder', needs('volumeID')],
  ['cephfs', needs('monitors')],
  ['flocker', () => []],
  ['downwardAPI', validateDownward],
  ['fc', () => []],
  ['flexVolume', needs('driver')],
  ['configMap', keyed('name')],
  ['azureFile', needs('secretName', 'shareName')],
  ['vsphereVolume', needs('volumePath')],
  ['quobyte', needs('registry', 'volume')],
  ['azureDisk', needs('diskName', 'diskURI')],
  ['photonPersistentDisk', needs('pdID')],
  ['portworxVolume', needs('volumeID')],
  ['projected', validateProjected],
  ['scaleIO', needs('gateway', 'system', 'volumeName')],
  ['local', needs('path')],
  ['storageos', () => []],
  ['csi', (source) => [...needs('driver')(source), ...driverName(field(source, 'driver'))]],
  ['ephemeral', validateEphemeral],
  ['image', () => []],
]);

/** What a PersistentVolume or a pod may have as the source of a volume, of those that stand there. */
export const sourcesIn = (place: Place): readonly Place[] => [...sourceTypes.keys()].map((name) => field(place, name)).filter(isPresent);

/** Whether a PersistentVolume certainly has no source. */
export const isWithoutSource = (place: Place): boolean => [...sourceTypes.keys()].every((name) => isAbsent(field(place, name)));

export const validateSource = (source: Place): Refusals => sourceTypes.get(String(source.key))?.(source) ?? [];

export interface MountableVolumes {
  readonly names: ReadonlySet<string>;
  /** Whether these are all: a name that is not known may be any. */
  readonly areAll: boolean;
}

/**
 * The names that a container can mount.
 *
 * @param claims the templates of the claims that a StatefulSet makes
 */
export const volumesOf = (volumes: Place, claims?: Place): MountableVolumes => {
  const claimed = claims ? items(claims).map((claim) => field(claim, 'metadata', 'name')) : [];
  const all = [...items(volumes).map((volume) => field(volume, 'name')), ...claimed];
  const names = all.flatMap((name) => text(name) ?? []);
  const isList = (place: Place): boolean => isAbsent(place) || place.node?.type === 'list';
  return { names: new Set(names), areAll: names.length === all.length && isList(volumes) && (!claims || isList(claims)) };
};

/** ValidateVolumeMounts and ValidateVolumeDevices, likewise. */
export const validateMounts = function* (container: Place, volumes: MountableVolumes): Refusals {
  const mounts = items(field(container, 'volumeMounts'));
  const devices = items(field(container, 'volumeDevices'));
  for (const mount of [...mounts, ...devices]) {
    const name = field(mount, 'name');
    yield* required(name);
    const wanted = text(name);
    if (wanted && volumes.areAll && !volumes.names.has(wanted))
      yield unmatched(name, `is ${JSON.stringify(wanted)}, and the pod has no volume of that name`);
  }
  for (const mount of mounts) yield* validateMount(mount, container);
  for (const device of devices) {
    yield* required(field(device, 'devicePath'));
    yield* pathWithoutBacksteps(field(device, 'devicePath'));
  }
  for (const [places, path] of [
    [mounts, 'mountPath'],
    [devices, 'devicePath'],
  ] as const) {
    yield* duplicates(
      places,
      (place) => text(field(place, path)) || undefined,
      (place) => field(place, path),
    );
  }
};

const validateMount = function* (mount: Place, container: Place): Refusals {
  yield* required(field(mount, 'mountPath'));
  yield* descendingPath(field(mount, 'subPath'));
  yield* descendingPath(field(mount, 'subPathExpr'));
  if (text(field(mount, 'subPath')) && text(field(mount, 'subPathExpr')))
    yield invalid(field(mount, 'subPathExpr'), 'may not be set beside subPath');
  const propagation = field(mount, 'mountPropagation');
  yield* oneOf(propagation, ['None', 'HostToContainer', 'Bidirectional']);
  const privileged = field(container, 'securityContext', 'privileged');
  if (text(propagation) === 'Bidirectional' && privileged.node?.type !== 'unknown' && !isOn(privileged)) {
    yield invalid(propagation, 'may be Bidirectional in privileged containers only');
  }
  yield* oneOf(field(mount, 'recursiveReadOnly'), ['Disabled', 'IfPossible', 'Enabled']);
};
