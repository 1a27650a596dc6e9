import { groups, kustomizationSources } from '../../flux/kinds.ts';
import { groupOf } from '../../kube/object-view.ts';
import { memoByText } from '../../model/memo.ts';
import { child, isList, isTrue, type MapNode, type Node, pointerKeys, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView, ObjectView } from '../clusters/views.ts';
import type { Wanted } from '../existence/wanted.ts';

/** What a reference is for. */
export type ReferenceRole = 'source' | 'dependency' | 'substitute' | 'values' | 'service-account' | 'secret';

/** A field of a Flux object that names another object. */
export interface Reference {
  readonly role: ReferenceRole;
  readonly referrer: ObjectView;
  /** `Kind namespace/name` of the referrer. */
  readonly by: string;
  /** Of the reference: a map with a name, or the name itself. */
  readonly pointer: string;
  /** Of the name. */
  readonly namePointer: string;
  readonly wanted: Wanted;
  /** The cluster that must have it. */
  readonly cluster: string;
  readonly isOptional: boolean;
  /** The key of its data that is read; undefined where all of it or none is. */
  readonly key: string | undefined;
}

/** A field of a kind that refers: `*` in its path stands for every item of a list. */
interface Row {
  readonly role: ReferenceRole;
  readonly path: string;
  /** What it refers to where it does not say, or cannot. */
  readonly kind?: string;
  /** Of what it refers to. */
  readonly group: string;
  /** It may name another namespace. */
  readonly crosses?: boolean;
}

const core = '';
const account: Row = { role: 'service-account', path: '/spec/serviceAccountName', kind: 'ServiceAccount', group: core };
const kubeConfig: Row = { role: 'secret', path: '/spec/kubeConfig/secretRef', kind: 'Secret', group: core };
const secret: Row = { role: 'secret', path: '/spec/secretRef', kind: 'Secret', group: core };
const source = { role: 'source', group: groups.source, crosses: true } as const;

/** Every field of Flux's kinds that names an object which must exist (API reference of Flux 2.9). No two groups share a kind. */
const referrers: ReadonlyMap<string, { readonly group: string; readonly rows: readonly Row[] }> = new Map(
  Object.entries({
    Kustomization: {
      group: groups.kustomize,
      rows: [
        { ...source, path: '/spec/sourceRef' },
        { role: 'dependency', path: '/spec/dependsOn/*', kind: 'Kustomization', group: groups.kustomize, crosses: true },
        { role: 'substitute', path: '/spec/postBuild/substituteFrom/*', group: core },
        { role: 'secret', path: '/spec/decryption/secretRef', kind: 'Secret', group: core },
        account,
        kubeConfig,
      ],
    },
    HelmRelease: {
      group: groups.helm,
      rows: [
        { ...source, path: '/spec/chart/spec/sourceRef' },
        { ...source, path: '/spec/chartRef' },
        { role: 'dependency', path: '/spec/dependsOn/*', kind: 'HelmRelease', group: groups.helm, crosses: true },
        { role: 'values', path: '/spec/valuesFrom/*', group: core },
        account,
        kubeConfig,
      ],
    },
    HelmChart: { group: groups.source, rows: [{ ...source, path: '/spec/sourceRef', crosses: false }] },
    GitRepository: {
      group: groups.source,
      rows: [{ ...source, path: '/spec/include/*/repository', kind: 'GitRepository', crosses: false }, secret],
    },
    OCIRepository: { group: groups.source, rows: [secret] },
    HelmRepository: { group: groups.source, rows: [secret] },
    Bucket: { group: groups.source, rows: [secret] },
    ArtifactGenerator: { group: groups.sourceExtensions, rows: [{ ...source, path: '/spec/sources/*' }] },
    ImageRepository: { group: groups.image, rows: [secret] },
    ImageUpdateAutomation: { group: groups.image, rows: [{ ...source, path: '/spec/sourceRef', kind: 'GitRepository' }] },
    ImagePolicy: {
      group: groups.image,
      rows: [{ role: 'source', path: '/spec/imageRepositoryRef', kind: 'ImageRepository', group: groups.image, crosses: true }],
    },
    Alert: {
      group: groups.notification,
      rows: [{ role: 'source', path: '/spec/providerRef', kind: 'Provider', group: groups.notification }],
    },
    Provider: { group: groups.notification, rows: [secret] },
    Receiver: { group: groups.notification, rows: [secret] },
  } satisfies Record<string, { readonly group: string; readonly rows: readonly Row[] }>),
);

