import { describe, expect, it } from 'vitest';
import { splitFieldPath } from '../../../src/kustomize/field/field-path.ts';
import { notJson } from '../../../src/kustomize/resource/not-json.ts';
import { currentId } from '../../../src/kustomize/resource/resource.ts';
import { applyReplacements } from '../../../src/kustomize/transform/replacements.ts';
import { child, isList, toValue } from '../../../src/yaml/node.ts';
import { unfitForJson } from '../../../src/yaml/through-json.ts';
import { kustomization, resources, values } from '../manifests.ts';

const source = `
apiVersion: v1
kind: Source
metadata: {name: s}
spec: {int: 8080, str: abc, qint: "12", bool: true, map: {a: 1}, nul: null, empty: "", emap: {}, path: a/b/c, date: 2020-01-01, list: [{name: x, v: 1}]}
---
`;

const replace = (manifests: string, entry: string) => {
  const entries = child(kustomization(`replacements:\n  - ${entry}`), 'replacements');
  return applyReplacements(resources(manifests), isList(entries) ? entries.items : []);
};

/** What `spec` of a Target becomes. */
const replaced = (entry: string, spec: string) => {
  const { resources: result, problems } = replace(`${source}{apiVersion: v1, kind: Target, metadata: {name: t}, spec: ${spec}}`, entry);
  if (problems[0]) return problems[0].message;
  const target = result[1];
  // What is of the wrong type fails when it is printed.
  const [unfit] = target ? unfitForJson(target.root) : [];
  if (target && unfit) return notJson(unfit, target).message;
  const node = child(target?.root, 'spec');
  return node && toValue(node);
};

const copy = (from: string, path: string, options = '{}') =>
  `{source: {kind: Source, fieldPath: ${from}}, targets: [{select: {kind: Target}, fieldPaths: ["${path}"], options: ${options}}]}`;

describe('types', () => {
  it.each([
    ['spec.int', '{x: "5"}', { x: '8080' }],
    ['spec.int', '{x: abc}', { x: '8080' }],
    ['spec.int', '{x: 5}', { x: 8080 }],
    ['spec.int', '{x: 1.5}', { x: 8080 }],
    ['spec.qint', '{x: 5}', { x: 12 }],
    ['spec.str', '{x: 5}', 'cannot decode !!str `abc` as a !!int'],
    ['spec.str', '{x: true}', 'cannot decode !!str `abc` as a !!bool'],
    ['spec.int', '{x: true}', 'cannot decode !!int `8080` as a !!bool'],
    ['spec.str', '{x: 1.5}', 'cannot decode !!str `abc` as a !!float'],
    ['spec.str', '{x: null}', 'cannot decode !!str `abc` as a !!null'],
    ['spec.str', '{x: 2020-01-01}', 'cannot decode !!str `abc` as a !!timestamp'],
    ['spec.map', '{x: 5}', 'cannot decode !!null `` as a !!int'],
    ['spec.date', '{x: a}', { x: '2020-01-01' }],
    ['spec.map', '{x: {b: 1}}', { x: { a: 1 } }],
    ['spec.str', '{x: {b: 1}}', { x: 'abc' }],
    ['spec.qint', '{x: {b: 1}}', { x: '12' }],
  ])('%s into %s', (from, spec, expected) => {
    expect(replaced(copy(from, 'spec.x'), spec)).toEqual(expected);
  });

  it.each([
    ['spec.int', { x: 8080 }],
    ['spec.qint', { x: 12 }],
    ['spec.bool', { x: true }],
    ['spec.empty', { x: '' }],
    ['spec.date', { x: '2020-01-01T00:00:00Z' }],
    ['spec.map', { x: { a: 1 } }],
    ['spec.nul', 'fieldPath `spec.nul` is missing for replacement source Source.[noVer].[noGrp]/[noName].[noNs]'],
    ['spec.emap', 'fieldPath `spec.emap` is missing for replacement source Source.[noVer].[noGrp]/[noName].[noNs]'],
  ])('%s into a field that is made', (from, expected) => {
    expect(replaced(copy(from, 'spec.x', '{create: true}'), '{}')).toEqual(expected);
  });
});

it('leaves a field that is made of no text empty, but within braces', () => {
  const { resources: result } = replace(
    `${source}apiVersion: v1\nkind: Target\nmetadata:\n  name: t\n`,
    copy('spec.empty', 'spec.x', '{create: true}'),
  );
  expect(toValue(child(result[1]?.root, 'spec') ?? { type: 'map', entries: [], span: { path: '', start: 0, end: 0 }, via: [] })).toEqual({
    x: null,
  });
});

