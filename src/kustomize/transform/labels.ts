/** `labels`, `commonLabels` and `commonAnnotations` (kustomize: `LabelTransformer`, `AnnotationsTransformer`). */

import { scalarNode, withEntry } from '../../yaml/edit.ts';
import { type Entry, isMap, isScalar, type MapNode, type Node, type ScalarNode, scalarText } from '../../yaml/node.ts';
import { applyFieldSpecs, type FieldSpec } from '../field/field-spec.ts';
import { failure } from '../resource/failure.ts';
import { isLinked, link, type Overwrite, overwriteLinked } from '../resource/linked-scalars.ts';
import type { Resource } from '../resource/resource.ts';
import { type Transformed, transformEach, transformerOrigin } from '../resource/transformation.ts';

/** Writes every pair into each map that `specs` name, in the order of the keys. Each value's origin is its line in `pairs`. */
export const setPairs = (
  resources: readonly Resource[],
  pairs: MapNode,
  { field, specs }: { readonly field: string; readonly specs: readonly FieldSpec[] },
): Transformed => {
  if (pairs.entries.length === 0) return { resources, problems: [] };
  const origin = transformerOrigin(pairs, field);
  const values = pairs.entries.map((entry) => pairFor(entry, field)).sort((a, b) => (a.key < b.key ? -1 : 1));
  return transformEach(resources, pairs, ({ root }) => {
    const overwrites: Overwrite[] = [];
    const set = (node: Node) => (isMap(node) ? withPairs(node, values, overwrites) : failure('wrong node kind: expected MappingNode'));
    const changed = applyFieldSpecs(root, specs, { set, createType: 'map', origin });
    return changed.type === 'map' ? overwriteLinked(changed, overwrites) : changed;
  });
};

interface Pair {
  readonly key: string;
  readonly keyNode: ScalarNode;
  readonly value: ScalarNode;
}

const pairFor = ({ key, value }: Entry, field: string): Pair => {
  const from = transformerOrigin(value, field);
  return {
    key: key.text,
    keyNode: scalarNode(key.text, { span: key.span, via: from.via }),
    value: link(scalarNode(scalarText(value), from)),
  };
};

/** @param overwrites grows by what other fields are linked to */
const withPairs = (map: MapNode, pairs: readonly Pair[], overwrites: Overwrite[]): MapNode => {
  let changed = map;
  for (const { key, keyNode, value } of pairs) {
    const old = changed.entries.find((entry) => entry.key.text === key)?.value;
    if (!old) {
      changed = { ...changed, entries: [...changed.entries, { key: keyNode, value }] };
    } else if (!isScalar(old) || old.value !== value.value) {
      // What was there is written over, not exchanged: it is not linked to the fields that are added now.
      const scalar = { ...value };
      changed = withEntry(changed, key, scalar);
      if (isLinked(old)) overwrites.push({ old, scalar });
    }
  }
  return changed;
};
