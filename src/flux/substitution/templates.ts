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
