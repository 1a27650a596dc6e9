import { memo } from '../../model/memo.ts';
import { isMap, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { expressionsIn, isDefaultOperator, parseTemplate, type Template } from './envsubst.ts';

const templates = new WeakMap<ScalarNode, Template>();

/** The template that a string is, parsed once; undefined for scalars in which there is nothing to substitute. */
export const templateOf = (scalar: ScalarNode): Template | undefined => {
  if (!scalar.text.includes('$')) return undefined;
  const known = templates.get(scalar);
  if (known) return known;
  const template = parseTemplate(scalar.text);
  templates.set(scalar, template);
  return template;
};

const dollars = new WeakMap<Node, boolean>();

/** Whether a tree holds a `$` anywhere, in a key or a value; remembered, since trees are shared and never change. */
export const hasDollar = (node: Node): boolean => {
  if (node.type === 'scalar') return node.text.includes('$');
  if (node.type === 'unknown') return false;
  const known = dollars.get(node);
  if (known !== undefined) return known;
  const found = isMap(node)
    ? node.entries.some(({ key, value }) => key.text.includes('$') || hasDollar(value))
    : node.items.some((item) => hasDollar(item));
  dollars.set(node, found);
  return found;
};

/** A node in which there is something to substitute, and its children of which that is so. */
export interface Holder {
  readonly node: Node;
  /** The items of a list, and of a map the entries: by their values, their keys, or both. */
  readonly children: readonly HeldChild[];
}

interface HeldChild {
  readonly index: number;
  /** Absent: it stands in the key alone. */
  readonly value?: Holder;
  readonly isInKey: boolean;
}

/** Where in an object there is something to substitute: what is shared by many clusters is looked through once. */
export const holderOf = memo((root: MapNode): Holder => heldIn(root));

const heldIn = (node: Node): Holder => {
  if (node.type === 'list') return { node, children: node.items.flatMap((item, index) => heldChild(index, item)) };
  if (node.type === 'map') return { node, children: node.entries.flatMap(({ key, value }, index) => heldChild(index, value, key)) };
  return { node, children: [] };
};

const heldChild = (index: number, value: Node, key?: ScalarNode): readonly HeldChild[] => {
  const isInKey = key !== undefined && hasDollar(key);
  if (hasDollar(value)) return [{ index, value: heldIn(value), isInKey }];
  return isInKey ? [{ index, isInKey }] : [];
};

/** One `${name}` in an object. */
export interface VariableUse {
  readonly name: string;
  /** The scalar or the key that it stands in. */
  readonly node: ScalarNode;
  /** It gives something else where the variable has no value. */
  readonly hasDefault: boolean;
}

/** Every variable that an object asks for, in order. What Flux cannot read is left out; `substitute` reports it. */
export const variablesIn = (root: MapNode): readonly VariableUse[] => {
  const uses: VariableUse[] = [];
  const walk = (node: Node) => {
    if (!hasDollar(node)) return;
    if (node.type === 'map') {
      for (const { key, value } of node.entries) {
        walk(key);
        walk(value);
      }
    } else if (node.type === 'list') for (const item of node.items) walk(item);
    else if (node.type === 'scalar') {
      const template = templateOf(node);
      if (template?.type !== 'template') return;
      for (const { name, operator } of expressionsIn(template.parts)) uses.push({ name, node, hasDefault: isDefaultOperator(operator) });
    }
  };
  walk(root);
  return uses;
};
