/** `build`: objects as YAML documents, keys sorted and scalars quoted as kustomize prints them. */
import type { Origin } from '../../model/origin.ts';
import type { ListNode, MapNode, Node } from '../../yaml/node.ts';
import { printable } from '../printable.ts';
import { byKey } from './key-order.ts';
import { printKey, printScalar } from './scalar.ts';

/** An object to print, and who wrote each of its nodes. */
export interface PrintedObject {
  readonly root: MapNode;
  readonly origin: (node: Node) => Origin;
}

export interface PrintOptions {
  /** The place of an origin for people, `path:line`; absent: no places are printed. */
  readonly place?: ((origin: Origin) => string) | undefined;
}

/** @returns the documents with `---` between them; empty where there are none */
export const printObjects = (objects: readonly PrintedObject[], { place }: PrintOptions = {}): string =>
  objects
    .map((object) => {
      const comment = place ? (node: Node) => ` # ${printable(place(object.origin(node)))}` : () => '';
      return `${mapLines(object.root, '', comment).join('\n')}\n`;
    })
    .join('---\n');

type Comment = (node: Node) => string;

const mapLines = (map: MapNode, indent: string, comment: Comment): readonly string[] => {
  const sorted = [...map.entries].sort((a, b) => byKey(a.key.text, b.key.text));
  return sorted.flatMap(({ key, value }) => entryLines(`${indent}${printKey(key)}:`, value, indent, comment));
};

const entryLines = (start: string, value: Node, indent: string, comment: Comment): readonly string[] => {
  if (value.type === 'map' && value.entries.length > 0) return [start, ...mapLines(value, `${indent}  `, comment)];
  if (value.type === 'list' && value.items.length > 0) return [start, ...listLines(value, indent, comment)];
  return leafLines(`${start} `, value, `${indent}  `, comment);
};

/** Lists stand at the indentation of their key. */
const listLines = (list: ListNode, indent: string, comment: Comment): readonly string[] =>
  list.items.flatMap((item) => itemLines(item, indent, comment));

const itemLines = (item: Node, indent: string, comment: Comment): readonly string[] => {
  const inner = `${indent}  `;
  const lines =
    item.type === 'map' && item.entries.length > 0
      ? mapLines(item, inner, comment)
      : item.type === 'list' && item.items.length > 0
        ? listLines(item, inner, comment)
        : leafLines(inner, item, inner, comment);
  const [first = '', ...rest] = lines;
  return [`${indent}- ${first.slice(inner.length)}`, ...rest];
};

const leafLines = (start: string, value: Node, indent: string, comment: Comment): readonly string[] => {
  switch (value.type) {
    case 'map':
      return [`${start}{}${comment(value)}`];
    case 'list':
      return [`${start}[]${comment(value)}`];
    case 'unknown':
      return [`${start}${value.text === undefined ? 'null' : JSON.stringify(value.text)} # unknown: ${value.why}`];
    case 'scalar': {
      const [first = '', ...rest] = printScalar(value);
      return [`${start}${first}${comment(value)}`, ...rest.map((line) => (line === '' ? '' : indent + line))];
    }
    default:
      return value satisfies never;
  }
};
