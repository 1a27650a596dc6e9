import { mapNode, withEntry } from '../../yaml/edit.ts';
import { child, type Entry, isMap, type MapNode, type Node } from '../../yaml/node.ts';

/**
 * An object with the `commonMetadata` of its ResourceSet, which is no template. The operator labels every object as its own,
 * and reads the labels there are before it does: one that is no text costs the object all of them.
 */
export const withCommonMetadata = (root: MapNode, common: Node | undefined): MapNode =>
  withField(withField(root, 'labels', child(common, 'labels')), 'annotations', child(common, 'annotations'));

const withField = (root: MapNode, field: 'labels' | 'annotations', added: Node | undefined): MapNode => {
  const metadata = child(root, 'metadata');
  const before = child(metadata, field);
  const more = isMap(added) ? added.entries : [];
  // Annotations are touched only where there are some to add.
  if (before?.type === 'unknown' || metadata?.type === 'unknown' || (more.length === 0 && (field === 'annotations' || !before)))
    return root;
  const read = isMap(before) ? readable(before) : mapNode([], before ?? added ?? root);
  const merged = more.reduce<MapNode>((map, { key, value }) => withEntry(map, key.text, asText(value)), read);
  if (merged === before) return root;
  return withEntry(root, 'metadata', withEntry(isMap(metadata) ? metadata : mapNode([], merged), field, merged));
};

/** `NestedNullCoercingStringMap` of apimachinery: null is an empty text, anything else that is none spoils it all. */
const readable = (map: MapNode): MapNode => {
  const isText = ({ value }: Entry) =>
    value.type === 'unknown' || (value.type === 'scalar' && (typeof value.value === 'string' || value.value === null));
  if (!map.entries.every(isText)) return { ...map, entries: [] };
  if (map.entries.every(({ value }) => value.type !== 'scalar' || value.value !== null)) return map;
  return { ...map, entries: map.entries.map(({ key, value }) => ({ key, value: asText(value) })) };
};

/** The maps are of text, and what is no text is made one. */
const asText = (node: Node): Node => {
  if (node.type !== 'scalar' || typeof node.value === 'string') return node;
  const text = node.value === null ? '' : String(node.value);
  return { ...node, value: text, text, style: 'double' };
};
