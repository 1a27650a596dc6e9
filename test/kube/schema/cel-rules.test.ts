import { Environment } from '@marcbachmann/cel-js';
import { describe, expect, it } from 'vitest';
import { conflictingFields } from '../../../src/kube/schema/conflicting-fields.ts';
import type { Schema } from '../../../src/kube/schema/schema.ts';
import { fromValue } from '../../../src/yaml/edit.ts';
import { isMap, type Value } from '../../../src/yaml/node.ts';
import { newest, type Official, official } from './official-crds.ts';

/** Our rules across fields against the CEL of the official CRDs, on many objects of each kind. */

const withCel = official().filter(({ minor, schema }) => minor === newest && JSON.stringify(schema).includes('x-kubernetes-validations'));

describe.skipIf(withCel.length === 0)('conflictingFields', () => {
  it.each(withCel.map((one) => [one.kind, one] as const))('rejects of %s what its CEL rejects', (_, one) => {
    const random = seeded(7);
    const samples = Array.from({ length: 500 }, () => sampleObject(one, random));
    const verdicts = samples.map(
      (object) => [JSON.stringify(object), holds(withDefaults(object, one.schema), one.schema), isAccepted(object)] as const,
    );
    expect(verdicts.filter(([, theirs, ours]) => theirs !== ours)).toEqual([]);
    expect(new Set(verdicts.map(([, theirs]) => theirs)).size).toBe(2);
  });
});

/** Whether we say that the API server takes it; what controllers say later is not CEL. */
const isAccepted = (object: Value): boolean => {
  const root = fromValue(object, { span: { path: 'a', start: 0, end: 0 }, via: [] });
  return isMap(root) && !conflictingFields(root).some(({ message }) => message.includes('API server'));
};

const environment = new Environment({ unlistedVariablesAreDyn: true });

/** Whether the rules of a schema and of all below it hold. Rules about the value before are of no use here. */
const holds = (value: Value, schema: Schema): boolean => {
  const rules = (schema['x-kubernetes-validations'] ?? []).filter(({ rule }) => !rule.includes('oldSelf'));
  if (!rules.every(({ rule }) => environment.evaluate(rule, { self: value }) === true)) return false;
  if (Array.isArray(value)) return value.every((item: Value) => holds(item, schema.items ?? {}));
  return entriesOf(value).every(([name, field]) => holds(field, schema.properties?.[name] ?? {}));
};

const entriesOf = (value: Value): readonly (readonly [string, Value])[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

const withDefaults = (value: Value, schema: Schema): Value => {
  if (Array.isArray(value)) return value.map((item: Value) => withDefaults(item, schema.items ?? {}));
  if (typeof value !== 'object' || value === null) return value;
  const written = new Map(entriesOf(value));
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (!written.has(name) && field.default !== undefined) written.set(name, field.default as Value); // JSON, as all of a CRD
  }
  return Object.fromEntries([...written].map(([name, field]) => [name, withDefaults(field, schema.properties?.[name] ?? {})]));
};

const seeded = (start: number) => {
  let state = start;
  return (): number => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
};

type Random = () => number;

const pick = (values: readonly Value[], random: Random): Value => values[Math.floor(random() * values.length)] ?? '';

const sampleObject = ({ group, kind, version, schema }: Official, random: Random): Value => ({
  apiVersion: `${group}/${version}`,
  kind,
  metadata: { name: pick(['flux', 'flux', 'flux', 'other'], random) },
  spec: sample(schema.properties?.spec ?? {}, 'spec', random),
});

/** A value that has about half of the optional fields. */
const sample = (schema: Schema, name: string, random: Random): Value => {
  if (schema.enum) return pick(schema.enum.map(String), random);
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).filter(([field]) => schema.required?.includes(field) || random() < 0.45);
      return Object.fromEntries(fields.map(([field, inner]) => [field, sample(inner, field, random)]));
    }
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, Math.floor(random() * 3));
      return Array.from({ length }, () => sample(schema.items ?? {}, name, random));
    }
    case 'boolean':
      return random() < 0.5;
    case 'integer':
    case 'number':
      return 1;
    case 'string':
    case undefined:
      return name === 'url' ? pick(['http://a', 'https://a', 'oci://a'], random) : pick(['a', 'b', 'flux', 'A'], random);
    default:
      return schema.type satisfies never;
  }
};
