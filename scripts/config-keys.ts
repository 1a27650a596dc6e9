import { stringify } from 'yaml';
import { configSchema } from '../src/config/config-schema.ts';

/** What is read here of a JSON Schema. */
interface Key {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly items?: Key;
  readonly additionalProperties?: boolean | Key;
  readonly properties?: Readonly<Record<string, Key>>;
  readonly required?: readonly string[];
}

const definitions: Readonly<Record<string, Key>> = configSchema.definitions;

/** Every key of the configuration as Markdown: a section each, with an example and a table of the keys below it. */
export const configKeys = (): string =>
  Object.entries<Key>(configSchema.properties)
    .map(([name, key]) => section(name, key))
    .join('\n');

const section = (name: string, key: Key): string => {
  const inner = below(key);
  const rows = inner ? `\n${table(inner)}` : '';
  return `### \`${name}\`\n\n${words(key)}\n\n\`\`\`yaml\n${stringify({ [name]: key.examples?.[0] }, { lineWidth: 0 })}\`\`\`\n${rows}`;
};

const words = (key: Key): string => `${typeOf(key)}. ${key.description ?? ''}${defaultWords(key)}`;

const defaultWords = ({ default: value, description = '' }: Key): string =>
  value === undefined || description.includes('Default:') ? '' : ` Default: \`${JSON.stringify(value)}\`.`;

/** The map that a key holds: itself, each of its items, or each of its values. */
const below = (key: Key): Key | undefined => {
  const resolved = resolve(key);
  const { items, additionalProperties, properties } = resolved;
  if (properties) return resolved;
  if (items) return below(items);
  return typeof additionalProperties === 'object' ? below(additionalProperties) : undefined;
};

const table = (map: Key, above = ''): string => {
  const rows = Object.entries(map.properties ?? {}).flatMap(([name, key]) => [
    row(`${above}${name}`, key, map.required?.includes(name) === true),
    ...Object.entries(resolve(key).properties ?? {}).map(([inner, innerKey]) => row(`${above}${name}.${inner}`, innerKey, false)),
  ]);
  return `| key | type | | example |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
};

const row = (name: string, key: Key, isRequired: boolean): string => {
  const example = stringify(key.examples?.[0], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim();
  const what = `${isRequired ? 'Required. ' : ''}${key.description ?? ''}${defaultWords(key)}`;
  return `| \`${name}\` | ${typeOf(key)} | ${what} | \`${example}\` |`.replaceAll('\n', ' ');
};

const typeOf = (key: Key): string => {
  const { type, enum: choices, items, additionalProperties } = resolve(key);
  if (choices) return choices.map((choice) => `\`${choice}\``).join(' or ');
  if (type === 'array') return `List of ${resolve(items ?? {}).type === 'string' ? 'texts' : 'maps'}`;
  if (type === 'object' && typeof additionalProperties === 'object') return 'Map by name';
  return { object: 'Map', boolean: '`true` or `false`', string: 'Text' }[type ?? ''] ?? 'Anything';
};

/** With the words that stand beside a reference. */
const resolve = (key: Key): Key => {
  const name = key.$ref?.split('/').at(-1);
  return name === undefined ? key : { ...definitions[name], ...key };
};
