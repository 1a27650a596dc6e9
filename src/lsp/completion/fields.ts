/**
 * Fields of Flux's and kustomize's kinds, and of the configuration, from the descriptions that `schema/invalid-value` judges by.
 * While a field is typed its document does not parse: where the cursor is, is read from the indentation of the lines above.
 */
import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver-protocol';
import { configName } from '../../config/config-names.ts';
import { configSchema } from '../../config/config-schema.ts';
import { baseName } from '../../files/files.ts';
import type { Schema } from '../../kube/schema/schema.ts';
import { describeSchema } from '../../kube/schema/schema-words.ts';
import { objectSchemaOf } from '../../kube/schema/schemas.ts';
import { kustomizationNames } from '../../kustomize/file/kustomization.ts';
import { stringAt } from '../../yaml/node.ts';
import type { Analysis } from '../session/session.ts';
import type { Subject } from '../subject/subject.ts';

/** What may be written as a key where the cursor stands, or as the value behind one; nothing for kinds without a description. */
export const fieldCompletions = ({ result }: Analysis, path: string, text: string, offset: number): readonly CompletionItem[] => {
  const place = placeAt(text, offset);
  if (!place) return [];
  if (baseName(path) === configName) return configCompletions(place, result.rules);
  const schema = schemaAt(schemaOfText(path, place.document), place.keys);
  if (!schema) return [];
  return place.isValue ? values(schema) : keys(schema, place.siblings);
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
  ];
  return `**${name}**: ${notes.join('; ').replaceAll('`', "'")}`;
};

/** Where the cursor is, in a text that need not parse. */
interface Place {
  /** The lines of its document. */
  readonly document: string;
  /** Keys and, for an item of a list, 0. */
  readonly keys: readonly (string | number)[];
  /** A value is asked for, of the last key; else a key below the last. */
  readonly isValue: boolean;
  readonly siblings: ReadonlySet<string>;
}

const lineForm = /^(?<lead> *(?:- +)*)(?:(?<key>[\w./-]+):(?= |$) *)?/;

const placeAt = (text: string, offset: number): Place | undefined => {
  const lines = text.split(/\r?\n/);
  const at = text.slice(0, offset).split('\n').length - 1;
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const [, lead = '', name, value] = /^( *(?:- +)*)(?:([\w./-]+): +)?([\w./-]*)$/.exec(before) ?? [];
  if (value === undefined) return undefined;
  const start = lines.slice(0, at).findLastIndex((line) => /^---(\s|$)/.test(line)) + 1;
  const length = lines.slice(at).findIndex((line) => /^---(\s|$)/.test(line));
  const end = length === -1 ? lines.length : at + length;
  const above = keysAbove(lines.slice(start, at), lead);
  return {
    document: lines.slice(start, end).join('\n'),
    keys: [...above, ...(name === undefined ? [] : [name])],
    isValue: name !== undefined,
    siblings: siblingsOf(lines.slice(start, end), at - start, lead.length),
  };
};

/** Every line above that is less indented than what was found is a step outwards. */
const keysAbove = (lines: readonly string[], lead: string): readonly (string | number)[] => {
  const keys: (string | number)[] = [];
  let column = lead.length;
  /** Dashes before a key begin an item: it lies in a list. */
  const enter = (ownLead: string) => {
    for (const dash of [...ownLead.matchAll(/-/g)].reverse()) {
      if (dash.index >= column) continue;
      keys.unshift(0);
      column = dash.index;
    }
  };
  enter(lead);
  for (const line of [...lines].reverse()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const { lead: own = '', key } = lineForm.exec(line)?.groups ?? {};
    const dash = own.indexOf('-');
    const isOpened = key !== undefined && own.length < column;
    // A list may stand as far left as the key that holds it.
    const isHolder = key !== undefined && own.length === column && keys[0] === 0 && dash === -1;
    if (isOpened || isHolder) {
      keys.unshift(key);
      column = own.length;
    }
    if (dash !== -1 && own.length <= column) enter(own);
  }
  return keys;
};

const siblingsOf = (lines: readonly string[], at: number, column: number): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const step of [-1, 1]) {
    for (let index = at + step; index >= 0 && index < lines.length; index += step) {
      const { lead = '', key } = lineForm.exec(lines[index] ?? '')?.groups ?? {};
      if (key === undefined || lead.length > column) continue;
      if (lead.length < column) break;
      if (step === 1 && lead.includes('-')) break;
      found.add(key);
      if (step === -1 && lead.includes('-')) break;
    }
  }
  return found;
};

const schemaOfText = (path: string, document: string): Schema | undefined => {
  const [, apiVersion] = /^apiVersion: *["']?([\w./-]+)/m.exec(document) ?? [];
  const [, kind] = /^kind: *["']?([\w./-]+)/m.exec(document) ?? [];
  return schemaOf(path, apiVersion, kind);
};

/** A kustomization file need not say what it is. */
const schemaOf = (path: string, apiVersion: string | undefined, kind: string | undefined): Schema | undefined => {
  if (apiVersion !== undefined && kind !== undefined) return objectSchemaOf(apiVersion, kind);
  if (!kustomizationNames.some((name) => name === baseName(path))) return undefined;
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

const keys = ({ properties = {}, required = [] }: Schema, siblings: ReadonlySet<string>): readonly CompletionItem[] =>
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
  return allowed.map((label) => ({ label, kind: CompletionItemKind.EnumMember }));
};

/** Its first keys, and the ids of rules; what lies deeper, an editor has from the schema that the docs name. */
const configCompletions = ({ keys: above, isValue, siblings }: Place, rules: Analysis['result']['rules']): readonly CompletionItem[] => {
  if (isValue) return above.length === 2 && above[0] === 'rules' ? severities : [];
  if (above.length === 0) {
    return Object.entries(configSchema.properties)
      .filter(([name]) => !siblings.has(name))
      .map(([name, { description }]) => ({ label: name, kind: CompletionItemKind.Field, documentation: description }));
  }
  if (above.length !== 1 || above[0] !== 'rules') return [];
  return rules
    .filter(({ id }) => !siblings.has(id))
    .map(({ id, summary }) => ({ label: id, kind: CompletionItemKind.Constant, detail: summary }));
};

const severities: readonly CompletionItem[] = ['error', 'warning', 'info', 'off'].map((label) => ({
  label,
  kind: CompletionItemKind.EnumMember,
}));
