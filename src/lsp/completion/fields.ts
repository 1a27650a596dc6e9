/** Fields of Flux's and kustomize's kinds, from the descriptions that `schema/invalid-value` judges by. */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-protocol';
import type { Schema } from '../../kube/schema/schema.ts';
import { describeSchema } from '../../kube/schema/schema-words.ts';
import { objectSchemaOf } from '../../kube/schema/schemas.ts';
import { stringAt } from '../../yaml/node.ts';
import { isKustomizationFile } from '../subject/named-file.ts';
import type { Subject } from '../subject/subject.ts';
import type { Cursor } from './cursor.ts';

/** What may be written as a key where the cursor stands, or as the value behind one; nothing for kinds without a description. */
export const fieldCompletions = (path: string, { document, keys: above, isValue, siblings }: Cursor): readonly CompletionItem[] => {
  const schema = schemaAt(schemaOfText(path, document), above);
  if (!schema) return [];
  // An item of a list of words is a value, too.
  return isValue || schema.enum ? values(schema) : keys(schema, siblings);
};

/** What the API says of the field under the cursor. */
export const fieldText = ({ path, document, keys: all }: Subject): string | undefined => {
  const name = all.at(-1);
  if (typeof name !== 'string') return undefined;
  const root = schemaOf(path, stringAt(document, 'apiVersion'), stringAt(document, 'kind'));
  const parent = schemaAt(root, all.slice(0, -1));
  const schema = parent?.properties && Object.hasOwn(parent.properties, name) ? parent.properties[name] : undefined;
  if (!schema) return undefined;
  const notes = [
    describeSchema(schema),
    ...(parent?.required?.includes(name) ? ['required'] : []),
    ...(schema.default === undefined ? [] : [`by default ${JSON.stringify(schema.default)}`]),
    ...(schema.since === undefined ? [] : [`since Flux ${schema.since}`]),
    ...Object.entries(schema.enumSince ?? {}).map(([value, since]) => `${value} since Flux ${since}`),
  ];
  return `**${name}**: ${notes.join('; ').replaceAll('`', "'")}`;
};

const schemaOfText = (path: string, document: string): Schema | undefined => {
  const [, apiVersion] = /^apiVersion: *["']?([\w./-]+)/m.exec(document) ?? [];
  const [, kind] = /^kind: *["']?([\w./-]+)/m.exec(document) ?? [];
  return schemaOf(path, apiVersion, kind);
};

/** A kustomization file need not say what it is. */
const schemaOf = (path: string, apiVersion: string | undefined, kind: string | undefined): Schema | undefined => {
  if (apiVersion !== undefined && kind !== undefined) return objectSchemaOf(apiVersion, kind);
  if (!isKustomizationFile(path)) return undefined;
  return objectSchemaOf(
    kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1',
    kind ?? 'Kustomization',
  );
};

const schemaAt = (root: Schema | undefined, keys: readonly (string | number)[]): Schema | undefined => {
  let schema = root;
  for (const key of keys) {
    if (typeof key === 'number') schema = schema?.items;
    else if (schema?.properties && Object.hasOwn(schema.properties, key)) schema = schema.properties[key];
    else schema = typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  }
  return schema;
};

const keys = ({ properties = {}, required = [] }: Schema, siblings: ReadonlyMap<string, string>): readonly CompletionItem[] =>
  Object.entries(properties)
    .filter(([name]) => !siblings.has(name) && name !== 'status')
    .map(([name, schema]) => ({
      label: name,
      kind: CompletionItemKind.Field,
      detail: `${describeSchema(schema)}${schema.since === undefined ? '' : `, since Flux ${schema.since}`}`,
      insertText: schema.type === 'object' || schema.type === 'array' ? `${name}:` : `${name}: `,
      // What must be there comes first.
      sortText: `${required.includes(name) ? 0 : 1}${name}`,
    }));

const values = (schema: Schema): readonly CompletionItem[] => {
  const allowed = schema.enum?.map(String) ?? (schema.type === 'boolean' ? ['true', 'false'] : []);
  return allowed.map((label) => {
    const since = schema.enumSince && Object.hasOwn(schema.enumSince, label) ? schema.enumSince[label] : undefined;
    return { label, kind: CompletionItemKind.EnumMember, ...(since === undefined ? {} : { detail: `since Flux ${since}` }) };
  });
};
