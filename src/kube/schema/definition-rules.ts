import { withoutEntry } from '../../yaml/edit.ts';
import { entryOf, isNull, type MapNode, type Node, toPointer } from '../../yaml/node.ts';
import { holdsUnknown } from '../../yaml/unknown.ts';
import { type CelValue, isBroken } from '../cel/definition-rule.ts';
import type { Schema } from './schema.ts';
import { fieldPath, type Keys, type SchemaError } from './schema-error.ts';

/**
 * Rules of a definition, in CEL, that an object breaks (`x-kubernetes-validations`; k8s.io/apiextensions-apiserver:
 * pkg/apiserver/schema/cel). As there, they are asked only of what the schema has nothing against, with defaults in their places;
 * what is unknown breaks none.
 */
export const brokenRules = (root: MapNode, schema: Schema): readonly SchemaError[] => {
  const errors: SchemaError[] = [];
  // What the controllers report Flux takes away before it applies an object.
  if (holdsRules(schema)) walk(withoutEntry(root, 'status'), schema, [], errors);
  return errors;
};

const walk = (node: Node, schema: Schema, keys: Keys, errors: SchemaError[]): void => {
  if (isNull(node) || !holdsRules(schema)) return;
  errors.push(...brokenAt(node, schema, keys));
  if (node.type === 'list' && schema.items) {
    for (const [index, item] of node.items.entries()) walk(item, schema.items, [...keys, index], errors);
  }
  if (node.type !== 'map') return;
  for (const { key, value } of node.entries) {
    const field = fieldOf(schema, key.text);
    if (field) walk(value, field, [...keys, key.text], errors);
  }
};

const brokenAt = (node: Node, schema: Schema, keys: Keys): readonly SchemaError[] => {
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0 || holdsUnknown(node)) return [];
  const self = celOf(node, schema);
  return rules.flatMap(({ rule, message }): readonly SchemaError[] => {
    if (!isBroken(rule, self)) return [];
    const said = message === undefined ? rule.replace(/\s+/g, ' ').trim() : message.replace(/\.$/, '');
    const where = fieldPath(keys) || 'The object';
    return [{ type: 'invalid-value', pointer: toPointer(keys), message: `${where} breaks a rule of its definition: ${said}.` }];
  });
};

const fieldOf = ({ properties, additionalProperties }: Schema, name: string): Schema | undefined => {
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
};

/** With the defaults of what is not there. */
const celOf = (node: Node, schema: Schema): CelValue => {
  switch (node.type) {
    case 'scalar': {
      const isWhole = typeof node.value === 'number' && Number.isSafeInteger(node.value) && schema.type !== 'number';
      return isWhole ? BigInt(Number(node.value)) : node.value;
    }
    case 'list':
      return node.items.map((item) => celOf(item, schema.items ?? {}));
    case 'map':
      return mapOf(node, schema);
    case 'unknown':
      return null;
    default:
      return node satisfies never;
  }
};

const mapOf = (node: MapNode, schema: Schema): CelValue => {
  const written = node.entries.flatMap(({ key, value }): readonly (readonly [string, CelValue])[] =>
    isNull(value) && !fieldOf(schema, key.text)?.nullable ? [] : [[key.text, celOf(value, fieldOf(schema, key.text) ?? {})]],
  );
  const defaults = Object.entries(schema.properties ?? {}).flatMap(([name, field]): readonly (readonly [string, CelValue])[] => {
    const entry = entryOf(node, name);
    const isThere = entry && (!isNull(entry.value) || field.nullable);
    return isThere || field.default === undefined ? [] : [[name, plain(field.default, field)]];
  });
  return Object.fromEntries([...defaults, ...written]);
};

const plain = (value: unknown, schema: Schema): CelValue => {
  if (typeof value === 'number') return Number.isSafeInteger(value) && schema.type !== 'number' ? BigInt(value) : value;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, schema.items ?? {}));
  if (typeof value !== 'object' || value === null) return null;
  const own = Object.entries(value).map(([name, item]) => [name, plain(item, fieldOf(schema, name) ?? {})] as const);
  const others = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    name in value || field.default === undefined ? [] : [[name, plain(field.default, field)] as const],
  );
  return Object.fromEntries([...others, ...own]);
};

const holding = new WeakMap<Schema, boolean>();

const holdsRules = (schema: Schema): boolean => {
  const known = holding.get(schema);
  if (known !== undefined) return known;
  const { properties, additionalProperties, items } = schema;
  const inner = [
    ...Object.values(properties ?? {}),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...(items ? [items] : []),
  ];
  const holds = (schema['x-kubernetes-validations']?.length ?? 0) > 0 || inner.some(holdsRules);
  holding.set(schema, holds);
  return holds;
};
