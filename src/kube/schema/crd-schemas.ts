/**
 * CustomResourceDefinitions of a repository → what the API server will say of their objects. A CRD that is here wins over
 * our own description of the kind: it is the exact one of what is installed. Schemas are read when an object first asks.
 */
import { matchesGoPattern } from '../../pattern/go-pattern.ts';
import { child, isMap, isTrue, type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import { holdsUnknown } from '../../yaml/unknown.ts';
import { brokenRules } from './definition-rules.ts';
import { metadataSchema } from './object-schema.ts';
import { readSchema } from './read-schema.ts';
import type { Schema } from './schema.ts';
import type { SchemaError } from './schema-error.ts';
import { isDescribed } from './schemas.ts';
import { validate } from './validate.ts';

export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  readonly versions: readonly CustomVersion[];
  /** The CRD itself, for related places. */
  readonly definition: MapNode;
}

interface CustomVersion {
  readonly name: string;
  readonly served: boolean;
  /** Undefined where the definition says nothing that could be judged by. */
  readonly schema: () => Schema | undefined;
}

/** The kind that a CustomResourceDefinition defines; undefined for other objects, and where its names cannot be known. */
export const readDefinition = (root: MapNode): CustomKind | undefined => {
  const apiVersion = stringAt(root, 'apiVersion');
  if (stringAt(root, 'kind') !== 'CustomResourceDefinition' || !apiVersion?.startsWith('apiextensions.k8s.io/')) return undefined;
  const group = stringAt(root, 'spec', 'group');
  const kind = stringAt(root, 'spec', 'names', 'kind');
  const versions = child(root, 'spec', 'versions');
  if (group === undefined || kind === undefined || versions?.type !== 'list' || holdsUnknownName(versions.items)) return undefined;
  return {
    group,
    kind,
    versions: versions.items.map((version) => readVersion(version, apiVersion === 'apiextensions.k8s.io/v1' ? root : undefined)),
    definition: root,
  };
};

/**
 * What the API server will not take in an object of a kind that the repository defines. Nothing for a version that is not
 * defined or not served (`schema/unserved-version`).
 */
export const validateCustomObject = (root: MapNode, { kind, versions }: CustomKind): readonly SchemaError[] => {
  const name = stringAt(root, 'apiVersion')?.split('/')[1];
  const schema = versions.find((version) => version.name === name && version.served)?.schema();
  if (!schema) return [];
  const errors = validate(root, schema, { kind, matches: matchesGoPattern });
  // Of Flux's own kinds the rules are described, and told with the fields that they are about (`conflicting-fields.ts`).
  return errors.length > 0 || isDescribed(stringAt(root, 'apiVersion') ?? '', kind) ? errors : brokenRules(root, schema);
};

/**
 * The kind that a JSON Schema describes which was made of a CustomResourceDefinition, as kubeconform's script and the CRD
 * catalogue have it: one version, of which others cannot be told.
 */
export const kindOfJsonSchema = (
  root: MapNode,
  { group, kind, version }: { readonly group: string; readonly kind: string; readonly version: string },
): CustomKind => {
  let read: { readonly schema: Schema | undefined } | undefined;
  const schema = () => {
    read ??= { schema: wholeObject(readSchema(root)) };
    return read.schema;
  };
  return { group, kind, versions: [{ name: version, served: true, schema }], definition: root };
};

/** The versions of a kind that its definition serves, in its order. */
export const servedNames = ({ versions }: CustomKind): readonly string[] => versions.filter(({ served }) => served).map(({ name }) => name);

const holdsUnknownName = (versions: readonly Node[]): boolean => versions.some((version) => stringAt(version, 'name') === undefined);

/** @param definition undefined for v1beta1, whose schemas let everything pass that they do not know */
const readVersion = (version: Node, definition: MapNode | undefined): CustomVersion => {
  let read: { readonly schema: Schema | undefined } | undefined;
  const served = child(version, 'served');
  return {
    name: stringAt(version, 'name') ?? '',
    served: !(served?.type === 'scalar' && served.value === false),
    schema: () => {
      read ??= { schema: definition && readObjectSchema(child(version, 'schema', 'openAPIV3Schema'), definition) };
      return read.schema;
    },
  };
};

/** A schema without what it says to people: a variable in a description changes nothing of what is allowed. */
const withoutWords = (node: Node): Node => {
  switch (node.type) {
    case 'map': {
      const entries = node.entries.filter(({ key, value }) => !(words.has(key.text) && value.type !== 'map'));
      return { ...node, entries: entries.map(({ key, value }) => ({ key, value: withoutWords(value) })) };
    }
    case 'list':
      return { ...node, items: node.items.map(withoutWords) };
    case 'scalar':
    case 'unknown':
      return node;
    default:
      return node satisfies never;
  }
};

const words: ReadonlySet<string> = new Set(['description', 'title', 'example', 'externalDocs']);

const readObjectSchema = (node: Node | undefined, definition: MapNode): Schema | undefined => {
  const preserves = child(definition, 'spec', 'preserveUnknownFields');
  if (!isMap(node) || holdsUnknown(withoutWords(node)) || isTrue(preserves)) return undefined;
  return wholeObject(readSchema(node));
};

const wholeObject = (schema: Schema): Schema | undefined => {
  if (!schema.properties) return undefined;
  const { status, ...properties } = schema.properties;
  return {
    ...schema,
    properties: {
      ...properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: metadataSchema,
      // The controller's, and dropped by the API server when a manifest brings one.
      ...(status ? { status: { 'x-kubernetes-preserve-unknown-fields': true } } : {}),
    },
  };
};
