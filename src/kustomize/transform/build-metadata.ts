/** `buildMetadata` of the root: annotations and a label that say how an object came about. */
import { relativePath } from '../../files/files.ts';
import type { Origin, Step } from '../../model/origin.ts';
import { mapNode, scalarNode, withEntry } from '../../yaml/edit.ts';
import { child, isList, isMap, isScalar, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import type { Generator, Resource } from '../resource/resource.ts';

/** The transformations of the levels that a resource went through are looked up by their kustomization files. */
type TransformersOf = (kustomizationPath: string) => readonly Generator[];

export interface MetadataContext {
  readonly root: MapNode;
  /** The root's directory, as paths in spans have it. */
  readonly directory: string;
  readonly transformersOf: TransformersOf;
}

/** The resources as they are where the root asks for no metadata. */
export const withBuildMetadata = (resources: readonly Resource[], context: MetadataContext): readonly Resource[] => {
  const options = child(context.root, 'buildMetadata');
  const asked = isList(options) ? options.items.filter(isScalar) : [];
  if (asked.length === 0) return resources;
  const option = (name: string) => asked.find(({ text }) => text === name);
  const [origins, transformations, managedBy] = [option('originAnnotations'), option('transformerAnnotations'), option('managedByLabel')];
  return resources.map((resource) => {
    let { root } = resource;
    if (origins) root = inMetadata(root, 'annotations', [originKey, originText(resource, context), origins]);
    const changes = transformations ? transformationTexts(resource, context) : '';
    if (transformations && changes !== '') root = inMetadata(root, 'annotations', [transformationsKey, changes, transformations]);
    if (managedBy) root = inMetadata(root, 'labels', [managedByKey, 'kustomize-v5.8.1', managedBy]);
    return { ...resource, root };
  });
};

/** The transformations of a kustomization in the order of the build, as kustomize calls them. */
export const transformersIn = (root: MapNode): readonly string[] => {
  const count = (field: string) => {
    const list = child(root, field);
    return isList(list) ? list.items.length : 0;
  };
  const has = (field: string) => {
    const node = child(root, field);
    return isScalar(node) ? node.text !== '' : isMap(node) && node.entries.length > 0;
  };
  const times = (kind: string, number: number) => Array.from({ length: number }, () => kind);
  const labels = count('labels');
  return [
    ...times('PatchStrategicMergeTransformer', Math.min(count('patchesStrategicMerge'), 1)),
    ...times('PatchTransformer', count('patches')),
    ...times('NamespaceTransformer', has('namespace') ? 1 : 0),
    ...times('PrefixTransformer', has('namePrefix') ? 1 : 0),
    ...times('SuffixTransformer', has('nameSuffix') ? 1 : 0),
    ...times('LabelTransformer', labels > 0 || has('commonLabels') ? labels + 1 : 0),
    ...times('AnnotationsTransformer', has('commonAnnotations') ? 1 : 0),
    ...times('PatchJson6902Transformer', count('patchesJson6902')),
    ...times('ReplicaCountTransformer', count('replicas')),
    ...times('ImageTagTransformer', count('images')),
    ...times('ReplacementTransformer', Math.min(count('replacements'), 1)),
  ];
};

const originKey = 'config.kubernetes.io/origin';
const transformationsKey = 'alpha.config.kubernetes.io/transformations';
const managedByKey = 'app.kubernetes.io/managed-by';

const originText = ({ root, generator }: Resource, { directory }: MetadataContext): string =>
  generator ? configured(generator, directory).join('') : `path: ${relativePath(inView(directory), inView(root.span.path))}\n`;

/** Without what tells views apart: the same text in every revision. */
const inView = (path: string): string => path.replace(/^(?:git:|[\w+.-]+:\/\/|[\w.-]+@)[^#]*#/, '');

const configured = ({ path, kind, name, namespace }: Generator, directory: string): readonly string[] => [
  `configuredIn: ${relativePath(inView(directory), inView(path))}\n`,
  'configuredBy:\n',
  '  apiVersion: builtin\n',
  `  kind: ${kind}\n`,
  ...(name === undefined ? [] : [`  name: ${name}\n`]),
  ...(namespace === undefined || namespace === '' ? [] : [`  namespace: ${namespace}\n`]),
];

const transformationTexts = ({ via, generator }: Resource, { directory, transformersOf }: MetadataContext): string =>
  [...new Set([...(generator ? [generator.path] : []), ...via.map(({ at }: Step) => at.path)])]
    .flatMap((path) => transformersOf(path).map((transformer) => configured(transformer, directory)))
    .map((lines) => lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)).join(''))
    .join('');

const inMetadata = (root: MapNode, field: 'annotations' | 'labels', [key, text, asked]: readonly [string, string, ScalarNode]): MapNode => {
  const origin: Origin = { span: asked.span, via: [...asked.via, { type: 'transformer', at: asked.span, field: 'buildMetadata' }] };
  const mapOr = (node: Node | undefined): MapNode => (isMap(node) ? node : mapNode([], origin));
  const metadata = mapOr(child(root, 'metadata'));
  const map = withEntry(mapOr(child(metadata, field)), key, scalarNode(text, origin));
  return withEntry(root, 'metadata', withEntry(metadata, field, map));
};
