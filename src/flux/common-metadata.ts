import { mapNode, scalarNode, withEntry } from '../yaml/edit.ts';
import { child, isMap, isNull, type MapNode, type Node } from '../yaml/node.ts';

/**
 * `spec.commonMetadata`: set last on every object, over labels and annotations of its own (fluxcd/pkg: `ssa/utils`,
 * `SetCommonMetadata`). The object's own are read as texts: what has no value becomes an empty text, and where one is a
 * number or a boolean, none of them is left beside the common ones.
 */
export const withCommonMetadata = (root: MapNode, common: MapNode): MapNode => {
  const metadata = child(root, 'metadata');
  if (!isMap(metadata)) return root;
  let changed = metadata;
  for (const field of ['labels', 'annotations'] as const) {
    const added = child(common, field);
    const own = child(changed, field);
    let merged = isMap(own) ? texts(own) : mapNode([], common);
    for (const { key, value } of isMap(added) ? added.entries : []) {
      merged = withEntry(merged, key.text, {
        ...value,
        via: [...value.via, { type: 'transformer', at: value.span, field: 'commonMetadata' }],
      });
    }
    if (merged.entries.length > 0) changed = withEntry(changed, field, merged);
  }
  return withEntry(root, 'metadata', changed);
};

const texts = (map: MapNode): MapNode => {
  if (map.entries.some(({ value }) => !isText(value) && !isNull(value))) return { ...map, entries: [] };
  if (!map.entries.some(({ value }) => isNull(value))) return map;
  return { ...map, entries: map.entries.map(({ key, value }) => ({ key, value: isNull(value) ? scalarNode('', value) : value })) };
};

const isText = (node: Node): boolean => node.type === 'unknown' || (node.type === 'scalar' && typeof node.value === 'string');
