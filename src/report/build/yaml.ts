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

/** One line of an object, and the node it came from: a value; of a line that only opens a map or a list, its key. */
export interface ObjectLine {
  readonly text: string;
  readonly node: Node;
  /** The first line of a known value: the only ones that have room for a comment. */
  readonly isValue: boolean;
}

/** @returns the documents with `---` between them; empty where there are none */
export const printObjects = (objects: readonly PrintedObject[], { place }: PrintOptions = {}): string =>
  objects
    .map(({ root, origin }) => {
      const printed = ({ text, node, isValue }: ObjectLine) => (place && isValue ? `${text} # ${printable(place(origin(node)))}` : text);
      return `${objectLines(root).map(printed).join('\n')}\n`;
    })
    .join('---\n');

/** An object as `build` prints it, line by line. */
export const objectLines = (root: MapNode): readonly ObjectLine[] => mapLines(root, '');

const mapLines = (map: MapNode, indent: string): readonly ObjectLine[] => {
  const sorted = [...map.entries].sort((a, b) => byKey(a.key.text, b.key.text));
  return sorted.flatMap(({ key, value }) => entryLines({ key, start: `${indent}${printKey(key)}:` }, value, indent));
};

interface Opened {
  readonly key: Node;
  readonly start: string;
}

const entryLines = ({ key, start }: Opened, value: Node, indent: string): readonly ObjectLine[] => {
  const opener = { text: start, node: key, isValue: false };
  if (value.type === 'map' && value.entries.length > 0) return [opener, ...mapLines(value, `${indent}  `)];
  if (value.type === 'list' && value.items.length > 0) return [opener, ...listLines(value, indent)];
  return leafLines(`${start} `, value, `${indent}  `);
};

/** Lists stand at the indentation of their key. */
const listLines = (list: ListNode, indent: string): readonly ObjectLine[] => list.items.flatMap((item) => itemLines(item, indent));

const itemLines = (item: Node, indent: string): readonly ObjectLine[] => {
  const inner = `${indent}  `;
  const lines =
    item.type === 'map' && item.entries.length > 0
      ? mapLines(item, inner)
      : item.type === 'list' && item.items.length > 0
        ? listLines(item, inner)
        : leafLines(inner, item, inner);
  return lines.map((line, index) => (index === 0 ? { ...line, text: `${indent}- ${line.text.slice(inner.length)}` } : line));
};

const leafLines = (start: string, value: Node, indent: string): readonly ObjectLine[] => {
  switch (value.type) {
    case 'map':
      return [{ text: `${start}{}`, node: value, isValue: true }];
    case 'list':
      return [{ text: `${start}[]`, node: value, isValue: true }];
    case 'unknown': {
      const text = `${start}${value.text === undefined ? 'null' : JSON.stringify(value.text)} # unknown: ${value.why}`;
      return [{ text, node: value, isValue: false }];
    }
    case 'scalar': {
      const [first = '', ...rest] = printScalar(value);
      return [
        { text: `${start}${first}`, node: value, isValue: true },
        ...rest.map((line) => ({ text: line === '' ? '' : indent + line, node: value, isValue: false })),
      ];
    }
    default:
      return value satisfies never;
  }
};
