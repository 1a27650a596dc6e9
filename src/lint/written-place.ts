import type { ParseFile } from '../kustomize/build.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import type { Span } from '../model/span.ts';
import { type Entry, isMap, type Node, stringAt, toPointer } from '../yaml/node.ts';
import type { Sources } from './sources.ts';

/** Where a span lies in its file, in terms that survive edits elsewhere: the document's own identity and a field. */
export interface WrittenPlace {
  readonly object: ObjectRef | undefined;
  /** RFC 6901, of the innermost field that holds the span's start. */
  readonly pointer: string;
}

export const writtenPlace = (span: Span, sources: Sources, parse: ParseFile): WrittenPlace => {
  const file = sources.file(span.path);
  const documents = file ? parse(file).documents : [];
  const document = documents[around(documents, span.start, ({ root }) => root?.span) ?? -1];
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
    const { key, value } = node.entries[around(node.entries, offset, entrySpan) ?? -1] ?? {};
    if (key === undefined || value === undefined) return undefined;
    if (holds(value, offset)) return { key: key.text, node: value };
    return holds(key, offset) ? { key: key.text, node: undefined } : undefined;
  }
  const index = node.type === 'list' ? around(node.items, offset, ({ span }) => span) : undefined;
  return index === undefined || node.type !== 'list' ? undefined : { key: index, node: node.items[index] };
};

/** The value of an alias stands before its key. */
const entrySpan = ({ key, value }: Entry): Pick<Span, 'start' | 'end'> => ({
  start: key.span.start,
  end: Math.max(key.span.end, value.span.end),
});

type Extent = Pick<Span, 'start' | 'end'> & { readonly index: number };

/** A file may hold as many findings as parts. */
const extents = new WeakMap<readonly unknown[], readonly Extent[]>();

/** The index of the part that holds an offset; where two meet, of the first. */
const around = <T>(
  parts: readonly T[],
  offset: number,
  spanOf: (part: T) => Pick<Span, 'start' | 'end'> | undefined,
): number | undefined => {
  const known =
    extents.get(parts) ??
    parts
      .flatMap((part, index) => {
        const span = spanOf(part);
        return span ? [{ start: span.start, end: span.end, index }] : [];
      })
      .sort((a, b) => a.start - b.start);
  extents.set(parts, known);
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const [before, last] = [known[low - 2], known[low - 1]];
  return [before, last].find((extent) => extent && extent.end >= offset)?.index;
};
