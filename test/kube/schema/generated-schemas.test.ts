import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { generatedSchemas } from '../../../scripts/generated-schemas.ts';
import { describedKinds } from '../../../src/kube/schema/described-kinds.ts';
import { describedObject } from '../../../src/kube/schema/object-schema.ts';
import type { Schema } from '../../../src/kube/schema/schema.ts';
import { validate } from '../../../src/kube/schema/validate.ts';
import { fromValue } from '../../../src/yaml/edit.ts';
import type { Value } from '../../../src/yaml/node.ts';

const generated = generatedSchemas();

describe('schemas/generated', () => {
  it('is what `npm run generate:schemas` writes', () => {
    const root = new URL('../../../', import.meta.url);
    const files = readdirSync(new URL('schemas/generated/', root), { recursive: true, withFileTypes: true });
    expect(files.filter((file) => file.isFile()).length).toBe(generated.size);
    for (const [path, text] of generated) expect(readFileSync(new URL(path, root), 'utf8') === text, `${path} is stale`).toBe(true);
  });
});

/** A JSON Schema validator, an independent reader of the same descriptions, must be of one mind with ours. */
describe('validate agrees with ajv', () => {
  const cases = describedKinds.flatMap((kind) =>
    Object.entries(kind.versions).map(([version, schema]) => {
      const path = `schemas/generated/${kind.group}/${kind.kind.toLowerCase()}_${version}.json`;
      return [path, describedObject(kind, schema), generated.get(path) ?? ''] as const;
    }),
  );

  it.each(cases)('on %s', (_, schema, text) => {
    const accepts = new Ajv2020({ strict: false }).compile(JSON.parse(text));
    const errorsOf = (value: Value) =>
      validate(fromValue(value, { span: { path: 'a', start: 0, end: 0 }, via: [] }), schema, { kind: 'It' });
    const full = sample(schema);
    expect(accepts(full), JSON.stringify(accepts.errors)).toBe(true);
    expect(errorsOf(full)).toEqual([]);

    const changed = mutations(full);
    expect(changed.length).toBeGreaterThan(10);
    const verdicts = changed.map((value) => [JSON.stringify(value), accepts(value), errorsOf(value).length === 0] as const);
    expect(verdicts.filter(([, theirs, ours]) => theirs !== ours)).toEqual([]);
    expect(verdicts.some(([, , ours]) => !ours)).toBe(true);
  });
});

/** Texts for the patterns; every pattern of the descriptions has one here that it takes. */
const texts = [
  '10m',
  'https://example.com/a',
  'ssh://git@example.com/a',
  'oci://example.com/a',
  '@a',
  '@a/b',
  '@artifact/b',
  'a',
  'a.yaml',
];

/** A value with every field. */
const sample = (schema: Schema): Value => {
  if (schema.enum) return String(schema.enum[0]);
  switch (schema.type) {
    case 'object': {
      const values = Object.entries(schema.properties ?? {}).map(([name, field]) => [name, sample(field)] as const);
      const more = typeof schema.additionalProperties === 'object' ? [['key', sample(schema.additionalProperties)] as const] : [];
      return Object.fromEntries([...values, ...more]);
    }
    case 'array':
      return [sample(schema.items ?? {})];
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return 3;
    case 'string': {
      const { pattern } = schema;
      return pattern === undefined ? 'a' : (texts.find((text) => new RegExp(pattern).test(text)) ?? `no text for ${pattern}`);
    }
    case undefined:
      return 'anything';
    default:
      return schema.type satisfies never;
  }
};

/** The value with one thing changed, in all ways: a field left out, added, or replaced by something else. */
const mutations = (value: Value): readonly Value[] => {
  const others: readonly Value[] = ['', 'x'.repeat(3000), '1d', 7, 1.5, false, [], {}];
  if (Array.isArray(value)) return [...others, [], ...mutations(value[0] ?? '').map((item) => [item])];
  if (typeof value !== 'object' || value === null) return others;
  return [
    ...others,
    { ...value, unheardOf: 1 },
    ...Object.entries(value).flatMap(([name, field]) => {
      const { [name]: _, ...rest } = value as { readonly [key: string]: Value }; // arrays are dealt with above
      return [rest, ...mutations(field).map((changed) => ({ ...value, [name]: changed }))];
    }),
  ];
};
