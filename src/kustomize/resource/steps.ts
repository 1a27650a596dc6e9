import type { Origin, Step, StepType } from '../../model/origin.ts';
import type { Node } from '../../yaml/node.ts';
import { isLinked, link } from './linked-scalars.ts';

/** A step that a node of a kustomization asks for. */
export const stepAt = (type: StepType, { span }: Origin, field: string): Step => ({ type, at: span, field });

/** The tree with `steps` behind every node's own. */
export const carried = <T extends Node>(node: T, steps: readonly Step[]): T => {
  const extended = new Map<readonly Step[], readonly Step[]>();
  const viaOf = (via: readonly Step[]): readonly Step[] => {
    const known = extended.get(via);
    if (known) return known;
    const longer = via.length === 0 ? steps : [...via, ...steps];
    extended.set(via, longer);
    return longer;
  };
  const carry = (here: Node): Node => {
    const via = viaOf(here.via);
    if (here.type === 'list') return { ...here, via, items: here.items.map(carry) };
    if (here.type !== 'map') return { ...here, via };
    const entries = here.entries.map(({ key, value }) => ({ key: { ...key, via: viaOf(key.via) }, value: carry(value) }));
    return { ...here, via, entries };
  };
  // The copy has the type of what it copies.
  return carry(node) as T;
};

/**
 * What a component wrote into an object that is not its own: those nodes were carried by the entry that names the
 * component. Only what differs from `before` is looked at.
 *
 * @param path the component's kustomization file: the last step of what it wrote lies there
 */
export const carriedChanges = <T extends Node>(before: Node | undefined, after: T, path: string, step: Step): T => {
  if (before === after) return after;
  if (isLinked(after)) return carriedLinked(after, path, step);
  const via = after.via.at(-1)?.at.path === path ? [...after.via, step] : after.via;
  const carry = (old: Node | undefined, value: Node) => carriedChanges(old, value, path, step);
  // The copy has the type of what it copies.
  return { ...after, via, ...carriedChildren(before, after, carry) } as T;
};

const linkedCopies = new WeakMap<Step, WeakMap<Node, Node>>();

/** One copy for all the fields that are linked. */
const carriedLinked = <T extends Node>(node: T, path: string, step: Step): T => {
  if (node.type !== 'scalar' || node.via.at(-1)?.at.path !== path) return node;
  const copies = linkedCopies.get(step) ?? new WeakMap<Node, Node>();
  linkedCopies.set(step, copies);
  const copy = copies.get(node) ?? link({ ...node, via: [...node.via, step] });
  copies.set(node, copy);
  // The copy has the type of what it copies.
  return copy as T;
};

const carriedChildren = (before: Node | undefined, after: Node, carry: (old: Node | undefined, value: Node) => Node) => {
  if (after.type === 'list') {
    const known = new Set(before?.type === 'list' ? before.items : []);
    const bySpan = new Map([...known].map((item) => [item.span, item] as const));
    return { items: after.items.map((item) => (known.has(item) ? item : carry(bySpan.get(item.span), item))) };
  }
  if (after.type !== 'map') return {};
  const values = new Map((before?.type === 'map' ? before.entries : []).map(({ key, value }) => [key.text, value] as const));
  return { entries: after.entries.map(({ key, value }) => ({ key, value: carry(values.get(key.text), value) })) };
};
