import { mapNode, withEntry } from '../yaml/edit.ts';
import { child, isMap, type MapNode } from '../yaml/node.ts';

/** `spec.commonMetadata`: set last on every object, over labels and annotations of its own. */
export const withCommonMetadata = (root: MapNode, common: MapNode): MapNode => {
  const metadata = child(root, 'metadata');
  if (!isMap(metadata)) return root;
  let changed = metadata;
  for (const field of ['labels', 'annotations'] as const) {
    const added = child(common, field);
    if (!isMap(added) || added.entries.length === 0) continue;
    const present = child(changed, field);
    let merged = isMap(present) ? present : mapNode([], added);
    for (const { key, value } of added.entries) {
      merged = withEntry(merged, key.text, {
        ...value,
        via: [...value.via, { type: 'transformer', at: value.span, field: 'commonMetadata' }],
      });
    }
    changed = withEntry(changed, field, merged);
  }
  return withEntry(root, 'metadata', changed);
};
