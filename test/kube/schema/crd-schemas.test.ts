import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDefinition, validateCustomObject } from '../../../src/kube/schema/crd-schemas.ts';
import { withEntry } from '../../../src/yaml/edit.ts';
import { child, isMap } from '../../../src/yaml/node.ts';
import { parseYaml } from '../../../src/yaml/parse.ts';
import { wholeFile } from '../../../src/yaml/place.ts';
import { referenceData } from '../../reference-data.ts';
import { parseObject } from './parse-object.ts';

const crd = (spec: string) =>
  parseObject(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: databases.example.com }
spec:
  group: example.com
  names: { kind: Database, plural: databases }
  scope: Cluster
  versions:
    - name: v1alpha1
      served: false
      storage: false
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: {} } } } }
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec: ${spec}
            status: { type: object, properties: { ready: { type: boolean } } }
`);

const errorsOf = (schema: string, spec: string) => {
  const definition = readDefinition(crd(schema));
  if (!definition) throw new Error('No definition');
  const object = parseObject(`{ apiVersion: example.com/v1, kind: Database, metadata: { name: a }, spec: ${spec}, status: { other: 1 } }`);
  return validateCustomObject(object, definition).map(({ type, pointer }) => `${type} ${pointer}`);
};

describe('validateCustomObject', () => {
  it.each([
    ['an unknown field', '{ type: object, properties: { size: { type: integer } } }', '{ size: 1, sise: 2 }', 'unknown-field /spec/sise'],
    [
      'an open object',
      '{ type: object, x-kubernetes-preserve-unknown-fields: true, properties: { a: { type: string } } }',
      '{ a: 1, b: 2 }',
      'invalid-value /spec/a',
    ],
    ['an object without properties', '{ type: object }', '{ a: 1 }'],
    ['a map', '{ type: object, additionalProperties: { type: string } }', '{ a: b, c: 1 }', 'invalid-value /spec/c'],
    ['a required field', '{ type: object, required: [a], properties: { a: { type: string } } }', '{}', 'missing-field /spec/a'],
    ['a required field with a default', '{ type: object, required: [a], properties: { a: { type: string, default: b } } }', '{}'],
    ['null', '{ type: object, properties: { a: { type: string }, b: { type: string, nullable: true } } }', '{ a: ~, b: ~ }'],
    [
      'null in a list',
      '{ type: object, properties: { a: { type: array, items: { type: string } } } }',
      '{ a: [~] }',
      'invalid-value /spec/a/0',
    ],
    [
      'int-or-string',
      '{ type: object, properties: { a: { x-kubernetes-int-or-string: true, anyOf: [{ type: integer }, { type: string }] } } }',
      '{ a: 1 }',
    ],
    [
      'int-or-string that is neither',
      '{ type: object, properties: { a: { x-kubernetes-int-or-string: true } } }',
      '{ a: 1.5 }',
      'invalid-value /spec/a',
    ],
    [
      'an embedded object',
      '{ type: object, properties: { t: { type: object, x-kubernetes-embedded-resource: true, properties: { spec: { type: string } } } } }',
      '{ t: { apiVersion: v1, kind: A, metadata: {}, spec: a, data: b } }',
      'unknown-field /spec/t/data',
    ],
    [
      'bounds',
      '{ type: object, properties: { a: { type: integer, minimum: 1, maximum: 3, exclusiveMaximum: true }, b: { type: array, maxItems: 1 }, c: { type: string, minLength: 2 } } }',
      '{ a: 3, b: [1, 2], c: é }',
      'invalid-value /spec/a',
      'invalid-value /spec/b',
      'invalid-value /spec/c',
    ],
    [
      'formats',
      '{ type: object, properties: { a: { type: integer, format: int32 }, b: { type: string, format: date-time }, c: { type: string, format: whatever } } }',
      '{ a: 3000000000, b: yesterday, c: x }',
      'invalid-value /spec/a',
      'invalid-value /spec/b',
    ],
    [
      "Go's patterns",
      '{ type: object, properties: { a: { type: string, pattern: "(?i)^[[:alpha:]]+\\\\z" }, b: { type: string, pattern: "(?!x)" } } }',
      '{ a: ABC1, b: x }',
      'invalid-value /spec/a',
    ],
    [
      'one of several forms',
      '{ type: object, properties: { a: { type: string }, b: { type: string } }, oneOf: [{ required: [a] }, { required: [b] }] }',
      '{ a: x, b: y }',
      'invalid-value /spec',
    ],
    [
      'any of several forms',
      '{ type: object, properties: { a: { type: string }, b: { type: string } }, anyOf: [{ required: [a] }, { properties: { b: { enum: [y] } }, required: [b] }] }',
      '{ b: y }',
    ],
    [
      'an excluded form',
      '{ type: object, properties: { a: { type: string } }, not: { required: [a] } }',
      '{ a: x }',
      'invalid-value /spec',
    ],
    [
      'a field called constructor',
      '{ type: object, properties: { a: { type: string } } }',
      '{ constructor: x, __proto__: y }',
      'unknown-field /spec/constructor',
      'unknown-field /spec/__proto__',
    ],
    ['a schema that is none', '{ type: [string], properties: 5, required: a, pattern: 3, items: x, enum: y }', '{ a: 1 }'],
  ])('judges %s', (_, schema, spec, ...errors) => {
    expect(errorsOf(schema, spec)).toEqual(errors);
  });

  it('takes no time for a pattern that would hold up JavaScript', () => {
    // There it would be days, and no test would end.
    expect(
      errorsOf('{ type: object, properties: { a: { type: string, pattern: "^(a+)+$" } } }', `{ a: "${'a'.repeat(50)}!" }`),
    ).toHaveLength(1);
  });

  it('judges no version that is not served, and by nothing that is unknown', () => {
    const definition = readDefinition(crd('{ type: object, properties: {} }'));
    const object = (version: string) => parseObject(`{ apiVersion: example.com/${version}, kind: Database, spec: { a: 1 } }`);
    if (!definition) throw new Error('No definition');
    expect(['v1', 'v1alpha1', 'v2'].map((version) => validateCustomObject(object(version), definition).length)).toEqual([1, 0, 0]);
    const [, served] = definition.versions;
    const versions = child(definition.definition, 'spec', 'versions', 1);
    if (!served || !isMap(versions)) throw new Error('No version');
    const unknown = { type: 'unknown', why: 'a variable', span: versions.span, via: [] } as const;
    const list = { type: 'list', items: [withEntry(versions, 'schema', unknown)], span: versions.span, via: [] } as const;
    const spec = child(definition.definition, 'spec');
    if (!isMap(spec)) throw new Error('No spec');
    const open = readDefinition(withEntry(definition.definition, 'spec', withEntry(spec, 'versions', list)));
    expect(open && validateCustomObject(object('v1'), open)).toEqual([]);
  });
});

describe('readDefinition', () => {
  it('knows what it defines', () => {
    expect(readDefinition(crd('{}'))).toMatchObject({
      group: 'example.com',
      kind: 'Database',
      versions: [
        { name: 'v1alpha1', served: false },
        { name: 'v1', served: true },
      ],
    });
    expect(readDefinition(parseObject('{ apiVersion: v1, kind: ConfigMap }'))).toBeUndefined();
  });

  const crds = referenceData('crds');
  it.skipIf(crds === undefined)('reads the CRDs of Flux', () => {
    const { documents } = parseYaml(readFileSync(join(crds ?? '', 'flux-2.9.yaml'), 'utf8'), wholeFile('crds.yaml'));
    const kinds = documents.flatMap(({ root }) => (isMap(root) ? [readDefinition(root)] : []));
    expect(kinds.length).toBeGreaterThanOrEqual(15);
    const kustomization = kinds.find((kind) => kind?.kind === 'Kustomization');
    const object = parseObject(`
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: a }
spec: { interval: 10, prune: true, sourceRef: { kind: GitRepository }, pth: ./a }
`);
    expect(kustomization && validateCustomObject(object, kustomization).map(({ pointer }) => pointer)).toEqual([
      '/spec/interval',
      '/spec/sourceRef/name',
      '/spec/pth',
    ]);
  });
});