describe('paths', () => {
  it.each([
    ['spec.a.b', '{}', '{a: {b: x}}', { a: { b: 'abc' } }],
    ['spec.*.b', '{}', '[{b: x}, {b: y}]', [{ b: 'abc' }, { b: 'abc' }]],
    [
      'spec.[n=x].b',
      '{}',
      '[{n: x, b: 1-}, {n: y, b: 2-}]',
      [
        { n: 'x', b: 'abc' },
        { n: 'y', b: '2-' },
      ],
    ],
    [
      'spec.[n=x|y].b',
      '{}',
      '[{n: x, b: 1-}, {n: y, b: 2-}]',
      [
        { n: 'x', b: 'abc' },
        { n: 'y', b: 'abc' },
      ],
    ],
    ['spec.[=x]', '{}', '[x, y]', ['abc', 'y']],
    ['spec.1', '{}', '[x, y]', ['x', 'abc']],
    ['spec.2', '{create: true}', '[x, y]', ['x', 'y', 'abc']],
    ['spec.a\\\\.b', '{}', '{a.b: x}', { 'a.b': 'abc' }],
    ['spec.[a.b/c]', '{}', '{a.b/c: x}', { 'a.b/c': 'abc' }],
    ['spec.a.[n=x].b.c', '{create: true}', '{}', { a: [{ n: 'x', b: { c: 'abc' } }] }],
    ['spec.a.0.b', '{create: true}', '{}', { a: [{ b: 'abc' }] }],
    ['spec.a', '{}', '{}', 'unable to find field "spec.a" in replacement target'],
    ['spec.[n=z].b', '{}', '[{n: x, b: 1}]', 'unable to find field "spec.[n=z].b" in replacement target'],
    [
      'spec.5',
      '{create: true}',
      '[x]',
      'unable to find or create field "spec.5" in replacement target: index 5 specified but only 1 elements found',
    ],
    ['spec.x.y', '{}', '{x: {}}', 'unable to find field "spec.x.y" in replacement target'],
    [
      'spec.0',
      '{}',
      '{x: {}}',
      'unable to find field "spec.0" in replacement target: wrong node kind: expected SequenceNode but got MappingNode',
    ],
  ])('%s with %s in %s', (path, options, spec, expected) => {
    expect(replaced(copy('spec.str', path, options), spec)).toEqual(expected);
  });

  it.each([
    ['a.b', ['a', 'b']],
    ['a.[name=x.y].b', ['a', '[name=x.y]', 'b']],
    ['metadata.annotations.[a.b/c]', ['metadata', 'annotations', 'a.b/c']],
    ['a.[b=c]', ['a', '[b=c]']],
  ])('splits %s', (path, parts) => {
    expect(splitFieldPath(path)).toEqual(parts);
  });
});

describe('parts of texts', () => {
  it.each([
    ['{delimiter: /, index: 1}', '{x: q}', { x: 'b' }],
    ['{delimiter: /, index: 3}', '{x: q}', 'options.index 3 is out of bounds for value a/b/c'],
    ['{delimiter: /, index: -1}', '{x: q}', 'options.index -1 is out of bounds for value a/b/c'],
  ])('source with %s', (options, spec, expected) => {
    const entry = `{source: {kind: Source, fieldPath: spec.path, options: ${options}}, targets: [{select: {kind: Target}, fieldPaths: [spec.x]}]}`;
    expect(replaced(entry, spec)).toEqual(expected);
  });

  it.each([
    ['{delimiter: ":", index: 0}', '{x: "q:r"}', { x: 'abc:r' }],
    ['{delimiter: ":", index: 1}', '{x: "q:r"}', { x: 'q:abc' }],
    ['{delimiter: ":", index: 9}', '{x: "q:r"}', { x: 'q:r:abc' }],
    ['{delimiter: ":", index: -1}', '{x: "q:r"}', { x: 'abc:q:r' }],
    ['{delimiter: ":"}', '{x: {}}', 'delimiter option can only be used with scalar nodes'],
  ])('target with %s', (options, spec, expected) => {
    expect(replaced(copy('spec.str', 'spec.x', options), spec)).toEqual(expected);
  });

  it.each([
    ['JSON on one line', 'spec.json.a.b', { json: '{"a": {"c": "<", "b": "x"}}' }, { json: '{"a":{"b":"abc","c":"\\u003c"}}' }],
    [
      'JSON on many lines',
      'spec.json.b',
      { json: '{\n  "b": "x",\n  "a": [1, {}]\n}\n' },
      { json: '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": "abc"\n}' },
    ],
    [
      'YAML',
      'spec.yaml.l.[n=x].v',
      { yaml: '# first\nz: "1"\nl:\n  - n: x\n    v: q # why\n' },
      { yaml: '# first\nz: "1"\nl:\n- n: x\n  v: abc # why' },
    ],
  ])('%s in a text', (_, path, spec, expected) => {
    expect(replaced(copy('spec.str', path), JSON.stringify(spec))).toEqual(expected);
  });
});

