/** `labels`, `commonLabels` and `commonAnnotations` (kustomize: `LabelTransformer`, `AnnotationsTransformer`). */
import { scalarNode, withEntry } from '../yaml/edit.ts';
import { isMap, isScalar, type MapNode, type Node } from '../yaml/node.ts';
import { applyFieldSpecs, type FieldSpec, failure } from './field-spec.ts';
import type { Resource } from './resource.ts';
import { type Transformed, transformEach, transformerOrigin } from './transformation.ts';

/** Writes every pair into each map that `specs` name, in the order of the keys. Each value's origin is its line in `pairs`. */
export const setPairs = (
  resources: readonly Resource[],
  pairs: MapNode,
  { field, specs }: { readonly field: string; readonly specs: readonly FieldSpec[] },
): Transformed => {
  if (pairs.entries.length === 0) return { resources, problems: [] };
  const origin = transformerOrigin(pairs, field);
  const values = pairs.entries
    .map(({ key, value }) => {
      const from = transformerOrigin(value, field);
      return {
        key: key.text,
        value: scalarNode(isScalar(value) ? value.text : '', from),
        keyNode: scalarNode(key.text, { span: key.span, via: from.via }),
      };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const set = (node: Node) => {
    if (!isMap(node)) return failure('wrong node kind: expected MappingNode');
    let changed = node;
    for (const { key, value, keyNode } of values) {
      const known = changed.entries.find((entry) => entry.key.text === key);
      if (known && isScalar(known.value) && known.value.value === value.value) continue;
      changed = known ? withEntry(changed, key, value) : { ...changed, entries: [...changed.entries, { key: keyNode, value }] };
    }
    return changed;
  };
  return transformEach(resources, pairs, ({ root }) => applyFieldSpecs(root, specs, { set, createType: 'map', origin }));
};
