import { type FluxMinor, isBefore, type Minor } from './minor.ts';

/** When Flux serves which version of its APIs, and what changes for an object that moves to the newest. Kubernetes says the same of its own: `kubernetes/served-kinds.ts`. */

export interface ServedVersion {
  readonly version: string;
  /** The oldest minor that is known here also stands for all that came before. */
  readonly since: Minor;
  readonly deprecatedIn?: Minor;
  /** From this minor on the API server does not know it: nothing with it can be applied. */
  readonly removedIn?: Minor;
  /** All that it can hold has the same place and type in the newest version. */
  readonly isWithinNewest?: boolean;
}

/** A field that newer versions do not have. `*` in the path stands for every item of a list. */
export type LostField =
  | { readonly type: 'dropped'; readonly path: readonly string[] }
  /** Its value becomes the only item of the list `by`, beside it. */
  | { readonly type: 'listed'; readonly path: readonly string[]; readonly by: string }
  /** Its patches become entries of the list `by`, beside it. */
  | { readonly type: 'merged'; readonly path: readonly string[]; readonly by: string };

export interface ServedKind {
  /** Whose minors count. */
  readonly product: 'Flux' | 'Kubernetes';
  readonly group: string;
  readonly kind: string;
  /** The newest first. */
  readonly versions: readonly ServedVersion[];
  /** What an older version has and the newest has not. */
  readonly lost: readonly LostField[];
}

export const servedKind = (group: string, kind: string): ServedKind | undefined => kinds.get(`${group}/${kind}`);

/** The newest Flux that is known here. */
export const newestMinor: FluxMinor = '2.9';

/** Every kind of Flux and the Flux Operator. */
export const servedKinds = (): readonly ServedKind[] => table;

export const servedVersion = (apiVersion: string, kind: string): ServedVersion | undefined => {
  const [group = '', version] = apiVersion.split('/');
  return servedKind(group, kind)?.versions.find((served) => served.version === version);
};

/** `helm.toolkit.fluxcd.io/v2` */
export const apiVersionOf = ({ group }: ServedKind, { version }: ServedVersion): string => (group === '' ? version : `${group}/${version}`);

export const isServed = ({ since, removedIn }: ServedVersion, minor: Minor): boolean =>
  !isBefore(minor, since) && (removedIn === undefined || isBefore(minor, removedIn));

/** The newest version that a minor serves; that of the newest minor where it is unknown. */
export const newestServed = ({ versions }: ServedKind, minor?: Minor): ServedVersion | undefined =>
  minor === undefined ? versions[0] : versions.find((version) => isServed(version, minor));

const current = (version: string, since: FluxMinor): ServedVersion => ({ version, since });

const old = (version: string, deprecatedIn: FluxMinor, removedIn: FluxMinor, since: FluxMinor = '2.0'): ServedVersion => ({
  version,
  since,
  deprecatedIn,
  removedIn,
});

const oldPatches = (...path: readonly string[]): readonly LostField[] =>
  ['patchesStrategicMerge', 'patchesJson6902'].map((field) => ({ type: 'merged', path: [...path, field], by: 'patches' }));

const accessFrom: LostField = { type: 'dropped', path: ['spec', 'accessFrom'] };

const kustomize = 'kustomize.toolkit.fluxcd.io';
const source = 'source.toolkit.fluxcd.io';
const notification = 'notification.toolkit.fluxcd.io';
const image = 'image.toolkit.fluxcd.io';
const operator = 'fluxcd.controlplane.io';

const kindsOfFlux: readonly Omit<ServedKind, 'product'>[] = [
  {
    group: kustomize,
    kind: 'Kustomization',
    versions: [current('v1', '2.0'), old('v1beta2', '2.0', '2.8'), old('v1beta1', '2.0', '2.7')],
    lost: [{ type: 'dropped', path: ['spec', 'validation'] }, ...oldPatches('spec')],
  },
  {
    group: source,
    kind: 'GitRepository',
    versions: [current('v1', '2.0'), old('v1beta2', '2.0', '2.8'), old('v1beta1', '2.0', '2.7')],
    lost: [accessFrom, { type: 'dropped', path: ['spec', 'gitImplementation'] }],
  },
  {
    group: source,
    kind: 'HelmRepository',
    versions: [current('v1', '2.3'), old('v1beta2', '2.3', '2.8'), old('v1beta1', '2.0', '2.7')],
    lost: [],
  },
  {
    group: source,
    kind: 'HelmChart',
    versions: [current('v1', '2.3'), old('v1beta2', '2.3', '2.8'), old('v1beta1', '2.0', '2.7')],
    lost: [accessFrom, { type: 'listed', path: ['spec', 'valuesFile'], by: 'valuesFiles' }],
  },
  {
    group: source,
    kind: 'Bucket',
    versions: [current('v1', '2.4'), old('v1beta2', '2.4', '2.8'), old('v1beta1', '2.0', '2.7')],
    lost: [accessFrom],
  },
  { group: source, kind: 'OCIRepository', versions: [current('v1', '2.6'), old('v1beta2', '2.6', '2.8')], lost: [] },
  { group: source, kind: 'ExternalArtifact', versions: [current('v1', '2.7')], lost: [] },
  { group: 'source.extensions.fluxcd.io', kind: 'ArtifactGenerator', versions: [current('v1beta1', '2.7')], lost: [] },
  {
    group: 'helm.toolkit.fluxcd.io',
    kind: 'HelmRelease',
    versions: [current('v2', '2.3'), old('v2beta2', '2.3', '2.8', '2.2'), old('v2beta1', '2.2', '2.7')],
    lost: [
      { type: 'listed', path: ['spec', 'chart', 'spec', 'valuesFile'], by: 'valuesFiles' },
      ...oldPatches('spec', 'postRenderers', '*', 'kustomize'),
    ],
  },
  {
    group: notification,
    kind: 'Receiver',
    versions: [current('v1', '2.0'), old('v1beta2', '2.0', '2.9'), old('v1beta1', '2.0', '2.7')],
    lost: [],
  },
  ...['Alert', 'Provider'].map((kind) => ({
    group: notification,
    kind,
    versions: [current('v1beta3', '2.2'), old('v1beta2', '2.2', '2.9'), old('v1beta1', '2.0', '2.7')],
    lost: [],
  })),
  ...['ImageRepository', 'ImagePolicy'].map((kind) => ({
    group: image,
    kind,
    versions: [current('v1', '2.7'), old('v1beta2', '2.7', '2.9'), old('v1beta1', '2.0', '2.7')],
    lost: [],
  })),
  {
    group: image,
    kind: 'ImageUpdateAutomation',
    versions: [current('v1', '2.7'), old('v1beta2', '2.7', '2.9', '2.3'), old('v1beta1', '2.3', '2.7')],
    lost: [],
  },
  ...['FluxInstance', 'FluxReport', 'ResourceSet', 'ResourceSetInputProvider'].map((kind) => ({
    group: operator,
    kind,
    versions: [current('v1', '2.0')],
    lost: [],
  })),
];

const table: readonly ServedKind[] = kindsOfFlux.map((kind) => ({ ...kind, product: 'Flux' }));

const kinds: ReadonlyMap<string, ServedKind> = new Map(table.map((served) => [`${served.group}/${served.kind}`, served]));
