/**
 * JSON patches (RFC 6902) on node trees, so that every value keeps its origin. The edges are those of the library that
 * kustomize uses (evanphx/json-patch v4): `replace` makes a missing key of a map, negative indices count from the end,
 * a null is no container.
 */

import type { Step } from '../../model/origin.ts';
import { scalarNode, withEntry, withoutEntry } from '../../yaml/edit.ts';
import { child, entryOf, isNull, type ListNode, type MapNode, type Node, stringAt, toValue, type Value } from '../../yaml/node.ts';
import { treeSize } from '../../yaml/tree-size.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { limitFailure, limits, tooLarge } from '../resource/limits.ts';
import { carried } from '../resource/steps.ts';

export interface PatchFailure extends Failure {
  /** The operation that cannot be done. */
  readonly operation: Node;
}

/**
 * @param operations a list of maps; values with the steps that brought them
 * @param step what moved and copied values get
 */
export const applyJsonPatch = (root: MapNode, operations: readonly Node[], step: Step): MapNode | PatchFailure => {
  let changed: Node = root;
  for (const operation of operations) {
    const next = apply(changed, operation, step);
    if (next.type === 'failure') return { ...next, operation };
    const large = tooLarge(next);
    if (large) return { ...large, operation };
    changed = next;
  }
  if (changed.type === 'map') return changed;
  const [operation = root] = operations.toReversed();
  return { ...failure('replace operation value must be object or array'), operation };
};

const apply = (root: Node, operation: Node, step: Step): Node | Failure => {
  const op = stringAt(operation, 'op') ?? 'unknown';
  const path = stringAt(operation, 'path');
  if (path === undefined) return failure(`${op} operation failed to decode path: missing value`);
  const value = child(operation, 'value') ?? scalarNode(null, operation);
  switch (op) {
    case 'add':
      return changeAt(root, path, op, (container, key) => add(container, key, value, path));
    case 'replace':
      return path === '' ? value : changeAt(root, path, op, (container, key) => replace(container, key, value, path));
    case 'remove':
      return changeAt(root, path, op, (container, key) => remove(container, key, path));
    case 'move':
    case 'copy':
      return transfer(root, operation, { op, path, step });
    case 'test':
      return test(root, path, child(operation, 'value'));
    default:
      return failure(`Unexpected kind: ${op}`);
  }
};

type Container = MapNode | ListNode;

