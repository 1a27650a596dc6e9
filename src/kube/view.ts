/**
 * Typed views of node trees: what rules and the evaluation read instead of raw nodes.
 *
 * A shape says which fields a kind has; its view has them as properties of the right type, `undefined` where they are
 * absent. A field that is unknown offline, or of another type than the API allows, cannot be read: reading it ends the
 * reader with a signal that the runner counts as "not judged". So no one can mistake unknown for absent.
 */
import type { Origin } from '../model/origin.ts';
import { entryOf, type MapNode, type Node } from '../yaml/node.ts';

export type Shape<T> = (node: Node) => T;

/** The type that a shape gives. */
export type ViewOf<S> = S extends Shape<infer T> ? T : never;

export const string: Shape<string> = (node) => {
  if (node.type === 'scalar' && typeof node.value === 'string') return node.value;
  return refuse(node, 'a string');
};

export const boolean: Shape<boolean> = (node) => {
  if (node.type === 'scalar' && typeof node.value === 'boolean') return node.value;
  return refuse(node, 'true or false');
};

export const number: Shape<number> = (node) => {
  if (node.type === 'scalar' && typeof node.value === 'number') return node.value;
  return refuse(node, 'a number');
};

/** A subtree that the reader walks itself. */
export const tree: Shape<Node> = (node) => (node.type === 'unknown' ? refuse(node, 'known') : node);

export const list =
  <T>(item: Shape<T>): Shape<readonly T[]> =>
  (node) =>
    node.type === 'list' ? node.items.map(item) : refuse(node, 'a list');

/** A map with keys of its own: labels, substitute. */
export const dictionary =
  <T>(value: Shape<T>): Shape<ReadonlyMap<string, T>> =>
  (node) =>
    node.type === 'map' ? new Map(node.entries.map((entry) => [entry.key.text, value(entry.value)])) : refuse(node, 'a map');

type Fields = Readonly<Record<string, Shape<unknown>>>;
type FieldViews<F extends Fields> = { readonly [K in keyof F]: ViewOf<F[K]> | undefined };

/** Of a view of a map: what it is a view of. */
const viewed: unique symbol = Symbol('viewed');

/**
 * A map with known fields; each is read when it is asked for, so that an unknown neighbour does not hurt. The fields are
 * those of a prototype that all its views share, since views are many: a spread copies none of them, `plain` does.
 */
export const record = <F extends Fields>(fields: F): Shape<FieldViews<F>> => {
  const prototype = {};
  for (const [name, shape] of Object.entries(fields)) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: { readonly [viewed]: MapNode }) {
        return optional(entryOf(this[viewed], name)?.value, shape);
      },
    });
  }
  // As text, too, a view is its fields.
  Object.defineProperty(prototype, 'toJSON', {
    value(this: FieldViews<F>) {
      return plain(this);
    },
  });
  return (node) => {
    if (node.type !== 'map') return refuse(node, 'a map');
    // Every field of F has just been defined with the type of its shape.
    return Object.assign(Object.create(prototype), { [viewed]: node }) as FieldViews<F>;
  };
};

/** What a view says, every field read now. */
export const plain = <T extends object>(view: T): T => {
  const fields: Partial<T> = {};
  for (const name in view) fields[name] = view[name];
  // Every field of T has just been read.
  return fields as T;
};

/** An absent or null field is undefined; anything else must have the shape. */
export const optional = <T>(node: Node | undefined, shape: Shape<T>): T | undefined =>
  node === undefined || (node.type === 'scalar' && node.value === null) ? undefined : shape(node);

/** Why a reader had to end. */
export interface Unreadable {
  readonly why: string;
  readonly at: Origin;
}

/** Registered by name: a plugin may bring a copy of this module, and its rules end like ours. */
const unreadable: unique symbol = Symbol.for('flux-lint/unreadable');

interface Signal extends Error {
  readonly [unreadable]: Unreadable;
}

const refuse = (node: Node, wanted: string): never => {
  return endReading(node.type === 'unknown' ? node.why : `a field is not ${wanted}`, node);
};

/** Ends whoever reads: what it has to know cannot be known here. */
export const endReading = (why: string, at: Origin): never => {
  throw Object.assign(new Error(why), { [unreadable]: { why, at } });
};

const isSignal = (error: unknown): error is Signal => error instanceof Error && unreadable in error;

/** What `read` gives, or why it could not be read. The only way to meet the signal; other exceptions pass through. */
export const attempt = <T>(read: () => T): { readonly value: T } | { readonly unreadable: Unreadable } => {
  try {
    return { value: read() };
  } catch (error) {
    if (isSignal(error)) return { unreadable: error[unreadable] };
    throw error;
  }
};

/** What `read` gives; undefined where it cannot be read. For readers to whom unknown and absent are the same. */
export const readable = <T>(read: () => T): T | undefined => {
  const result = attempt(read);
  return 'value' in result ? result.value : undefined;
};
