/** What kustomize does to identity, labels and annotations of what it patches, besides patching it. */
import { scalarNode, withEntry, withoutEntry } from '../../yaml/edit.ts';
import { child, type Entry, isMap, isScalar, type MapNode, type Node, scalarText, textAt } from '../../yaml/node.ts';

/** A patch changes neither the namespace nor, unless its options say so, the name and kind of what it is merged into. */
export const keptIdentity = (merged: MapNode, old: MapNode, keep: { readonly name: boolean; readonly kind: boolean }): MapNode => {
  const kind = child(old, 'kind');
  const apiVersion = child(old, 'apiVersion');
  // The patch names it only to say what it is for.
  const isSameVersion = apiVersion && textAt(merged, 'apiVersion') === textAt(old, 'apiVersion');
  const withVersion = isSameVersion ? withEntry(merged, 'apiVersion', apiVersion) : merged;
  const withKind = keep.kind && kind ? withEntry(withVersion, 'kind', kind) : withVersion;
  const metadata = child(withKind, 'metadata');
  const oldMetadata = child(old, 'metadata');
  if (!isMap(oldMetadata)) return withKind;
  const namespace = child(oldMetadata, 'namespace');
  const hasNamespace = textAt(oldMetadata, 'namespace') !== undefined && scalarText(namespace) !== '';
  if (metadata === oldMetadata && (hasNamespace || !namespace)) return withKind;
  let kept: MapNode = isMap(metadata) ? metadata : { ...oldMetadata, entries: [] };
  const name = child(oldMetadata, 'name');
  if (keep.name && name) kept = withEntry(kept, 'name', withoutTag(name));
  kept = namespace && hasNamespace ? withEntry(kept, 'namespace', withoutTag(namespace)) : withoutEntry(kept, 'namespace');
  return withEntry(withKind, 'metadata', kept);
};

/** kustomize writes them anew, as texts that have no type of their own. */
const withoutTag = (node: Node): Node => (isScalar(node) && node.style === 'plain' && node.tag !== '' ? { ...node, tag: '' } : node);

/**
 * kustomize reads labels and annotations of a patch with a target, and of all in `patchesStrategicMerge`, as texts: a null
 * there deletes nothing, it becomes "null".
 */
export const withTextMetadata = (patch: MapNode): MapNode => {
  const metadata = child(patch, 'metadata');
  if (!isMap(metadata)) return patch;
  let texts = metadata;
  for (const key of ['labels', 'annotations']) texts = withTexts(texts, key);
  return withEntry(patch, 'metadata', texts);
};

/**
 * kustomize keeps earlier ids, and what it needs to know of generated objects, among the annotations: once it has any, a
 * patch may add to a map that is not written.
 */
export const withAnnotations = (root: MapNode): MapNode => {
  const metadata = child(root, 'metadata');
  if (!isMap(metadata) || isMap(child(metadata, 'annotations'))) return root;
  return withEntry(root, 'metadata', withEntry(metadata, 'annotations', { ...metadata, entries: [] }));
};

export const withTextAnnotations = (root: MapNode): MapNode => {
  const metadata = child(root, 'metadata');
  return isMap(metadata) ? withEntry(root, 'metadata', withTexts(metadata, 'annotations')) : root;
};

/** The map under `key` with texts for values; gone where it is empty. */
const withTexts = (metadata: MapNode, key: string): MapNode => {
  const map = child(metadata, key);
  if (map === undefined) return metadata;
  if (!isMap(map) || map.entries.length === 0) return withoutEntry(metadata, key);
  const entries = map.entries.map(asText);
  if (entries.every((entry, index) => entry === map.entries[index])) return metadata;
  return withEntry(metadata, key, { ...map, entries });
};

const asText = (entry: Entry): Entry => {
  const { value } = entry;
  if (isScalar(value) && value.value === value.text && value.style !== 'folded') return entry;
  if (value.type === 'unknown') return entry;
  return { key: entry.key, value: { ...scalarNode(scalarText(value), value), style: 'double' } };
};