describe('selection', () => {
  const manifests = `${source}
{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, labels: {app: x}}, spec: {v: q}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: b, namespace: n}, spec: {v: q}}
---
{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {v: q}}
`;
  const chosen = (target: string) => {
    const entry = `{sourceValue: new, targets: [{${target}, fieldPaths: [spec.v], options: {create: true}}]}`;
    const { resources: result, problems } = replace(manifests, entry);
    if (problems[0]) return problems[0].message;
    return result
      .filter((resource) => toValue(child(resource.root, 'spec', 'v') ?? resource.root) === 'new')
      .map((resource) => `${currentId(resource).kind}/${currentId(resource).name}`);
  };

  it.each([
    ['select: {kind: Deployment}', ['Deployment/a', 'Deployment/b']],
    ['select: {kind: Deploy.*, name: a|b}', ['Deployment/a', 'Deployment/b']],
    ['select: {name: a}', ['Deployment/a', 'Service/a']],
    ['select: {namespace: n}', ['Deployment/b']],
    ['select: {labelSelector: app=x}', ['Deployment/a']],
    ['select: {name: "a|b"}, reject: [{kind: Service}]', ['Deployment/a', 'Deployment/b']],
    ['select: {name: "a|b"}, reject: [{kind: Deployment, name: b}]', ['Deployment/a', 'Service/a']],
    ['select: {name: "a|b"}, reject: [{labelSelector: app=x}]', ['Deployment/b', 'Service/a']],
    ['select: {name: none}', []],
    ['select: {name: "a["}', 'error creating target selector: error parsing regexp: missing closing ]: `[)$`'],
    ['reject: []', 'target must specify resources to select'],
  ])('%s', (target, expected) => {
    expect(chosen(target)).toEqual(expected);
  });

  it.each([
    ['{targets: []}', 'replacements must specify a source and at least one target'],
    ['{sourceValue: x}', 'replacements must specify a source and at least one target'],
    ['{sourceValue: x, source: {kind: Source}, targets: []}', 'value and resource selectors are mutually exclusive'],
    ['{source: {kind: Deployment}, targets: []}', 'multiple matches for selector Deployment.[noVer].[noGrp]/[noName].[noNs]'],
    [
      '{source: {kind: Deploy.*, fieldPath: x, options: {delimiter: ","}}, targets: []}',
      'nothing selected by Deploy.*.[noVer].[noGrp]/[noName].[noNs]:x:,(0), create=false',
    ],
    ['{source: {kind: Source, fieldPath: "spec.*.x"}, targets: []}', 'error looking up replacement source: wildcard is not supported'],
  ])('rejects %s', (entry, message) => {
    const { resources: result, problems } = replace(manifests, entry);
    expect(values(result)).toEqual(values(resources(manifests)));
    expect(problems).toMatchObject([{ ruleId: 'build/failed-transformation', message: expect.stringContaining(message) }]);
  });
});

it('keeps the origin of what it copies, and says which target asked for it', () => {
  const { resources: result } = replace(`${source}{kind: Target, spec: {x: q}}`, copy('spec.str', 'spec.x'));
  const path = { path: 'kustomization.yaml', start: 112, end: 120 };
  expect(child(result[1]?.root, 'spec', 'x')).toMatchObject({
    span: child(result[0]?.root, 'spec', 'str')?.span,
    via: [{ type: 'replacement', at: path, field: 'replacements' }],
  });
});

it('says which target asked for what it makes', () => {
  const { resources: result } = replace(`${source}{kind: Target, spec: {}}`, copy('spec.str', 'spec.a.b', '{create: true}'));
  const made = child(result[1]?.root, 'spec', 'a');
  expect(made).toMatchObject({ span: { path: 'kustomization.yaml', start: 112, end: 122 } });
  expect(child(made, 'b')?.span.path).toBe('manifests.yaml');
});
