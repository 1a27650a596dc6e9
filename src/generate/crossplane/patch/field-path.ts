/**
 * Field paths of Crossplane (crossplane-runtime, `pkg/fieldpath`): `spec.tags[0]`, `metadata.annotations[a.b/c]`. Read and
 * written over trees whose values may be unknown.
 */
import type { Origin } from '../../../model/origin.ts';
import { listNode, mapNode, scalarNode, withEntry } from '../../../yaml/edit.ts';
import { entryOf, type ListNode, type MapNode, type Node, type UnknownNode } from '../../../yaml/node.ts';

export type Segment = { readonly type: 'field'; readonly name: string } | { readonly type: 'index'; readonly index: number };
export type FieldPath = readonly Segment[];

export interface Failure {
  readonly type: 'failed';
  readonly message: string;
}

const failed = (message: string): Failure => ({ type: 'failed', message });

/** `Parse` of fieldpath.go: a number in brackets is an index, anything else there a field, with or without quotes. */
export const parseFieldPath = (text: string): { readonly type: 'parsed'; readonly path: FieldPath } | Failure => {
  const path: Segment[] = [];
  let at = 0;
  while (at < text.length) {
    const letter = text[at];
    if (letter === '[') {
      const end = text.indexOf(']', at);
      const inside = text.slice(at + 1, end);
      if (end === -1) return failed(`unterminated '[' at position ${at}`);
      if (inside === '' || inside.includes('[')) return failed(`unexpected '${inside === '' ? ']' : '['}' at position ${at + 1}`);
      path.push(isIndex(inside) ? { type: 'index', index: Number(inside) } : field(inside));
      at = end + 1;
      continue;
    }
    if (letter === ']') return failed(`unexpected ']' at position ${at}`);
    if (letter === '.') {
      const next = text[at + 1];
      if (at === 0 || next === undefined || next === '.' || next === '[') return failed(`unexpected '.' at position ${at}`);
      at++;
      continue;
    }
    const end = nameEnd(text, at);
    path.push(field(text.slice(at, end)));
    at = end;
  }
  return { type: 'parsed', path };
};

const isIndex = (text: string): boolean => /^[0-9]+$/.test(text) && Number(text) < 2 ** 32;

