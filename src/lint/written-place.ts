import type { ParseFile } from '../kustomize/build.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Span } from '../model/span.ts';
import { isMap, type Node, stringAt, toPointer } from '../yaml/node.ts';
import type { Sources } from './sources.ts';

/** Where a span lies in its file, in terms that survive edits elsewhere: the document's own identity and a field. */
export interface WrittenPlace {
  readonly object: ObjectRef | undefined;
  /** RFC 6901, of the innermost field that holds the span's start. */
  readonly pointer: string;
}

export const writtenPlace = (span: Span, sources: Sources, parse: ParseFile): WrittenPlace => {
  const file = sources.file(span.path);
  const document = file && parse(file).documents.find(({ root }) => root && holds(root, span.start));
  if (!document?.root) return { object: undefined, pointer: '' };
  return { object: identity(document.root), pointer: toPointer(fieldAt(document.root, span.start)) };
};

const holds = (node: Node, offset: number): boolean => node.span.start <= offset && offset <= node.span.end;

const identity = (root: Node): ObjectRef | undefined => {
  const [apiVersion, kind, name] = [stringAt(root, 'apiVersion'), stringAt(root, 'kind'), stringAt(root, 'metadata', 'name')];
  if (!isMap(root) || apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const namespace = stringAt(root, 'metadata', 'namespace');
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
};

/** Keys and indices from the root down to the innermost value (or the key of it) that holds the offset. */
const fieldAt = (root: Node, offset: number): readonly (string | number)[] => {
  const keys: (string | number)[] = [];
  for (let here: Node | undefined = root; here; ) {
    const next = stepInto(here, offset);
    if (!next) break;
    keys.push(next.key);
    here = next.node;
  }
  return keys;
};

const stepInto = (node: Node, offset: number): { readonly key: string | number; readonly node: Node | undefined } | undefined => {
  if (node.type === 'map') {
    for (const { key, value } of node.entries) {
      if (holds(value, offset)) return { key: key.text, node: value };
      if (holds(key, offset)) return { key: key.text, node: undefined };
    }
  }
  if (node.type === 'list') {
    for (const [index, item] of node.items.entries()) if (holds(item, offset)) return { key: index, node: item };
  }
  return undefined;
};
