import { createHash } from 'node:crypto';
import { mapSame, scalarNode, withEntry } from '../../yaml/edit.ts';
import { child, isMap, type MapNode, type Node, toValue, type Value } from '../../yaml/node.ts';
import { printedAndRead } from '../../yaml/through-json.ts';
import { goJson } from '../field/go-json.ts';
import { currentId, type Resource } from '../resource/resource.ts';

/** Puts the hash of their content behind the names of generated objects. The last thing that renames, at the root of a build. */
export const addHashSuffixes = (resources: readonly Resource[]): readonly Resource[] =>
  mapSame(resources, (resource) => {
    if (!resource.needsHash) return resource;
    const metadata = child(resource.root, 'metadata');
    const name = child(metadata, 'name');
    if (!isMap(metadata) || !name) return resource;
    const id = currentId(resource);
    const hashed = scalarNode(`${id.name}-${contentHash(resource.root)}`, name);
    return {
      ...resource,
      root: withEntry(resource.root, 'metadata', withEntry(metadata, 'name', hashed)),
      previous: [...resource.previous, id],
    };
  });

/**
 * kustomize's hash of a ConfigMap or Secret (`api/hasher`). The name is looked up under the literal key "metadata/name"
 * there, so it never takes part; neither do labels, annotations and `immutable`.
 */
const contentHash = (root: MapNode): string => {
  const kind = currentId({ root }).kind;
  const optional = kind === 'Secret' ? 'stringData' : 'binaryData';
  const content: { [key: string]: Value; type?: Value } = { kind, name: '', data: field(root, 'data') };
  if (kind === 'Secret') content.type = field(root, 'type');
  if (isMap(child(root, optional))) content[optional] = field(root, optional);
  return suffix(goJson(content));
};

const field = (root: MapNode, key: string): Value => {
  const node: Node | undefined = child(root, key);
  if (!node) return '';
  if (node.type === 'scalar') return node.text;
  return node.type === 'map' ? withFloats(toValue(printedAndRead(node))) : null;
};

/** kustomize reads the data as JSON, and all its numbers as floats. */
const withFloats = (value: Value): Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typeof item === 'bigint' ? Number(item) : item]))
    : value;

/** Characters that could make words are exchanged for harmless ones. */
const harmless: ReadonlyMap<string, string> = new Map(Object.entries({ 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' }));

const suffix = (text: string): string =>
  [...createHash('sha256').update(text).digest('hex').slice(0, 10)].map((char) => harmless.get(char) ?? char).join('');
