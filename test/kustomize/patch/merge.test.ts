import { describe, expect, test } from 'vitest';
import { builtinSchemas } from '../../../src/kustomize/file/merge-schema.ts';
import { mergeObject } from '../../../src/kustomize/patch/merge.ts';
import { type MapNode, toValue } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';

const mapOf = (text: string, path: string): MapNode => {
  const root = parseYaml(text, wholeFile(path)).documents[0]?.root;
  if (root?.type !== 'map') throw new Error(`no map: ${text}`);
  return root;
};

const merged = (target: string, patch: string) => {
  const result = mergeObject(mapOf(target, 'target.yaml'), mapOf(patch, 'patch.yaml'), builtinSchemas);
  if (result?.type === 'failure') return result.message;
  return result && toValue(result);
};

const pod = (spec: string) => `{apiVersion: v1, kind: Pod, spec: ${spec}}`;

/** The `spec` of a Pod, whose lists have merge keys. */
const mergedSpec = (target: string, patch: string) => {
  const result = merged(pod(target), pod(patch));
  return typeof result === 'object' && result !== null && 'spec' in result ? result.spec : result;
};

describe('maps and scalars', () => {
  test.for([
    ['what a patch does not name stays', '{a: 1, b: 2}', '{b: 3}', { a: 1, b: 3 }],
    ['null deletes', '{a: 1, b: {c: 2}}', '{a: null, b: {c: ~}}', { b: {} }],
    ['null deletes what is not there, within added maps too', '{}', '{a: null, b: {c: null, d: [null]}}', { b: { d: [null] } }],
    ['a null that is written out stays, one that is implied goes', '{a: null, b: , c: 1}', '{c: 2}', { a: null, c: 2 }],
    ['a number that replaces a quoted string is a string', '{a: "80", b: 80}', '{a: 8080, b: "90"}', { a: '8080', b: '90' }],
    ['lists without a schema are replaced', '{a: [{name: x, b: 1}]}', '{a: [{name: x}]}', { a: [{ name: 'x' }] }],
    ['a directive replaces', '{a: {b: 1}}', '{a: {$patch: replace, c: 2}}', { a: { c: 2 } }],
    ['a directive deletes', '{a: {b: 1}, c: 2}', '{a: {$patch: delete}}', { c: 2 }],
    ['a directive in what is added', '{}', '{a: {b: {$patch: delete}, c: 1}}', { a: { c: 1 } }],
    ['a directive on the whole', '{a: 1}', '{$patch: delete}', undefined],
  ] as const)('%s', ([, target, patch, expected]) => expect(merged(target, patch)).toEqual(expected));

  test.for([
    ['{a: {b: 1}}', '{a: 1}', 'wrong node kind: expected MappingNode but got ScalarNode'],
    ['{a: 1}', '{a: {b: 1}}', 'wrong node kind: expected ScalarNode but got MappingNode'],
    ['{a: [1]}', '{a: {b: 1}}', 'wrong node kind: expected SequenceNode but got MappingNode'],
    ['{a: {b: 1}}', '{a: {$patch: ignore}}', "unknown patch strategy 'ignore'"],
  ] as const)('%s with %s cannot be merged', ([target, patch, message]) => expect(merged(target, patch)).toBe(message));
});

describe('lists with merge keys', () => {
  test.for([
    [
      'elements of the patch come first',
      '{containers: [{name: a, image: x}, {name: b}]}',
      '{containers: [{name: c}, {name: b, tty: true}]}',
      { containers: [{ name: 'c' }, { name: 'b', tty: true }, { name: 'a', image: 'x' }] },
    ],
    [
      'an element is deleted',
      '{containers: [{name: a}, {name: b}]}',
      '{containers: [{name: a, $patch: delete}]}',
      { containers: [{ name: 'b' }] },
    ],
    [
      'the whole list is replaced',
      '{containers: [{name: a}, {name: b}]}',
      '{containers: [{$patch: replace}, {name: c}]}',
      { containers: [{ name: 'c' }] },
    ],
    [
      'to replace an element that exists does nothing',
      '{containers: [{name: a, image: x}]}',
      '{containers: [{name: a, $patch: replace, tty: true}]}',
      { containers: [{ name: 'a', image: 'x' }] },
    ],
    [
      'of equal elements the last stays',
      '{volumes: [{name: a, x: 1}, {name: a, x: 2}]}',
      '{tty: 1}',
      { volumes: [{ name: 'a', x: 2 }], tty: 1 },
    ],
    [
      'an element of the patch that lacks the second key is lost where the target has it',
      '{containers: [{name: a, ports: [{containerPort: 80, protocol: TCP}]}]}',
      '{containers: [{name: a, ports: [{containerPort: 80, name: web}]}]}',
      { containers: [{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP' }] }] },
    ],
    [
      'two protocols on one port are two elements; with two keys, the order of the target stays',
      '{containers: [{name: a, ports: [{containerPort: 80, protocol: TCP}, {containerPort: 80, protocol: UDP}]}]}',
      '{containers: [{name: a, ports: [{containerPort: 80, protocol: UDP, name: dns}]}]}',
      {
        containers: [
          {
            name: 'a',
            ports: [
              { containerPort: 80, protocol: 'TCP' },
              { containerPort: 80, protocol: 'UDP', name: 'dns' },
            ],
          },
        ],
      },
    ],
    ['lists without a key are replaced', '{tolerations: [{key: a}]}', '{tolerations: [{key: b}]}', { tolerations: [{ key: 'b' }] }],
  ] as const)('%s', ([, target, patch, expected]) => expect(mergedSpec(target, patch)).toEqual(expected));

  test('scalars are joined', () => {
    const finalizers = (list: string) => `{apiVersion: v1, kind: Pod, metadata: {finalizers: ${list}}}`;
    expect(merged(finalizers('[a, b]'), finalizers('[c, a]'))).toMatchObject({ metadata: { finalizers: ['c', 'a', 'b'] } });
  });
});
