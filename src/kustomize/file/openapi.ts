/**
 * `openapi`: a schema of one's own. Its definitions are added to those that kustomize embeds where these are loaded by
 * then, and stand alone where they are not (kyaml/openapi: `initSchema`, which never unloads any).
 */
import { memo } from '../../model/memo.ts';
import type { StepProblem } from '../../model/problem.ts';
import { child, isList, isMap, isScalar, type MapNode, type Node, type ScalarNode, textAt } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import type { ParseFile } from '../build.ts';
import { failedTransformation } from '../resource/transformation.ts';
import { type Loader, loadFile } from './loader.ts';
import { builtinDefinition, builtinSchemas, type MergeList, type MergeSchema, type MergeSchemas } from './merge-schema.ts';

export interface OpenApi {
  /** Undefined where the kustomization does not choose. */
  readonly schemas: MergeSchemas | undefined;
  readonly problems: readonly StepProblem[];
}

export interface OpenApiContext {
  readonly loader: Loader;
  readonly parse: ParseFile;
  /** Whether the embedded definitions are there already. */
  readonly hasBuiltin: boolean;
}

/** @param root a kustomization's fields */
export const openApiOf = (root: MapNode, { loader, parse, hasBuiltin }: OpenApiContext): OpenApi => {
  const path = child(root, 'openapi', 'path');
  const version = child(root, 'openapi', 'version');
  if (isScalar(path)) {
    if (version) {
      const message = 'builtin version and custom schema provided, cannot use both';
      return { schemas: undefined, problems: [failedTransformation(version, message)] };
    }
    const file = loadFile(loader, path.text, path);
    if ('ruleId' in file) return { schemas: undefined, problems: [file] };
    const { documents, problems } = parse(file);
    return { schemas: schemasOf(documents[0]?.root, hasBuiltin), problems };
  }
  if (!isScalar(version) || version.text === '') return { schemas: undefined, problems: [] };
  if (version.text === builtinVersion) return { schemas: builtinSchemas, problems: [] };
  const message = `the specified OpenAPI version is not built in: kustomize 5.8 has ${builtinVersion} only.`;
  return { schemas: undefined, problems: [failedTransformation(version, message)] };
};

const builtinVersion = 'v1.21.2';

const known = { alone: new WeakMap<Node, MergeSchemas>(), added: new WeakMap<Node, MergeSchemas>() };

const schemasOf = (root: Node | undefined, hasBuiltin: boolean): MergeSchemas => {
  const memory = hasBuiltin ? known.added : known.alone;
  const schemas = root && memory.get(root);
  if (schemas) return schemas;
  const made = makeSchemas(child(root, 'definitions'), hasBuiltin);
  if (root) memory.set(root, made);
  return made;
};

const makeSchemas = (definitions: Node | undefined, hasBuiltin: boolean): MergeSchemas => {
  const byKind = new Map<string, Node>();
  const named = new Map<string, MergeSchema>();
  for (const { value } of isMap(definitions) ? definitions.entries : []) {
    const kinds = child(value, 'x-kubernetes-group-version-kind');
    for (const kind of isList(kinds) ? kinds.items : []) {
      byKind.set(keyOf(textAt(kind, 'group') ?? '', textAt(kind, 'version') ?? '', textAt(kind, 'kind') ?? ''), value);
    }
  }
  const made = new Map<Node, MergeSchema>();
  return (id) => {
    const definition = byKind.get(keyOf(id.group, id.version, id.kind));
    if (!definition) return hasBuiltin ? builtinSchemas(id) : undefined;
    const schema = made.get(definition) ?? schemaOf(definition, { definitions, named, hasBuiltin });
    made.set(definition, schema);
    return schema;
  };
};

const keyOf = (group: string, version: string, kind: string): string => `${group}/${version}/${kind}`;

interface Definitions {
  readonly definitions: Node | undefined;
  /** By the name that references use; entered before they are filled, since definitions refer to themselves. */
  readonly named: Map<string, MergeSchema>;
  readonly hasBuiltin: boolean;
}

const schemaOf = (definition: Node, context: Definitions, into?: MutableSchema): MergeSchema => {
  const schema: MutableSchema = into ?? { maps: {}, lists: {} };
  const properties = child(definition, 'properties');
  for (const { key, value } of isMap(properties) ? properties.entries : []) addField(schema, key.text, value, context);
  const others = child(definition, 'additionalProperties');
  if (isMap(others)) addField(schema, '*', others, context);
  return schema;
};

interface MutableSchema {
  readonly maps: Record<string, MergeSchema>;
  readonly lists: Record<string, MergeList>;
}

export interface FieldSchema {
  readonly map: MergeSchema | undefined;
  readonly list: MergeList | undefined;
}

/** What the comment on the line of a key says of its value; undefined where there is none. */
export const schemaBeside = (key: ScalarNode): FieldSchema | undefined => (key.schema === undefined ? undefined : readBeside(key));

const readBeside = memo(({ schema = '', span }: ScalarNode): FieldSchema => {
  const property = parseYaml(schema, () => span).documents[0]?.root;
  if (!property) return { map: undefined, list: undefined };
  return fieldSchema(property, { definitions: undefined, named: new Map(), hasBuiltin: true });
});

const addField = (schema: MutableSchema, field: string, property: Node, context: Definitions): void => {
  const { map, list } = fieldSchema(property, context);
  if (list) schema.lists[field] = list;
  else if (map) schema.maps[field] = map;
};

const fieldSchema = (property: Node, context: Definitions): FieldSchema => {
  const list = mergeListOf(property, context);
  return { list, map: list || textAt(property, 'type') === 'array' ? undefined : resolved(property, context) };
};

const mergeListOf = (property: Node, context: Definitions): MergeList | undefined => {
  if (!textAt(property, 'x-kubernetes-patch-strategy')?.split(',').includes('merge')) return undefined;
  const mapKeys = child(property, 'x-kubernetes-list-map-keys');
  const key = textAt(property, 'x-kubernetes-patch-merge-key') ?? '';
  const keys = isList(mapKeys) ? mapKeys.items.flatMap((item) => (isScalar(item) ? item.text : [])) : key === '' ? [] : [key];
  const items = child(property, 'items');
  return { keys, element: items && resolved(items, context) };
};

const resolved = (property: Node, context: Definitions): MergeSchema => {
  const reference = textAt(property, '$ref');
  if (reference === undefined) return schemaOf(property, context);
  const name = reference.replace(/^#\/definitions\//, '');
  const known = context.named.get(name);
  if (known) return known;
  const schema: MutableSchema = { maps: {}, lists: {} };
  context.named.set(name, schema);
  const definition = isMap(context.definitions) ? context.definitions.entries.find(({ key }) => key.text === name)?.value : undefined;
  if (definition) return schemaOf(definition, context, schema);
  const builtin = context.hasBuiltin ? builtinDefinition(name) : undefined;
  if (builtin) context.named.set(name, builtin);
  return builtin ?? schema;
};
