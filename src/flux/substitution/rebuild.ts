import type { Origin } from '../../model/origin.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, type Entry, type MapNode, type Node, type ScalarNode, type UnknownNode } from '../../yaml/node.ts';
import { resolvePlain } from '../../yaml/scalar.ts';
import { unreadableAfterwards } from './substitution-problems.ts';

/** The scalar or key whose text stands somewhere. */
export interface Writer {
  readonly node: ScalarNode | UnknownNode;
  readonly origin: Origin;
  /** What starts there is that node itself, untouched. */
  readonly isWhole: boolean;
}

interface RebuildInput {
  /** The object as read again: spans are offsets of the text. */
  readonly parsed: MapNode;
  readonly before: MapNode;
  readonly writerAt: (offset: number) => Writer | undefined;
}

/** The object as read after substitution, its types those of YAML 1.1, its origins and its order those of before. */
export const rebuild = ({
  parsed,
  before,
  writerAt,
}: RebuildInput): { readonly root: MapNode; readonly problems: readonly StepProblem[] } => {
  const problems: StepProblem[] = [];
  const originOf = (node: Node): Origin => {
    const { span, via } = writerAt(node.span.start)?.origin ?? before;
    return { span, via };
  };

  const scalar = (node: ScalarNode, isKey = false): ScalarNode | UnknownNode => {
    const writer = writerAt(node.span.start);
    if (writer?.isWhole) return writer.node;
    const value = typed(node);
    const result: ScalarNode = { type: 'scalar', value, text: node.text, style: node.style, ...originOf(node) };
    if (!isKey && !isFiniteValue(value)) {
      problems.push(unreadableAfterwards(result, `json: unsupported value: ${node.text}.`));
    }
    if (node.tag) problems.push(unreadableAfterwards(result, `yaml: cannot decode \`${node.text}\` as a ${node.tag}.`));
    return result;
  };

  /** Keys become strings on their way through JSON. */
  const key = (node: ScalarNode): ScalarNode => {
    const found = scalar(node, true);
    if (found.type === 'unknown') return node;
    if (found.value === null) problems.push(unreadableAfterwards(found, 'unsupported map key: null.'));
    const name = isFiniteValue(found.value) ? String(found.value) : found.text;
    return name === found.text ? found : { ...found, value: name, text: name, style: 'double' };
  };

  const tree = (node: Node, old: Node | undefined): Node => {
    switch (node.type) {
      case 'scalar':
        return scalar(node);
      case 'unknown':
        return node;
      case 'list': {
        const items = node.items.map((item, index) => tree(item, child(old, index)));
        if (old?.type !== 'list') return { type: 'list', items, ...originOf(node) };
        return isSame(items, old.items) ? old : { ...old, items };
      }
      case 'map':
        return map(node, old);
      default:
        return node satisfies never;
    }
  };

  const map = (node: MapNode, old: Node | undefined): MapNode => {
    const entries = node.entries.map((entry): Entry => {
      const name = key(entry.key);
      return { key: name, value: tree(entry.value, child(old, name.text)) };
    });
    if (old?.type !== 'map') return { type: 'map', entries, ...originOf(node) };
    const ordered = inOrderOf(old, entries);
    const isUnchanged = isSame(
      ordered.flatMap((entry) => [entry.key, entry.value]),
      old.entries.flatMap((entry) => [entry.key, entry.value]),
    );
    return isUnchanged ? old : { ...old, entries: ordered };
  };

  return { root: map(parsed, before), problems };
};

/** Tagged scalars have their type already; the others get that of YAML 1.1. */
const typed = ({ value, text, style }: ScalarNode): ScalarNode['value'] =>
  style === 'plain' && Object.is(value, resolvePlain(text)) ? resolvePlain(text, 'yaml-1.1') : value;

const isFiniteValue = (value: ScalarNode['value']): boolean => typeof value !== 'number' || Number.isFinite(value);

const isSame = (nodes: readonly Node[], others: readonly Node[]): boolean =>
  nodes.length === others.length && nodes.every((node, index) => node === others[index]);

/** Keys that were there keep their places, new ones come behind: the text sorts them, people do not. */
const inOrderOf = (old: MapNode, entries: readonly Entry[]): readonly Entry[] => {
  const places = new Map(old.entries.map((entry, index) => [entry.key.text, index] as const));
  const place = (entry: Entry) => places.get(entry.key.text) ?? places.size;
  return [...entries].sort((a, b) => place(a) - place(b));
};
