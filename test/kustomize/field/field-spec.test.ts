import { describe, expect, it } from 'vitest';
import { applyFieldSpec, type FieldSpec, mergeFieldSpecs, type Setter, splitPath } from '../../../src/kustomize/field/field-spec.ts';
import { scalarNode } from '../../../src/yaml/edit.ts';
import { isMap, type MapNode, toValue } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';

const origin = { span: { path: 'kustomization.yaml', start: 1, end: 2 }, via: [] };

const object = (text: string): MapNode => {
  const root = parseYaml(text, wholeFile('a.yaml')).documents[0]?.root;
  if (!isMap(root)) throw new Error('the test needs a map');
  return root;
};

const spec = (path: string, create = false, gvk: Partial<FieldSpec> = {}): FieldSpec => ({
  group: '',
  version: '',
  kind: '',
  path,
  create,
  ...gvk,
});

const toX: Setter = { set: () => scalarNode('x', origin), createType: 'scalar', origin };

describe('applyFieldSpec', () => {
  it.each([
    ['sets what is there', 'a: {b: 1}', spec('a/b'), { a: { b: 'x' } }],
    ['leaves alone what is not', 'a: {}', spec('a/b'), { a: {} }],
    ['makes maps down to the leaf', 'a: {}', spec('a/b/c', true), { a: { b: { c: 'x' } } }],
    ['reads escaped slashes as part of the key', 'a: {b/c: 1}', spec('a/b\\/c'), { a: { 'b/c': 'x' } }],
    ['allows a leading slash', 'a: {b: 1}', spec('/a/b'), { a: { b: 'x' } }],
    ['walks lists that the path does not name', 'a: [{b: 1}, {c: 2}, [{b: 3}]]', spec('a/b'), { a: [{ b: 'x' }, { c: 2 }, [{ b: 'x' }]] }],
    ['makes fields in every item', 'a: [{}, {c: 2}]', spec('a/b', true), { a: [{ b: 'x' }, { c: 2, b: 'x' }] }],
    ['never makes a list', 'a: {}', spec('a/b[]/c', true), { a: {} }],
    ['never makes a list at the end either', 'a: {}', spec('a/b[]', true), { a: {} }],
    ['makes an empty list of a null that should be a list', 'a: null', spec('a[]/b'), { a: [] }],
    ['makes a map of a null on the way', 'a: null', spec('a/b', true), { a: { b: 'x' } }],
    ['leaves a null on the way alone without create', 'a: null', spec('a/b'), { a: null }],
    ['sets a null at the end', 'a: {b: null}', spec('a/b'), { a: { b: 'x' } }],
    ['sets other kinds only as far as the spec is empty', 'a: 1', spec('a', false, { version: 'v1' }), { a: 1 }],
    [
      'matches group, version and kind',
      'apiVersion: g/v1\nkind: K\na: 1',
      spec('a', false, { group: 'g', version: 'v1', kind: 'K' }),
      { apiVersion: 'g/v1', kind: 'K', a: 'x' },
    ],
  ])('%s', (_, text, fieldSpec, expected) => {
    const changed = applyFieldSpec(object(text), fieldSpec, toX);
    if (changed.type === 'failure') throw new Error(changed.message);
    expect(toValue(changed)).toEqual(expected);
  });

  it.each([
    ['a: 1', spec('a/b'), 'expected sequence or mapping node'],
    ['a: [1]', spec('a/b'), 'expected sequence or mapping node'],
    ['a: {}', spec('a//b'), 'cannot set or create an empty field name'],
    ['a: {}', spec('a//b'), "considering field 'a//b' of object [noKind].[noVer].[noGrp]/[noName].[noNs]: cannot"],
  ])('rejects %s', (text, fieldSpec, message) => {
    expect(applyFieldSpec(object(text), fieldSpec, toX)).toMatchObject({ type: 'failure', message: expect.stringContaining(message) });
  });

  it('gives the same tree where nothing changes, and shares what it leaves alone', () => {
    const root = object('a: {b: 1}\nc: {d: 2}');
    expect(applyFieldSpec(root, spec('x/y'), toX)).toBe(root);
    expect(applyFieldSpec(root, spec('a/b'), { ...toX, set: (node) => node })).toBe(root);
    const changed = applyFieldSpec(root, spec('a/b'), toX);
    expect(changed.type === 'map' && changed.entries[1]).toBe(root.entries[1]);
  });

  it('says who asked for what it makes', () => {
    const changed = applyFieldSpec(object('a: {}'), spec('a/b/c', true), toX);
    expect(changed).toMatchObject({ entries: [{ value: { entries: [{ key: { span: origin.span }, value: { span: origin.span } }] } }] });
  });
});

describe('mergeFieldSpecs', () => {
  const [deployment, anything] = [spec('a', true, { kind: 'Deployment' }), spec('a', true)];

  it('adds what is not covered', () => {
    expect(mergeFieldSpecs([deployment], [deployment])).toEqual([deployment]);
    expect(mergeFieldSpecs([deployment], [anything])).toEqual([deployment]);
    expect(mergeFieldSpecs([anything], [deployment])).toEqual([anything, deployment]);
    expect(mergeFieldSpecs([deployment], [spec('b')])).toEqual([deployment, spec('b')]);
  });

  it('rejects two opinions about create', () => {
    expect(mergeFieldSpecs([deployment], [{ ...deployment, create: false }])).toMatchObject({
      message: expect.stringContaining('conflicting fieldspecs'),
    });
  });
});

it.each([
  ['a.b.c', '.', ['a', 'b', 'c']],
  ['a\\.b.c', '.', ['a.b', 'c']],
  ['/a/b', '/', ['a', 'b']],
  ['', '/', ['']],
])('splits %s', (path, delimiter, expected) => {
  expect(splitPath(path, delimiter)).toEqual(expected);
});
