/**
 * What a Kustomization writes over a build, where parts of it are known in the cluster alone: they go through the build as
 * marks, which kustomize takes for letters, and are unknown again in what comes out.
 */
import { mapScalars } from '../yaml/edit.ts';
import { child, isMap, type ListNode, type MapNode, type Node, type ScalarNode, type UnknownNode } from '../yaml/node.ts';

export interface MarkedOverrides {
  /** The Kustomization with marks for what is unknown. */
  readonly kustomization: MapNode;
  /** What the build gives, with unknown values in place of marks. */
  readonly restored: (root: MapNode) => MapNode;
}

/** Texts that may stand in a build in part: names, tags, and patches whose lines are known. */
const texts: readonly (readonly string[])[] = [
  ['targetNamespace'],
  ['namePrefix'],
  ['nameSuffix'],
  ['images', 'newName'],
  ['images', 'newTag'],
  ['images', 'digest'],
  ['patches', 'patch'],
];

const structure = ['targetNamespace', 'namePrefix', 'nameSuffix', 'images', 'patches', 'components', 'kubeConfig'];

/** A root that is not in git has patches of which nothing is known: what it builds is looked at as it is. */
const unknownIn = (spec: Node, field: string): UnknownNode | undefined =>
  field === 'patches' && child(spec, field)?.type === 'unknown' ? undefined : firstUnknown(child(spec, field));

/** @returns the unknown value for which nothing can be built; undefined where nothing is unknown */
export const markedOverrides = (kustomization: MapNode): MarkedOverrides | UnknownNode | undefined => {
  const spec = child(kustomization, 'spec');
  if (!isMap(spec) || !structure.some((field) => unknownIn(spec, field))) return undefined;
  const marks: Mark[] = [];
  const marked = texts.reduce<Node>((tree, path) => withMarks(tree, path, marks), spec);
  for (const field of structure) {
    const unknown = unknownIn(marked, field);
    if (unknown) return unknown;
  }
  const entries = kustomization.entries.map((entry) => (entry.value === spec ? { ...entry, value: marked } : entry));
  return { kustomization: { ...kustomization, entries }, restored: (root) => restored(root, marks) };
};

interface Mark {
  readonly text: string;
  readonly unknown: UnknownNode;
}

const unknownPart = '(unknown)';

const withMarks = (node: Node, [key = '', ...rest]: readonly string[], marks: Mark[]): Node => {
  if (!isMap(node)) return node;
  const change = (value: Node): Node => {
    if (value.type === 'list') return { ...value, items: value.items.map((item) => withMarks(item, rest, marks)) } satisfies ListNode;
    return value.type === 'unknown' && value.written === undefined && rest.length === 0 ? marked(value, key, marks) : value;
  };
  return { ...node, entries: node.entries.map((entry) => (entry.key.text === key ? { ...entry, value: change(entry.value) } : entry)) };
};

/** A patch of which nothing is known is none that could be read. */
const marked = (unknown: UnknownNode, key: string, marks: Mark[]): Node => {
  const { text: known, span, via } = unknown;
  if (known === undefined && key === 'patch') return unknown;
  const text = `\ue000flux${marks.length}\ue001`;
  marks.push({ text, unknown });
  const value = known?.replaceAll(unknownPart, text) ?? text;
  return { type: 'scalar', value, text: value, style: value.includes('\n') ? 'literal' : 'plain', span, via } satisfies ScalarNode;
};

const restored = (root: MapNode, marks: readonly Mark[]): MapNode => {
  const change = (scalar: ScalarNode): Node => {
    const mark = scalar.text.includes('\ue000') ? marks.find(({ text }) => scalar.text.includes(text)) : undefined;
    if (!mark) return scalar;
    const text = scalar.text.replace(/\ue000flux\d+\ue001/g, unknownPart);
    const { span, via } = scalar;
    return { type: 'unknown', why: mark.unknown.why, span, via, ...(text === unknownPart ? {} : { text }) };
  };
  const changed = mapScalars(root, change);
  return isMap(changed) ? changed : root;
};

const firstUnknown = (node: Node | undefined): UnknownNode | undefined => {
  switch (node?.type) {
    case 'unknown':
      // Where only variables are unknown, the build goes by what is written.
      return node.written === undefined ? node : undefined;
    case 'list':
      return firstOf(node.items);
    case 'map':
      return firstOf(node.entries.map(({ value }) => value));
    default:
      return undefined;
  }
};

const firstOf = (nodes: readonly Node[]): UnknownNode | undefined => {
  for (const node of nodes) {
    const found = firstUnknown(node);
    if (found) return found;
  }
  return undefined;
};
