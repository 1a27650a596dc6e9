/**
 * What the kinds of Kubernetes hold, in the eight newest minors: `types.json`, made by `scripts/kubernetes-table.ts` of the
 * OpenAPI of each release. It is read when the first object of such a kind is judged.
 */
import { createRequire } from 'node:module';
import { metadataSchema } from '../object-schema.ts';
import type { Schema } from '../schema.ts';
import { factsOf, isEnforced } from './facts.ts';

interface Table {
  /** The type of each `group/version/Kind`. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The schema of a kind in a version, with `since` and `until` where only some of the minors know a field. */
export const kubernetesSchema = (apiVersion: string, kind: string): Schema | undefined => {
  const { kinds } = loadTable();
  const id = `${apiVersion.includes('/') ? '' : '/'}${apiVersion}/${kind}`;
  const type = Object.hasOwn(kinds, id) ? kinds[id] : undefined;
  return type === undefined ? undefined : typeNamed(type);
};

let loaded: Table | undefined;

const loadTable = (): Table => {
  loaded ??= createRequire(import.meta.url)('./types.json') as Table; // what the script writes, held to its form by a test
  return loaded;
};

/** Types hold themselves: each is there before its fields are. */
const known = new Map<string, Schema>();

const typeNamed = (name: string): Schema => {
  const before = known.get(name);
  if (before) return before;
  const properties: Record<string, Schema> = {};
  const fields = Object.entries(loadTable().types[name] ?? {});
  const required = fields.flatMap(([field, text]) => (text.includes(' required') && isEnforced(name, field) ? [field] : []));
  const schema: Schema = { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
  known.set(name, schema);
  for (const [field, text] of fields) properties[field] = readField(name, field, text);
  return schema;
};

/** `[core.v1.EnvVar by name since 31` */
const readField = (type: string, field: string, text: string): Schema => {
  const [code = '', ...words] = text.split(' ');
  const schema = readType(code);
  const facts = factsOf(type, field);
  const after = (word: string): string | undefined => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined);
  const [keys, since, until] = [after('by'), after('since'), after('until')];
  if (words.length === 0 && !facts) return schema;
  return {
    ...schema,
    ...facts,
    ...(keys === undefined ? {} : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys.split(',') }),
    ...(words.includes('set') ? { 'x-kubernetes-list-type': 'set' } : {}),
    ...(since === undefined ? {} : { since: `1.${Number(since)}` }),
    ...(until === undefined ? {} : { until: `1.${Number(until)}` }),
  };
};

const readType = (code: string): Schema => {
  if (code.startsWith('[')) return { type: 'array', items: readType(code.slice(1)) };
  if (code.startsWith('{')) return { type: 'object', additionalProperties: readType(code.slice(1)) };
  if (code === 'meta.v1.ObjectMeta') return metadataSchema;
  return simple.get(code) ?? typeNamed(code);
};

/**
 * k8s.io/apimachinery: pkg/api/resource/quantity.go (`parseQuantityString`, `suffixer`), which drops blanks around a text;
 * pkg/apis/meta/v1/time.go (`UnmarshalJSON`: RFC 3339). pkg/runtime/converter.go cuts a number that is too large for its 32 bits,
 * so that nobody can tell what becomes of it.
 */
const simple: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  ['s', { type: 'string' }],
  ['i', { type: 'integer', format: 'go-int32' }],
  ['l', { type: 'integer', format: 'int64' }],
  ['n', { type: 'number' }],
  ['b', { type: 'boolean' }],
  ['y', { type: 'string', format: 'base64', words: 'a text in base64' }],
  [
    'q',
    {
      isQuantity: true,
      pattern: '^\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?\\s*$',
      words: 'a quantity such as 500m, 0.5 or 1Gi',
    },
  ],
  ['x', { 'x-kubernetes-int-or-string': true }],
  ['t', { type: 'string', format: 'date-time', words: 'a time such as 2026-01-31T08:00:00Z' }],
  ['o', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }],
  ['*', { 'x-kubernetes-preserve-unknown-fields': true }],
]);
