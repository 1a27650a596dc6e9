import { expect, it } from 'vitest';
import { withEntry } from '../../src/yaml/edit.ts';
import type { Node } from '../../src/yaml/node.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';
import { isSameTree } from '../../src/yaml/same-tree.ts';

const tree = (text: string, path = 'a.yaml'): Node => {
  const root = parseYaml(text, wholeFile(path)).documents[0]?.root;
  if (!root) throw new Error('no document');
  return root;
};

it('holds of what is read twice', () => {
  const text = 'a: 1\nb: [x, { c: y }]\nd: "z"\n';
  expect(isSameTree(tree(text), tree(text))).toBe(true);
});

it.each([
  ['a value', 'a: 1\n', 'a: 2\n'],
  ['a key', 'a: 1\n', 'b: 1\n'],
  ['a type', 'a: 1\n', 'a: "1"\n'],
  ['one more entry', 'a: 1\n', 'a: 1\nb: 2\n'],
  ['one less item', 'a: [x, y]\n', 'a: [x]\n'],
  ['an item', 'a: [x, y]\n', 'a: [x, z]\n'],
  ['a list for a map', 'a: [x]\n', 'a: { x: 1 }\n'],
])('does not hold where %s differs', (_, one, other) => {
  expect(isSameTree(tree(one), tree(other))).toBe(false);
  expect(isSameTree(tree(other), tree(one))).toBe(false);
});

it('does not hold of the same text in another file', () => {
  expect(isSameTree(tree('a: 1\n'), tree('a: 1\n', 'b.yaml'))).toBe(false);
});

it('holds of unknown values only for the same reason', () => {
  const root = tree('a: 1\n');
  if (root.type !== 'map') throw new Error('no map');
  const unknown = (why: string): Node => withEntry(root, 'a', { type: 'unknown', why, span: root.span, via: [] });
  expect(isSameTree(unknown('b'), unknown('b'))).toBe(true);
  expect(isSameTree(unknown('b'), unknown('c'))).toBe(false);
  expect(isSameTree(unknown('b'), root)).toBe(false);
});