const kinds = new Set<string>([
  ...kustomizationSources,
  'HelmRepository',
  'HelmChart',
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'Kustomization',
  'HelmRelease',
  'ImageRepository',
  'Provider',
]);

/** Everything that a cluster's Flux objects refer to, in their order. A reference that cannot be read is left out. */
export const referencesOf = (cluster: ClusterView): readonly Reference[] => [
  ...cluster.kustomizations.flatMap((view) => (view.isWritten ? ofObject(view, view) : [])),
  ...cluster.objects.flatMap((view) => (view.kind === 'Kustomization' ? [] : ofObject(view, undefined))),
];

const ofObject = (referrer: ObjectView, kustomization: KustomizationView | undefined): readonly Reference[] =>
  placesIn(referrer.root).flatMap(({ row, pointer, node }) => {
    const isName = node.type === 'scalar';
    const name = isName ? stringAt(node) : stringAt(node, 'name');
    const kind = (isName ? undefined : stringAt(node, 'kind')) ?? row.kind;
    if (name === undefined || kind === undefined || !kinds.has(kind)) return [];
    const namespaceNode = row.crosses && !isName ? child(node, 'namespace') : undefined;
    if (namespaceNode?.type === 'unknown' || referrer.node('/metadata/namespace')?.type === 'unknown') return [];
    const namespace = stringAt(namespaceNode) ?? kustomization?.namespace ?? referrer.namespace ?? '';
    // An object without a namespace is refused: it is at fault, not what it names.
    if (namespace === '') return [];
    // The account acts on the cluster that is deployed to.
    const isRemote = row.role === 'service-account' && referrer.node('/spec/kubeConfig') !== undefined;
    if (isRemote && kustomization === undefined) return [];
    const reference: Reference = {
      role: row.role,
      referrer,
      by: `${referrer.kind} ${kustomization?.id ?? `${referrer.namespace ?? ''}/${referrer.name}`}`,
      pointer,
      namePointer: isName ? pointer : `${pointer}/name`,
      wanted: { group: row.group, kind, namespace, name },
      cluster: isRemote && kustomization ? kustomization.target : referrer.cluster,
      isOptional: isTrue(child(node, 'optional')),
      key: row.role === 'values' ? (stringAt(node, 'valuesKey') ?? 'values.yaml') : undefined,
    };
    return [reference];
  });

interface Place {
  readonly row: Row;
  readonly pointer: string;
  readonly node: Node;
}

/** Where an object refers to others. */
const placesIn = (root: MapNode): readonly Place[] => {
  const rows = rowsOf(root);
  if (rows.length === 0) return none;
  const places: Place[] = [];
  for (const row of rows) for (const { pointer, node } of expand(root, row.path)) places.push({ row, pointer, node });
  return places;
};

const none: readonly Place[] = [];

const rowsOf = (root: MapNode): readonly Row[] => {
  const known = referrers.get(stringAt(root, 'kind') ?? '');
  return known && known.group === groupOf(stringAt(root, 'apiVersion') ?? '') ? known.rows : [];
};

type Led = Omit<Place, 'row'>;

/** Paths are few: those of the rows. */
const keysOf = memoByText(pointerKeys);

/** The nodes that a path with `*` leads to. */
const expand = (root: Node, path: string): readonly Led[] => {
  const keys = keysOf(path);
  const star = keys.indexOf('*');
  if (star === -1) return led(path, child(root, ...keys));
  let found = led(`/${keys.slice(0, star).join('/')}`, child(root, ...keys.slice(0, star)));
  for (const key of keys.slice(star)) {
    found = found.flatMap(({ pointer, node }) => {
      if (key === '*') return isList(node) ? node.items.map((item, index) => ({ pointer: `${pointer}/${index}`, node: item })) : [];
      const next = child(node, key);
      return next === undefined ? [] : [{ pointer: `${pointer}/${key}`, node: next }];
    });
  }
  return found.filter(({ node }) => node.type !== 'unknown');
};

const led = (pointer: string, node: Node | undefined): readonly Led[] =>
  node === undefined || node.type === 'unknown' ? nowhere : [{ pointer, node }];

const nowhere: readonly Led[] = [];
