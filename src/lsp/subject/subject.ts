/** What stands under the cursor: the document, the value, and the objects of each cluster that come of it. */
import type { AppliedView } from '../../graph/clusters/views.ts';
import type { Span } from '../../model/span.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../../yaml/node.ts';
import { toPointer } from '../../yaml/node.ts';
import type { Analysis } from '../session/session.ts';

export interface Subject {
  readonly path: string;
  readonly document: Node;
  /** RFC 6901, of the value or of the key's value. */
  readonly pointer: string;
  readonly keys: readonly (string | number)[];
  /** The innermost value there. */
  readonly node: Node;
  /** The key, where that is what stands there. */
  readonly key: ScalarNode | undefined;
  /** What clusters get of the document, in the order of clusters. */
  readonly objects: readonly AppliedView[];
}

/** The documents of a file as far as they parse; none of Terraform, which is no YAML. */
export const documentsIn = ({ files, parse }: Analysis, path: string): ReturnType<Analysis['parse']>['documents'] => {
  const file = /\.(?:tf|tofu|tfvars|hcl)$/.test(path) ? undefined : files.file(path);
  return file ? parse(file).documents : [];
};

/** The document that a place lies in, also of another repository that is at hand. */
export const documentAt = ({ sources, parse }: Analysis, { path, start }: Span): Node | undefined => {
  const file = sources.file(path);
  return file && parse(file).documents.find(({ root }) => root && root.span.start <= start && start <= root.span.end)?.root;
};

export const subjectAt = (analysis: Analysis, path: string, offset: number): Subject | undefined => {
  const { graph } = analysis;
  const document = documentsIn(analysis, path).find(
    ({ root, span }) => root && span.start <= offset && offset <= Math.max(span.end, root.span.end),
  )?.root;
  if (!document) return undefined;
  const found = innermost(document, offset, []);
  return { path, document, pointer: toPointer(found.keys), ...found, objects: objectsOf(graph, document) };
};

/** Every object whose document this is, wherever it is applied. */
export const objectsOf = (graph: Analysis['graph'], document: Node): readonly AppliedView[] =>
  graph.clusters.all.flatMap(({ objects }) =>
    objects.filter(({ root }) => root.span.path === document.span.path && root.span.start === document.span.start),
  );

type Found = Pick<Subject, 'keys' | 'node' | 'key'>;

const innermost = (node: Node, offset: number, keys: readonly (string | number)[]): Found => {
  if (node.type === 'map') {
    const entry = entryAt(node, offset);
    if (!entry) return { keys, node, key: undefined };
    const inner = [...keys, entry.key.text];
    if (isIn(entry.key, offset)) return { keys: inner, node: entry.value, key: entry.key };
    return innermost(entry.value, offset, inner);
  }
  if (node.type === 'list') {
    const index = node.items.findIndex((item) => isIn(item, offset));
    const item = node.items[index];
    return item ? innermost(item, offset, [...keys, index]) : { keys, node, key: undefined };
  }
  return { keys, node, key: undefined };
};

const entryAt = ({ entries }: MapNode, offset: number): Entry | undefined =>
  entries.find(({ key, value }) => isIn(key, offset) || isIn(value, offset));

const isIn = ({ span }: Node, offset: number): boolean => span.start <= offset && offset <= span.end;
