/** What a kustomization file names beside it: files, directories and URLs, by the field that names them. */
import { child, isList, isScalar, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';

export interface NamedPath {
  /** `resources`, `patches`. */
  readonly field: string;
  /** The scalar as written. */
  readonly node: ScalarNode;
  /** The path in it: of `key=path`, what stands behind the key. */
  readonly path: string;
  /** The list that holds the scalar, or the map that holds it under `path`. */
  readonly list: readonly Node[];
}

const pathFields = ['resources', 'bases', 'components', 'crds', 'configurations', 'generators', 'transformers', 'validators'] as const;

/** In the order of the fields above, then patches, replacements and generators. Inline texts are none. */
export const namedPaths = (root: MapNode): readonly NamedPath[] => [
  ...[...pathFields, 'patchesStrategicMerge'].flatMap((field) => scalarPaths(field, itemsAt(root, field))),
  ...['patches', 'patchesJson6902', 'replacements'].flatMap((field) => entryPaths(field, itemsAt(root, field))),
  ...['configMapGenerator', 'secretGenerator'].flatMap((field) => generatorPaths(field, itemsAt(root, field))),
];

const itemsAt = (node: Node | undefined, field: string): readonly Node[] => {
  const list = child(node, field);
  return isList(list) ? list.items : [];
};

const scalarPaths = (field: string, list: readonly Node[]): readonly NamedPath[] =>
  list.flatMap((node) => (isScalar(node) && isPath(node) ? [{ field, node, path: node.text, list }] : []));

const entryPaths = (field: string, list: readonly Node[]): readonly NamedPath[] =>
  list.flatMap((item) => {
    const node = child(item, 'path');
    return isScalar(node) && isPath(node) ? [{ field, node, path: node.text, list }] : [];
  });

const generatorPaths = (field: string, generators: readonly Node[]): readonly NamedPath[] =>
  generators.flatMap((generator) =>
    ['files', 'envs'].flatMap((part) => {
      const list = itemsAt(generator, part);
      return list.flatMap((node) => (isScalar(node) ? [{ field, node, path: node.text.slice(node.text.indexOf('=') + 1), list }] : []));
    }),
  );

const isPath = ({ text }: ScalarNode): boolean => text !== '' && !text.includes('\n');
