import * as parts from '../src/kube/schema/kinds/parts.ts';
import type { Schema } from '../src/kube/schema/schema.ts';

type Json = { readonly [key: string]: unknown };

/** One of our descriptions as a JSON Schema (2020-12) for editors and other tools; shared parts become `$defs`. */
export const toJsonSchema = (schema: Schema, title: string): Json => {
  const used = new Set<string>();
  const body = convert(schema, used, undefined);
  const definitions: Record<string, Json> = {};
  // A part may use others: what they need is found while they are written.
  for (const name of used) definitions[name] = convert(sharedParts.get(name) ?? {}, used, name);
  const $defs = Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...body, ...(used.size > 0 ? { $defs } : {}) };
};

/** A default is the field's own. */
const isWorthSharing = ({ default: value, pattern, properties }: Schema) => value === undefined && (pattern ?? properties) !== undefined;

const sharedParts: ReadonlyMap<string, Schema> = new Map(
  Object.entries(parts).flatMap(([name, part]) => (typeof part === 'object' && isWorthSharing(part) ? [[name, part] as const] : [])),
);

const fingerprint = ({ since: _since, default: _default, ...schema }: Schema): string => JSON.stringify(schema);

const nameOf: ReadonlyMap<string, string> = new Map([...sharedParts].map(([name, part]) => [fingerprint(part), name]));

const convert = (schema: Schema, used: Set<string>, self: string | undefined): Json => {
  const shared = nameOf.get(fingerprint(schema));
  const hints = { ...(schema.default === undefined ? {} : { default: schema.default }), ...describe(schema) };
  if (shared !== undefined && shared !== self) {
    used.add(shared);
    return { $ref: `#/$defs/${shared}`, ...hints };
  }
  const { properties, required, additionalProperties, items, since: _, enumSince: __, words, default: ___, ...rest } = schema;
  const { 'x-kubernetes-preserve-unknown-fields': isOpen, ...plain } = rest;
  const needed = required?.filter((name) => properties?.[name]?.default === undefined) ?? [];
  return {
    ...plain,
    ...(words ? { description: `${words[0]?.toUpperCase()}${words.slice(1)}.` } : {}),
    ...hints,
    ...(needed.length > 0 ? { required: needed } : {}),
    ...(properties ? { properties: mapValues(properties, (field) => convert(field, used, self)) } : {}),
    ...(properties && !isOpen ? { additionalProperties: false } : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: convert(additionalProperties, used, self) } : {}),
    ...(items ? { items: convert(items, used, self) } : {}),
  };
};

const describe = ({ since, enumSince }: Schema): Json => {
  const values = Object.entries(enumSince ?? {}).map(([value, minor]) => `${value}: since Flux ${minor}.`);
  const sentences = since ? [`Since Flux ${since}.`, ...values] : values;
  return sentences.length > 0 ? { description: sentences.join(' ') } : {};
};

const mapValues = (record: Readonly<Record<string, Schema>>, change: (schema: Schema) => Json): Json =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