const changeAt = (
  root: Node,
  path: string,
  op: string,
  change: (container: Container, key: string) => Container | Failure,
): Node | Failure => {
  const keys = keysOf(path);
  const missing = failure(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  return keys === undefined ? missing : descend(root, keys, { change, missing });
};

interface Change {
  readonly change: (container: Container, key: string) => Container | Failure;
  readonly missing: Failure;
}

const descend = (node: Node, keys: readonly string[], change: Change): Node | Failure => {
  if (node.type !== 'map' && node.type !== 'list') return change.missing;
  const [key = '', ...rest] = keys;
  if (rest.length === 0) return change.change(node, key);
  const next = node.type === 'map' ? entryOf(node, key)?.value : itemAt(node, key);
  if (next === undefined || isNull(next)) return change.missing;
  const changed = descend(next, rest, change);
  if (changed.type === 'failure' || changed === next) return changed.type === 'failure' ? changed : node;
  if (node.type === 'map') return withEntry(node, key, changed);
  return { ...node, items: node.items.map((item) => (item === next ? changed : item)) };
};

const keysOf = (path: string): readonly string[] | undefined => {
  if (!path.startsWith('/')) return undefined;
  return path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
};

const add = (container: Container, key: string, value: Node, path: string): Container | Failure => {
  if (container.type === 'map') return withEntry(container, key, value);
  if (key === '-') return { ...container, items: [...container.items, value] };
  const position = indexOf(key, container.items.length + 1);
  if (typeof position !== 'number') return failure(`error in add for path: '${path}': ${position.message}`);
  return { ...container, items: container.items.toSpliced(position, 0, value) };
};

const replace = (container: Container, key: string, value: Node, path: string): Container | Failure => {
  if (container.type === 'map') return withEntry(container, key, value);
  const position = indexOf(key, container.items.length);
  if (typeof position !== 'number') return failure(`replace operation does not apply: doc is missing key: ${path}: missing value`);
  return { ...container, items: container.items.with(position, value) };
};

const remove = (container: Container, key: string, path: string): Container | Failure => {
  if (container.type === 'map') {
    if (entryOf(container, key)) return withoutEntry(container, key);
    return failure(`error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`);
  }
  const position = indexOf(key, container.items.length);
  if (typeof position !== 'number') return failure(`error in remove for path: '${path}': ${position.message}`);
  return { ...container, items: container.items.toSpliced(position, 1) };
};

const transfer = (root: Node, operation: Node, { op, path, step }: { op: 'move' | 'copy'; path: string; step: Step }): Node | Failure => {
  const from = stringAt(operation, 'from');
  if (from === undefined) return failure(`${op} operation failed to decode from: operation, missing from field: missing value`);
  const keys = keysOf(from);
  const source = keys && valueAt(root, keys);
  if (!keys || source === undefined) {
    const what = op === 'move' ? 'doc is missing from path' : 'doc is missing from path';
    return failure(`${op} operation does not apply: ${what}: ${from}: missing value`);
  }
  const [held, added] = [treeSize(root), treeSize(source)];
  if (held.nodes + added.nodes > limits.nodes)
    return limitFailure(`It copies until an object has more than ${limits.nodes} values, which flux-lint does not follow.`);
  const value = carried(source, [step]);
  const without = op === 'move' ? changeAt(root, from, op, (container, key) => remove(container, key, from)) : root;
  if (without.type === 'failure') return without;
  const target = changeAt(without, path, op, (container, key) => add(container, key, value, path));
  if (target.type !== 'failure' || !target.message.includes('doc is missing path')) return target;
  return failure(`${op} operation does not apply: doc is missing destination path: ${path}: missing value`);
};

const test = (root: Node, path: string, wanted: Node | undefined): Node | Failure => {
  const keys = path === '' ? [] : keysOf(path);
  if (!keys) return failure(`test operation does not apply: is missing path: ${path}: missing value`);
  const parent = valueAt(root, keys.slice(0, -1));
  if (keys.length > 0 && (parent === undefined || (parent.type !== 'map' && parent.type !== 'list'))) {
    return failure(`test operation does not apply: is missing path: ${path}: missing value`);
  }
  const found = valueAt(root, keys);
  const isNothing = (node: Node | undefined) => node === undefined || isNull(node);
  const isEqual = isNothing(found) ? isNothing(wanted) : found && wanted && same(toValue(found), toValue(wanted));
  return isEqual ? root : failure(`testing value ${path} failed: test failed`);
};

const same = (a: Value, b: Value): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index] ?? null));
  }
  const entries = Object.entries(a);
  return entries.length === Object.keys(b).length && entries.every(([key, item]) => Object.hasOwn(b, key) && same(item, memberOf(b, key)));
};

const memberOf = (value: Value, key: string): Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // Array.isArray does not tell a readonly array from an object.
      ((value as Readonly<Record<string, Value>>)[key] ?? null)
    : null;

const valueAt = (root: Node, keys: readonly string[]): Node | undefined => {
  let here: Node | undefined = root;
  for (const key of keys) here = here?.type === 'list' ? itemAt(here, key) : child(here, key);
  return here;
};

const itemAt = (list: ListNode, key: string): Node | undefined => {
  const position = indexOf(key, list.items.length);
  return typeof position === 'number' ? list.items[position] : undefined;
};

const indexOf = (key: string, length: number): number | Failure => {
  if (!/^[-+]?\d+$/.test(key)) return failure(`value was not a proper array index: '${key}'`);
  const index = Number(key);
  const position = index < 0 ? index + length : index;
  return position >= 0 && position < length ? position : failure(`Unable to access invalid index: ${index}: invalid index referenced`);
};
