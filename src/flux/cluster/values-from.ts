import { textFile } from '../../files/memory.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { placedAt } from '../../yaml/edit.ts';
import { child, type MapNode, type Node, stringAt } from '../../yaml/node.ts';

/** What an entry of `valuesFrom` takes out of its ConfigMap, at the place of the text that holds it; undefined where it holds none. */
export const valuesFrom = (configMap: MapNode | undefined, entry: Node, parse: ParseFile): Node | undefined => {
  const key = stringAt(entry, 'valuesKey') ?? 'values.yaml';
  const data = child(configMap, 'data', key);
  const text = stringAt(data);
  const root = text === undefined ? undefined : parse(textFile(key, text)).documents[0]?.root;
  return data && root && placedAt(root, data);
};
