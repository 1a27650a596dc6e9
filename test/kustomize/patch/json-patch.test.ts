import { expect, test } from 'vitest';
import { applyJsonPatch } from '../../../src/kustomize/patch/json-patch.ts';
import { toValue } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';

const step = { type: 'patch', at: { path: 'kustomization.yaml', start: 0, end: 0 }, field: 'patches' } as const;

const rootOf = (text: string) => parseYaml(text, wholeFile('a.yaml')).documents[0]?.root;

const patched = (target: string, operations: string) => {
  const [root, list] = [rootOf(target), rootOf(operations)];
  if (root?.type !== 'map' || list?.type !== 'list') throw new Error('a map and a list are needed');
  const result = applyJsonPatch(root, list.items, step);
  return result.type === 'failure' ? result.message : toValue(result);
};

test.for([
  ['{a: 1}', '[{op: add, path: /b, value: {c: 2}}]', { a: 1, b: { c: 2 } }],
  ['{a: [1, 3]}', '[{op: add, path: /a/1, value: 2}, {op: add, path: /a/-, value: 4}]', { a: [1, 2, 3, 4] }],
  ['{a: [1, 2]}', '[{op: add, path: /a/-1, value: 3}]', { a: [1, 2, 3] }],
  ['{a/b: {"~c": 1}}', '[{op: replace, path: /a~1b/~0c, value: 2}]', { 'a/b': { '~c': 2 } }],
  ['{a: 1}', '[{op: replace, path: /b, value: 2}]', { a: 1, b: 2 }],
  ['{a: 1, b: 2}', '[{op: remove, path: /a}]', { b: 2 }],
  ['{a: {b: 1}}', '[{op: move, from: /a/b, path: /c}]', { a: {}, c: 1 }],
  ['{a: {b: 1}}', '[{op: copy, from: /a, path: /c}]', { a: { b: 1 }, c: { b: 1 } }],
  ['{a: {b: [1, x]}}', '[{op: test, path: /a, value: {b: [1, x]}}]', { a: { b: [1, 'x'] } }],
  ['{a: 1}', '[{op: test, path: /b}]', { a: 1 }],
] as const)('%s, %s', ([target, operations, expected]) => expect(patched(target, operations)).toEqual(expected));

test.for([
  ['{a: 1}', '[{op: add, path: /b/c, value: 1}]', 'add operation does not apply: doc is missing path: "/b/c": missing value'],
  ['{a: null}', '[{op: add, path: /a/c, value: 1}]', 'add operation does not apply: doc is missing path: "/a/c": missing value'],
  ['{a: 1}', '[{op: remove, path: /b}]', "error in remove for path: '/b': Unable to remove nonexistent key: b: missing value"],
  ['{a: [1]}', '[{op: replace, path: /a/1, value: 2}]', 'replace operation does not apply: doc is missing key: /a/1: missing value'],
  ['{a: [1]}', '[{op: add, path: /a/x, value: 2}]', "error in add for path: '/a/x': value was not a proper array index: 'x'"],
  ['{a: 1}', '[{op: test, path: /a, value: 2}]', 'testing value /a failed: test failed'],
  ['{a: 1}', '[{op: rename, path: /a}]', 'Unexpected kind: rename'],
  ['{a: 1}', '[{op: add, value: 1}]', 'add operation failed to decode path: missing value'],
] as const)('%s, %s is rejected', ([target, operations, message]) => expect(patched(target, operations)).toBe(message));