const field = (text: string): Segment => ({ type: 'field', name: text.replace(/^['"]+|['"]+$/g, '') });

const nameEnd = (text: string, start: number): number => {
  const found = text.slice(start).search(/[.[\]]/);
  return found === -1 ? text.length : start + found;
};

/** As Crossplane prints a path. */
export const fieldPathText = (path: FieldPath): string =>
  path
    .map((segment) => {
      if (segment.type === 'index') return `[${segment.index}]`;
      return segment.name === '*' || segment.name.includes('.') ? `[${segment.name}]` : `.${segment.name}`;
    })
    .join('')
    .replace(/^\./, '');

export type Found =
  | { readonly type: 'found'; readonly node: Node }
  /** What a patch from an optional field forgives. */
  | { readonly type: 'missing'; readonly message: string }
  | { readonly type: 'unknown'; readonly node: UnknownNode }
  | Failure;

/** `GetValue` of paved.go. */
export const valueAt = (root: Node, path: FieldPath): Found => {
  let here: Node = root;
  for (const [position, segment] of path.entries()) {
    if (here.type === 'unknown') return { type: 'unknown', node: here };
    const next = stepInto(here, segment, path.slice(0, position));
    if ('message' in next) return next;
    here = next;
  }
  return here.type === 'unknown' ? { type: 'unknown', node: here } : { type: 'found', node: here };
};

const stepInto = (
  here: Exclude<Node, UnknownNode>,
  segment: Segment,
  before: FieldPath,
): Node | Failure | { readonly type: 'missing'; readonly message: string } => {
  const until = () => fieldPathText(before);
  const upTo = () => fieldPathText([...before, segment]);
  if (segment.type === 'index') {
    if (here.type !== 'list') return failed(`${until()}: not an array`);
    return here.items[segment.index] ?? { type: 'missing', message: `${upTo()}: no such element` };
  }
  if (here.type === 'map') return entryOf(here, segment.name)?.value ?? { type: 'missing', message: `${upTo()}: no such field` };
  if (here.type === 'scalar' && here.value === null) return { type: 'missing', message: `${until()}: expected map, got nil` };
  return failed(`${until()}: not an object`);
};

/** `ExpandWildcards` of paved.go: a path for every element there is, of those that have the whole of it. */
export const expandWildcards = (root: Node, path: FieldPath): readonly FieldPath[] | Failure | { readonly type: 'missing' } => {
  const position = path.findIndex((segment) => segment.type === 'field' && segment.name === '*');
  if (position === -1) {
    const found = valueAt(root, path);
    if (found.type === 'failed') return found;
    return found.type === 'missing' ? [] : [path];
  }
  const over = valueAt(root, path.slice(0, position));
  if (over.type === 'failed') return over;
  if (over.type === 'missing' || over.type === 'unknown') return [];
  const { node } = over;
  if (node.type === 'scalar') {
    return node.value === null ? { type: 'missing' } : failed(`${fieldPathText(path.slice(0, position))}: unexpected wildcard usage`);
  }
  const steps: readonly Segment[] =
    node.type === 'list'
      ? node.items.map((_, index) => ({ type: 'index', index }))
      : node.type === 'map'
        ? node.entries.map(({ key }) => ({ type: 'field', name: key.text }))
        : [];
  const all: FieldPath[] = [];
  for (const step of steps) {
    // Crossplane takes the key for another wildcard, without end.
    if (step.type === 'field' && step.name === '*') return failed('a key is called *');
    const inside = expandWildcards(root, path.with(position, step));
    if ('type' in inside) return inside;
    all.push(...inside);
  }
  return all;
};

/** Elements a path may name at most (`DefaultMaxFieldPathIndex`). */
const maxIndex = 1024;

/** `SetValue` of paved.go: what is not there on the way is made, and lists are filled up with nulls. */
export const withValueAt = (root: MapNode, path: FieldPath, value: Node): { readonly type: 'set'; readonly root: MapNode } | Failure => {
  const far = path.find((segment) => segment.type === 'index' && segment.index > maxIndex);
  if (far?.type === 'index') return failed(`index ${far.index} is greater than max allowed index ${maxIndex}`);
  const set = setIn(root, path, value, []);
  if (set.type === 'failed') return set;
  return set.type === 'map' ? { type: 'set', root: set } : failed('the object would be no map');
};

const setIn = (here: Node, path: FieldPath, value: Node, before: FieldPath): Node | Failure => {
  const [segment, ...rest] = path;
  if (segment === undefined) return value;
  // Whatever it holds, something in it is unknown.
  if (here.type === 'unknown') return here;
  const walked = [...before, segment];
  if (segment.type === 'index') {
    if (here.type !== 'list') return failed(`${fieldPathText(before)} is not an array`);
    const list = filled(here, segment.index + 1);
    const item = list.items[segment.index];
    const inner = item === undefined || (item.type === 'scalar' && item.value === null) ? made(rest, value) : grown(item, rest);
    const set = setIn(inner, rest, value, walked);
    return set.type === 'failed' ? set : { ...list, items: list.items.with(segment.index, set) };
  }
  if (here.type !== 'map') return failed(`${fieldPathText(before)} is not an object`);
  const known = entryOf(here, segment.name)?.value;
  const set = setIn(known === undefined ? made(rest, value) : grown(known, rest), rest, value, walked);
  return set.type === 'failed' ? set : withEntry(here, segment.name, set);
};

/** `prepareField` and `prepareElement`: what the next step needs. */
const made = ([next]: FieldPath, origin: Origin): Node => {
  if (next === undefined) return scalarNode(null, origin);
  return next.type === 'index' ? filled(listNode([], origin), next.index + 1) : mapNode([], origin);
};

const grown = (node: Node, [next]: FieldPath): Node =>
  node.type === 'list' && next?.type === 'index' ? filled(node, next.index + 1) : node;

const filled = (list: ListNode, length: number): ListNode =>
  list.items.length >= length
    ? list
    : { ...list, items: [...list.items, ...Array.from({ length: length - list.items.length }, () => scalarNode(null, list))] };
