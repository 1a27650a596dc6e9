import { expect, it } from 'vitest';
import { list, plain, readable, record, string } from '../../src/kube/view.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { wholeFile } from '../../src/yaml/place.ts';

const shape = record({ kind: string, name: string, include: list(record({ fromPath: string, toPath: string })) });

const view = (text: string) => {
  const root = parseYaml(text, wholeFile('source.yaml')).documents[0]?.root;
  if (!root) throw new Error('no document');
  return shape(root);
};

it('reads a field when it is asked for', () => {
  const source = view('{ kind: Bucket, name: [1], other: x }');
  expect(source.kind).toBe('Bucket');
  expect(source.include).toBeUndefined();
  expect(readable(() => source.name)).toBeUndefined();
});

it('is all its fields as a text and as plain data, and no more', () => {
  const source = view('{ kind: GitRepository, include: [{ fromPath: a, toPath: b }], other: x }');
  expect(JSON.stringify(source)).toBe('{"kind":"GitRepository","include":[{"fromPath":"a","toPath":"b"}]}');
  expect(JSON.stringify(plain(source))).toBe(JSON.stringify(source));
  expect(Object.keys(plain(source))).toEqual(['kind', 'name', 'include']);
});
