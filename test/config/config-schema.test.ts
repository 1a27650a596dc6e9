/** The schema for editors and flux-lint itself are of one mind about every configuration. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type SchemaObject } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fc } from '../properties.ts';
import { refusalOf } from './accepted.ts';

const root = join(import.meta.dirname, '../..');
const schema: SchemaObject = JSON.parse(readFileSync(join(root, 'schemas/config.schema.json'), 'utf8'));
const ajv = new Ajv({ strict: true, strictTypes: false, strictTuples: false, strictRequired: false });
const validate = ajv.compile(schema);

const corpus = (kind: 'valid' | 'invalid') =>
  readdirSync(join(root, 'fixtures/config', kind)).map(
    (name) => [name, readFileSync(join(root, 'fixtures/config', kind, name), 'utf8')] as const,
  );

describe('fixtures/config', () => {
  it.each(corpus('valid'))('%s is taken by both', async (name, text) => {
    validate(parse(text));
    expect(validate.errors).toBeNull();
    expect(await refusalOf(text, name)).toBeUndefined();
  });

  it.each(corpus('invalid'))('%s is refused by both', async (_, text) => {
    expect(validate(parse(text))).toBe(false);
    expect(await refusalOf(text)).toContain(/^# says: (.*)$/m.exec(text)?.[1]);
  });

  it('the examples of the schema are valid', () => {
    for (const [key, { examples }] of Object.entries<{ examples: unknown[] }>(schema.properties)) {
      for (const example of examples) {
        validate({ expressions: schema.properties.expressions.examples[0], [key]: example });
        expect(validate.errors, key).toBeNull();
      }
    }
  });
});

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonMap = Readonly<Record<string, Json>>;

const isMap = (value: Json | undefined): value is JsonMap => typeof value === 'object' && value !== null && !Array.isArray(value);

const examples: Readonly<Record<string, Json>> = Object.fromEntries(
  Object.entries<{ examples: readonly Json[] }>(schema.properties).map(
    ([
      key,
      {
        examples: [example = null],
      },
    ]) => [key, example] as const,
  ),
);
const ruleExamples: JsonMap = {
  'build/empty': 'off',
  'references/unknown-path': ['error', {}],
  'blast-radius/shared-base': ['warning', { minClusters: 3 }],
  'security/privileged-workload': ['info', { namespaces: ['monitoring'] }],
  'lint/invalid-suppression': ['error', { requireReason: true }],
  'acme/other': 'off',
};
const words = ['production', '../outside', 'off', 'fatal', '2.9', '', 'acme/other', 'build/empty', 'build/empti', 'Build', 'true'];
const names = [...Object.keys(examples), ...Object.keys(ruleExamples), ...Object.keys(schema.definitions.cluster.properties), ...words];

const anything: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...words, ...Object.values(examples), ...Object.values(ruleExamples), true, 0, 3, 1.5, null, [], {}),
  fc.dictionary(fc.constantFrom(...names), fc.constantFrom<Json>(...words, 3, true), { maxKeys: 2 }),
);

interface Change {
  /** Which of the places in the tree, modulo their number. */
  readonly place: number;
  readonly change: 'replace' | 'remove' | 'rename' | 'insert';
  readonly name: string;
  readonly value: Json;
}

const changed = (config: Json, { place, change, name, value }: Change): Json => {
  const paths = [...placesIn(config)];
  const path = paths[place % paths.length] ?? [];
  return at(config, path, (here) => {
    switch (change) {
      case 'replace':
        return value;
      case 'insert':
        return isMap(here) ? { ...here, [name]: value } : Array.isArray(here) ? [...here, value] : here;
      case 'remove':
        return isMap(here) ? Object.fromEntries(Object.entries(here).slice(1)) : Array.isArray(here) ? here.slice(1) : here;
      case 'rename':
        return isMap(here) ? Object.fromEntries(Object.entries(here).map(([key, inner], at) => [at === 0 ? name : key, inner])) : here;
      default:
        return change satisfies never;
    }
  });
};

const placesIn = function* (value: Json, path: readonly string[] = []): Generator<readonly string[]> {
  yield path;
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, key]);
  }
};

const at = (value: Json, [key, ...rest]: readonly string[], change: (here: Json) => Json): Json => {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((inner, index) => (String(index) === key ? at(inner, rest, change) : inner));
  return isMap(value) ? { ...value, [key]: at(value[key] ?? null, rest, change) } : value;
};

/** What no schema can know: whether CEL compiles, and which rules plugins and expressions bring. */
const isBeyondSchemas = (config: Json): boolean => {
  if (!isMap(config)) return false;
  const { expressions, overrides } = config;
  const list = Array.isArray(expressions) ? expressions.filter(isMap) : [];
  const ids = list.map(({ id }) => id);
  const used = [config, ...(Array.isArray(overrides) ? overrides.filter(isMap) : [])].flatMap(({ rules }) =>
    isMap(rules) ? Object.keys(rules) : [],
  );
  return (
    new Set(ids).size < ids.length ||
    list.some(({ assert }) => typeof assert === 'string' && assert !== '' && assert !== 'true' && !assert.startsWith('has(')) ||
    (list.length > 0 && used.some((id) => id.startsWith('acme/') && !ids.includes(id)))
  );
};

describe('any configuration', () => {
  const config = fc
    .tuple(
      fc.subarray(Object.keys(examples)),
      fc.subarray(Object.keys(ruleExamples)),
      fc.array(
        fc.record<Change>({
          place: fc.nat(),
          change: fc.constantFrom('replace', 'remove', 'rename', 'insert'),
          name: fc.constantFrom(...names),
          value: anything,
        }),
        { maxLength: 2 },
      ),
    )
    .map(([keys, ids, changes]) => {
      const rules = Object.fromEntries(ids.map((id) => [id, ruleExamples[id] ?? 'off'] as const));
      const values: JsonMap = { ...examples, rules, overrides: [{ files: ['apps/**'], rules }] };
      return changes.reduce<Json>(changed, Object.fromEntries(keys.map((key) => [key, values[key] ?? null] as const)));
    });

  it('is taken by both or by neither', async () => {
    const verdicts = { taken: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(config, async (value) => {
        fc.pre(isMap(value) && !isBeyondSchemas(value));
        const refusal = await refusalOf(JSON.stringify(value), '.flux-lint.json');
        const isTaken = validate(value);
        verdicts[isTaken ? 'taken' : 'refused']++;
        expect(refusal === undefined, `flux-lint: ${refusal}; schema: ${ajv.errorsText(validate.errors)}`).toBe(isTaken);
      }),
      { numRuns: 1500 },
    );
    // Neither side alone would prove anything.
    expect(Math.min(verdicts.taken, verdicts.refused)).toBeGreaterThan(200);
  });
});
