import type { Origin } from '../model/origin.ts';
import type { Span } from '../model/span.ts';

/**
 * Node trees: what every step works on. A node is its own origin (`span`, `via`), is never changed, and may stand in
 * many trees at once. A tree is the truth; plain values (`toValue`) are a view for reading.
 */
export type Node = MapNode | ListNode | ScalarNode | UnknownNode;

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode extends Origin {
  readonly type: 'scalar';
  /** Typed as kustomize types manifests: only true/false are booleans, `010` is 8, dates are strings. */
  readonly value: string | number | bigint | boolean | null;
  /** The characters between the quotes, before any typing: `010`, `1.10`, `yes`. */
  readonly text: string;
  readonly style: ScalarStyle;
  /** It has a tag in the place of quotes, `!!str 5`: what a patch writes over it keeps its own type. */
  readonly isTagged?: true;
  /** It is a number, by this tag, in the quotes of a text that it was written over: what is written over it must be one, too. */
  readonly quotedAs?: string;
  /** Of a key: a schema in JSON that stands in the comment on its line, by which kustomize merges its value. */
  readonly schema?: string;
  /**
   * kustomize's own tag, where it is not what the characters say: empty for what was written without one, so that what
   * is written over it has the type of its characters; else one that they cannot be decoded as.
   */
  readonly tag?: string | undefined;
}

/** One `key: value` of a map. */
export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

export interface MapNode extends Origin {
  readonly type: 'map';
  /** Written in braces: go-yaml prints it so, and in it no text at all is a text. */
  readonly isFlow?: true;
  /** In the order written. A key that is written twice stands here once, with its last value. */
  readonly entries: readonly Entry[];
  /** The earlier entries of keys that are written twice, in order. */
  readonly shadowed?: readonly Entry[];
}

export interface ListNode extends Origin {
  readonly type: 'list';
  readonly items: readonly Node[];
}

/** One YAML document of a file. */
export interface Document {
  /** Position in the file, counting empty documents. */
  readonly index: number;
  /** Undefined for a document of comments only. */
  readonly root: Node | undefined;
  readonly span: Span;
  /** Some map of it has a key twice. */
  readonly hasShadowed?: true;
}

/** A value that cannot be known offline. Rules that read one end there for that object. */
export interface UnknownNode extends Origin {
  readonly type: 'unknown';
  readonly why: string;
  /** What is written there, where only variables in it are not known: these stand in it as they were. */
  readonly written?: string;
  /** What is known of its text, `(unknown)` for the rest; absent where nothing is. */
  readonly text?: string;
}

export const isMap = (node: Node | undefined): node is MapNode => node?.type === 'map';
export const isList = (node: Node | undefined): node is ListNode => node?.type === 'list';
export const isScalar = (node: Node | undefined): node is ScalarNode => node?.type === 'scalar';
export const isNull = (node: Node | undefined): boolean => node?.type === 'scalar' && node.value === null;
export const isTrue = (node: Node | undefined): boolean => node?.type === 'scalar' && node.value === true;

/** The items of a list; none of anything else. */
export const itemsOf = (node: Node | undefined): readonly Node[] => (node?.type === 'list' ? node.items : []);

export const entryOf = (map: MapNode, key: string): Entry | undefined => {
  for (const entry of map.entries) if (entry.key.text === key) return entry;
  return undefined;
};

/** The value at `keys`, maps by key and lists by index; undefined where the way ends. */
export const child = (node: Node | undefined, ...keys: readonly (string | number)[]): Node | undefined => {
  let here = node;
  for (const key of keys) {
    if (here?.type === 'map') here = entryOf(here, String(key))?.value;
    else if (here?.type === 'list') here = here.items[Number(key)];
    else return undefined;
  }
  return here;
};

/** The text of a scalar that is a string; undefined for anything else. */
export const stringAt = (node: Node | undefined, ...keys: readonly (string | number)[]): string | undefined => {
  const found = child(node, ...keys);
  return found?.type === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
};

/** The characters of a scalar of whatever type; undefined for null, which has none, and for anything else. */
export const textAt = (node: Node | undefined, ...keys: readonly (string | number)[]): string | undefined => {
  const found = child(node, ...keys);
  return found?.type === 'scalar' && found.value !== null ? found.text : undefined;
};

/** What kyaml's nodes have as their value: the characters of any scalar, those of null too; nothing for anything else. */
export const scalarText = (node: Node | undefined): string => (node?.type === 'scalar' ? node.text : '');

export type Value = string | number | bigint | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A plain value for reading. Unknown nodes become undefined entries of maps and null items of lists. */
export const toValue = (node: Node): Value => {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toValue);
    case 'map': {
      const value: Record<string, Value> = {};
      for (const entry of node.entries) {
        if (entry.value.type === 'unknown') continue;
        // A key called __proto__ must become a property like any other.
        Object.defineProperty(value, entry.key.text, { value: toValue(entry.value), enumerable: true, configurable: true, writable: true });
      }
      return value;
    }
    case 'unknown':
      return null;
    default:
      return node satisfies never;
  }
};

/** RFC 6901: `/spec/ports/0` → ['spec', 'ports', '0']. The empty pointer is the root. */
export const pointerKeys = (pointer: string): readonly string[] => {
  if (pointer === '') return [];
  const keys = pointer.slice(1).split('/');
  return pointer.includes('~') ? keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')) : keys;
};

export const toPointer = (keys: readonly (string | number)[]): string =>
  keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const at = (node: Node | undefined, pointer: string): Node | undefined => child(node, ...pointerKeys(pointer));
