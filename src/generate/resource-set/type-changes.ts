import { groupOf } from '../../kube/object-view.ts';
import { child, isMap, type MapNode, type ScalarNode, stringAt } from '../../yaml/node.ts';

/** A value of a map of texts that a template made something else. */
export interface TypeChange {
  readonly field: 'labels' | 'annotations' | 'data' | 'stringData';
  readonly key: string;
  readonly value: ScalarNode;
  /** `ConfigMap settings` */
  readonly object: string;
}

/** What is no text among the labels, annotations and data of an object, as its template gives it. */
export const typeChangesIn = (root: MapNode): readonly TypeChange[] => {
  const kind = stringAt(root, 'kind') ?? '?';
  const object = `${kind} ${stringAt(root, 'metadata', 'name') ?? '?'}`;
  const isCore = groupOf(stringAt(root, 'apiVersion') ?? '') === '';
  const data = isCore && kind === 'ConfigMap' ? (['data'] as const) : isCore && kind === 'Secret' ? (['data', 'stringData'] as const) : [];
  return [
    ...(['labels', 'annotations'] as const).map((field) => ({ field, map: child(root, 'metadata', field) })),
    ...data.map((field) => ({ field, map: child(root, field) })),
  ].flatMap(({ field, map }) =>
    (isMap(map) ? map.entries : []).flatMap(({ key, value }): readonly TypeChange[] =>
      value.type === 'scalar' && typeof value.value !== 'string' && value.value !== null ? [{ field, key: key.text, value, object }] : [],
    ),
  );
};
