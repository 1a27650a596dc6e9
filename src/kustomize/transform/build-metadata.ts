/**
 * `buildMetadata` of the root: annotations and a label that say how an object came about. kustomize keeps them among the
 * annotations while it builds, so that patches see them and may take them away; in the end go those nobody asked for.
 */
import { relativePath } from '../../files/files.ts';
import type { Origin } from '../../model/origin.ts';
import { mapNode, scalarNode, withEntry } from '../../yaml/edit.ts';
import { child, isMap, isScalar, itemsOf, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { unlinked } from '../resource/linked-scalars.ts';
import { originKey, transformationsKey } from '../resource/own-annotations.ts';
import type { Resource } from '../resource/resource.ts';

/** A root that asks for metadata. */
export interface BuildMetadata {
  /** Its entries; never empty. */
  readonly asked: readonly ScalarNode[];
  /** The root's directory, as paths in spans have it. */
  readonly directory: string;
  readonly isFlux: boolean;
}

/** What makes or changes objects: a field of a kustomization, or a plugin with a configuration of its own. */
export interface Configured {
  readonly kind: string;
  /** The name of the configuration, where it has one of its own. */
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
  /** The file that configures it. */
  readonly path: string;
}

/** Undefined where the root asks for none. */
export const buildMetadataOf = (root: MapNode, where: Omit<BuildMetadata, 'asked'>): BuildMetadata | undefined => {
  const asked = itemsOf(child(root, 'buildMetadata')).filter(isScalar);
  return asked.length === 0 ? undefined : { asked, ...where };
};

/** An object of a file, which says where it is from. */
export const withOrigin = (root: MapNode, metadata: BuildMetadata): MapNode =>
  annotated(root, originKey, `path: ${relative(metadata, root.span.path)}\n`, metadata);

/** An object that was made, which says by what. */
export const withMaker = (root: MapNode, maker: Configured, metadata: BuildMetadata): MapNode =>
  annotated(root, originKey, linesOf(maker, metadata).join(''), metadata);

/** Every object says that `transformer` was at work; one that has lost its origin takes it for what made it. */
export const withTransformation = (
  resources: readonly Resource[],
  transformer: Configured,
  metadata: BuildMetadata,
): readonly Resource[] => {
  const lines = linesOf(transformer, metadata);
  const item = lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)).join('');
  return resources.map((resource) => {
    const { root } = resource;
    if (annotationOf(root, originKey) === undefined) return { ...resource, root: annotated(root, originKey, lines.join(''), metadata) };
    const before = annotationOf(root, transformationsKey) ?? '';
    return { ...resource, root: annotated(root, transformationsKey, before + item, metadata) };
  });
};

/** The objects with the label that was asked for. */
export const withManagedBy = (resources: readonly Resource[], metadata: BuildMetadata | undefined): readonly Resource[] => {
  if (!metadata?.asked.some(({ text }) => text === 'managedByLabel')) return resources;
  return resources.map((resource) => ({ ...resource, root: set(resource.root, 'labels', [managedByKey, managedBy(metadata)], metadata) }));
};

/** The keys that were asked for: in the end, the others go. */
export const askedKeys = (metadata: BuildMetadata | undefined): ReadonlySet<string> =>
  new Set(metadata?.asked.flatMap(({ text }) => askedFor.get(text) ?? []));

const managedByKey = 'app.kubernetes.io/managed-by';

/** As the released program calls itself; within the controller kustomize does not know its version. */
const managedBy = ({ isFlux }: BuildMetadata): string => (isFlux ? 'kustomize-(devel)' : 'kustomize-v5.8.1');

/** Without what tells views apart: the same text in every revision. */
const inView = (path: string): string => path.replace(/^(?:git:|[\w+.-]+:\/\/|[\w.-]+@)[^#]*#/, '');

const relative = ({ directory }: BuildMetadata, path: string): string => relativePath(inView(directory), inView(path));

const linesOf = ({ path, kind, name, namespace }: Configured, metadata: BuildMetadata): readonly string[] => [
  `configuredIn: ${relative(metadata, path)}\n`,
  'configuredBy:\n',
  '  apiVersion: builtin\n',
  `  kind: ${kind}\n`,
  ...(name === undefined || name === '' ? [] : [`  name: ${name}\n`]),
  ...(namespace === undefined || namespace === '' ? [] : [`  namespace: ${namespace}\n`]),
];

const annotationOf = (root: MapNode, key: string): string | undefined => {
  const annotation = child(root, 'metadata', 'annotations', key);
  return isScalar(annotation) ? annotation.text : undefined;
};

const annotated = (root: MapNode, key: string, text: string, metadata: BuildMetadata): MapNode =>
  set(root, 'annotations', [key, text], metadata);

const set = (root: MapNode, field: 'annotations' | 'labels', [key, text]: readonly [string, string], { asked }: BuildMetadata): MapNode => {
  const [first] = asked;
  const by = asked.find((entry) => askedFor.get(entry.text) === key) ?? first;
  const span = by?.span ?? root.span;
  const origin: Origin = { span, via: [...(by?.via ?? []), { type: 'transformer', at: span, field: 'buildMetadata' }] };
  const mapOr = (node: Node | undefined): MapNode => (isMap(node) ? node : mapNode([], origin));
  const metadata = mapOr(child(root, 'metadata'));
  // kustomize writes the whole map anew.
  const map = withEntry(unlinked(mapOr(child(metadata, field))), key, scalarNode(text, origin));
  return withEntry(root, 'metadata', withEntry(metadata, field, map));
};

const askedFor: ReadonlyMap<string, string> = new Map([
  ['originAnnotations', originKey],
  ['transformerAnnotations', transformationsKey],
  ['managedByLabel', managedByKey],
]);
