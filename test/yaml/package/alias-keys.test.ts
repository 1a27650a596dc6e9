import { expect, it } from 'vitest';
import { entryOf, toValue } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';

const read = (text: string) => parseYaml(text, wholeFile('a.yaml'));
const values = (text: string) => read(text).documents.map(({ root }) => root && toValue(root));

it.each([
  ['name: &app shop\ncontrollers:\n  *app:\n    replicas: 1\n', { name: 'shop', controllers: { shop: { replicas: 1 } } }],
  ['name: &app shop\nlist:\n  - *app: 1\n', { name: 'shop', list: [{ shop: 1 }] }],
  ['name: &app shop\n*app : 1\n', { name: 'shop', shop: 1 }],
  ['name: &app shop\ntext: |\n  *app: stays\n', { name: 'shop', text: '*app: stays\n' }],
  ['name: &app shop\nother: *app\n', { name: 'shop', other: 'shop' }],
])('%j', (text, value) => {
  expect(read(text).problems).toEqual([]);
  expect(values(text)).toEqual([value]);
});

it('keeps the places behind such a key', () => {
  const text = 'name: &app shop\nat:\n  *app: here\n';
  const root = read(text).documents[0]?.root;
  const at = root?.type === 'map' ? entryOf(root, 'at')?.value : undefined;
  const value = at?.type === 'map' ? entryOf(at, 'shop')?.value : undefined;
  expect(text.slice(value?.span.start, value?.span.end)).toBe('here');
});

it('says of an alias without an anchor what it says of any other', () => {
  expect(read('*app: 1\n').problems[0]?.message).toContain('*app has no anchor');
});
