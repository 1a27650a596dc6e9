/** Keys and values of `.flux-lint.yaml`: what its schema knows, and the names that this repository has for them. */
import { type CompletionItem, CompletionItemKind, type MarkupContent } from 'vscode-languageserver-protocol';
import { builtInRules } from '../../analyze.ts';
import { configNames } from '../../config/config-names.ts';
import { baseName, directoryOf } from '../../files/files.ts';
import type { Analysis } from '../session/session.ts';
import { type ConfigJsonSchema, type ConfigKey, configJsonSchema } from './config-json-schema.ts';
import type { Cursor, Step } from './cursor.ts';

/** In JSON its keys are completed by the schema that the file names. */
export const isConfiguration = (path: string): boolean => configNames.includes(baseName(path)) && /\.ya?ml$/.test(path);

let made: ConfigJsonSchema | undefined;

const schema = (): ConfigJsonSchema => {
  made ??= configJsonSchema(builtInRules);
  return made;
};

export const configurationCompletions = (analysis: Analysis, { keys, isValue, siblings }: Cursor): readonly CompletionItem[] => {
  const meant = keysAt(keys);
  const properties = isValue ? [] : meant.flatMap(({ properties: all = {}, required = [] }) => propertyItems(all, { required, siblings }));
  if (properties.length > 0) return properties;
  const values = meant.flatMap(valuesOf);
  const names = namesAt(analysis, keys).filter((name) => !siblings.has(name));
  return [
    ...values.map((label) => ({ label, kind: CompletionItemKind.EnumMember })),
    ...names.map((label) => ({ label, kind: CompletionItemKind.Reference })),
  ];
};

/** What a key of the configuration means; undefined where the configuration has no such key. */
export const configurationText = (keys: readonly Step[]): string | undefined => {
  const name = keys.at(-1);
  const [known] = keysAt(keys).filter(({ description }) => description !== undefined);
  return known && typeof name === 'string' ? `**${name}**: ${words(known)}` : undefined;
};

/** Every schema that the value at a place may have. */
const keysAt = (keys: readonly Step[]): readonly ConfigKey[] =>
  keys.reduce<readonly ConfigKey[]>(
    (found, step) => found.flatMap((key) => below(key, step)).flatMap(alternatives),
    alternatives(schema()),
  );

/** With the words that stand beside a reference. */
const alternatives = (key: ConfigKey): readonly ConfigKey[] => {
  const { $ref, oneOf, ...own } = key;
  const name = $ref?.split('/').at(-1);
  const named = name === undefined ? undefined : schema().definitions[name];
  if (named) return alternatives({ ...named, ...own });
  return oneOf ? oneOf.flatMap(alternatives).map((each) => ({ ...each, ...own })) : [key];
};

const below = ({ properties, additionalProperties, items }: ConfigKey, step: Step): readonly ConfigKey[] => {
  if (typeof step === 'number') {
    const item = isTuple(items) ? items[step] : items;
    return item ? [item] : [];
  }
  if (properties && Object.hasOwn(properties, step)) return [properties[step] ?? {}];
  return typeof additionalProperties === 'object' ? [additionalProperties] : [];
};

const isTuple = (items: ConfigKey['items']): items is readonly ConfigKey[] => Array.isArray(items);

const propertyItems = (
  properties: Readonly<Record<string, ConfigKey>>,
  { required, siblings }: { readonly required: readonly string[]; readonly siblings: ReadonlyMap<string, string> },
): readonly CompletionItem[] =>
  Object.entries(properties)
    .filter(([name]) => !siblings.has(name))
    .map(([name, key]) => ({
      label: name,
      kind: CompletionItemKind.Field,
      documentation: { kind: 'markdown', value: words(key) } satisfies MarkupContent,
      insertText: alternatives(key).some(({ type, enum: choices }) => choices ?? /^(string|boolean|number|integer)$/.test(type ?? ''))
        ? `${name}: `
        : `${name}:`,
      // What must be there comes first.
      sortText: `${required.includes(name) ? 0 : 1}${name}`,
    }));

const words = ({ description = '', default: value, examples }: ConfigKey): string => {
  const [example] = examples ?? [];
  const isTold = value === undefined || description.includes('Default:');
  return [
    description,
    ...(isTold ? [] : [`Default: \`${JSON.stringify(value)}\`.`]),
    ...(example === undefined ? [] : [`Such as: \`${JSON.stringify(example)}\`.`]),
  ].join(' ');
};

const valuesOf = ({ type, enum: choices = [] }: ConfigKey): readonly string[] =>
  type === 'boolean' ? ['true', 'false'] : choices.filter((choice) => typeof choice === 'string');

/** Where a name of this repository is meant; `*` stands for a position and for a name of one's own. */
const places = {
  'clusters/*/environment': 'environment',
  'promotion/*': 'environment',
  environments: 'environment',
  'overrides/*/environments/*': 'environment',
  'expressions/*/match/environment': 'environment',
  'environments/*/match/*': 'cluster',
  'overrides/*/clusters/*': 'cluster',
  'terraform/roots/*/cluster': 'cluster',
  'overrides/*/tenants/*': 'tenant',
  'tenants/*/name': 'tenant',
  'tenants/*/kustomizations/*': 'kustomization',
  'tenants/*/namespaces/*': 'namespace',
  'expressions/*/match/namespace': 'namespace',
  'external/*/namespace': 'namespace',
  'expressions/*/match/kind': 'kind',
  repositories: 'repository',
  'clusters/*/path': 'directory',
  'schemas/*': 'directory',
  'terraform/roots/*/path': 'directory',
  'ignore/*': 'directory',
  'overrides/*/files/*': 'directory',
} as const;

type Named = (typeof places)[keyof typeof places];

const namesAt = (analysis: Analysis, keys: readonly Step[]): readonly string[] => {
  const isHere = (place: string) => {
    const steps = place.split('/');
    return steps.length === keys.length && steps.every((step, index) => step === '*' || step === keys[index]);
  };
  const names = Object.entries(places).flatMap(([place, named]) => (isHere(place) ? namesOf[named](analysis) : []));
  return [...new Set(names)].sort();
};

const namesOf: Readonly<Record<Named, (analysis: Analysis) => readonly string[]>> = {
  environment: ({ graph }) => [
    ...graph.config.environments.map(({ name }) => name),
    ...graph.config.promotion,
    ...graph.clusters.all.flatMap(({ environment }) => environment?.environment ?? []),
  ],
  cluster: ({ graph }) => graph.clusters.all.map(({ name }) => name),
  tenant: ({ graph }) => [
    ...graph.config.tenants.map(({ name }) => name),
    ...graph.clusters.all.flatMap(({ kustomizations }) => kustomizations.flatMap((view) => graph.tenants.of(view)?.name ?? [])),
  ],
  kustomization: ({ graph }) => graph.clusters.all.flatMap(({ kustomizations }) => kustomizations.map(({ id }) => id)),
  namespace: ({ graph }) => graph.clusters.all.flatMap(({ objects }) => objects.flatMap(({ namespace }) => namespace ?? [])),
  kind: ({ graph }) => graph.clusters.all.flatMap(({ objects }) => objects.map(({ kind }) => kind)),
  // Those that no checkout stands for yet.
  repository: ({ graph }) => graph.sources.unmapped().map(({ url }) => url),
  directory: ({ files }) => files.paths.map(directoryOf).filter((directory) => directory !== ''),
};
