/** Values of the shapes that schemas describe: mostly right, now and then wrong, with odd words in every place. */
import { anyOf, type Chance, planted, times, word } from './chance.ts';

/** What the schemas of kinds and that of the configuration have in common. */
export interface Shape {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Shape>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: Shape | boolean | undefined;
  /** One for each place, or one for all. */
  readonly items?: Shape | readonly Shape[] | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly Shape[] | undefined;
  readonly oneOf?: readonly Shape[] | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
  readonly examples?: readonly unknown[] | undefined;
}

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

export interface ByShape {
  readonly chance: Chance;
  /** What `#/definitions/NAME` stands for. */
  readonly definitions?: Readonly<Record<string, Shape>>;
  /** The share of fields that need not be there and are. */
  readonly share: number;
}

export const valueBySchema = (shape: Shape, by: ByShape, depth = 0): Value => {
  const { chance } = by;
  const named = shape.$ref === undefined ? shape : (by.definitions?.[shape.$ref.replace('#/definitions/', '')] ?? {});
  if (chance.is(0.02)) return oddValue(chance);
  const choices = named.anyOf ?? named.oneOf;
  if (choices !== undefined && named.properties === undefined) return valueBySchema(anyOf(chance, choices) ?? {}, by, depth + 1);
  if (named.enum !== undefined) return scalarOf(anyOf(chance, named.enum));
  if (named.examples !== undefined && chance.is(0.3)) return plain(anyOf(chance, named.examples));
  switch (typeof named.type === 'string' ? named.type : anyOf(chance, named.type ?? [])) {
    case 'object':
      return depth > 8 ? {} : mapOf(named, by, depth);
    case 'array':
      return depth > 8 ? [] : itemsOf(named, by, depth);
    case 'boolean':
      return chance.is(0.5);
    case 'integer':
    case 'number':
      return chance.of([0, 1, 3, -1, 2 ** 31]);
    case 'string':
      return textOf(named, chance);
    default:
      return word(chance);
  }
};

const itemsOf = ({ items = {} }: Shape, by: ByShape, depth: number): Value => {
  const shapes = isShape(items) ? times(by.chance.below(3), () => items) : items;
  return shapes.map((shape) => valueBySchema(shape, by, depth + 1));
};

const isShape = (items: Shape | readonly Shape[]): items is Shape => !Array.isArray(items);

const mapOf = ({ properties = {}, required = [], additionalProperties }: Shape, by: ByShape, depth: number): Value => {
  const { chance, share } = by;
  const wanted = Object.entries(properties).filter(([name]) => (required.includes(name) ? chance.is(0.95) : chance.is(share)));
  const others = typeof additionalProperties === 'object' ? times(chance.below(3), () => word(chance)) : [];
  const entries = [
    ...wanted.map(([name, shape]) => [name, valueBySchema(shape, by, depth + 1)] as const),
    ...others.map(
      (name) => [name, valueBySchema(typeof additionalProperties === 'object' ? additionalProperties : {}, by, depth + 1)] as const,
    ),
    ...(chance.is(0.02) ? [[word(chance), oddValue(chance)] as const] : []),
  ];
  return Object.fromEntries(entries);
};

const textOf = ({ pattern, format }: Shape, chance: Chance): string => {
  if (format === 'duration' || pattern?.includes('ms|s|m|h')) return chance.of(['1m', '10m', '0s', '5', word(chance)]);
  return chance.is(0.1) ? chance.of(['https://git.example.com/acme/fleet', './apps', 'flux-system', 'oci://ghcr.io/a/b']) : word(chance);
};

const oddValue = (chance: Chance): Value => chance.of<Value>([null, [], {}, 0, true, word(chance), [[]], { constructor: null }, 1e300]);

const scalarOf = (value: unknown): Value =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

const plain = (value: unknown): Value => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return scalarOf(value);
};

/** A value as people write it: blocks, and now and then a flow. */
export const yamlOf = (value: Value, chance: Chance, indent = ''): string => {
  if (isMap(value) && Object.keys(value).length > 0 && !chance.is(0.1))
    return Object.entries(value)
      .map(([key, item]) => `${indent}${keyText(key)}:${below(item, chance, indent)}`)
      .join('');
  if (isList(value) && value.length > 0 && !chance.is(0.1)) {
    return value
      .map((item) => `${indent}-${isMap(item) || isList(item) ? below(item, chance, indent) : ` ${JSON.stringify(item)}\n`}`)
      .join('');
  }
  return `${indent}${JSON.stringify(value)}\n`;
};

const below = (value: Value, chance: Chance, indent: string): string => {
  const isBlock = (isMap(value) && Object.keys(value).length > 0) || (isList(value) && value.length > 0);
  if (!isBlock) return ` ${scalarText(value, chance)}\n`;
  return chance.is(0.1) ? ` ${JSON.stringify(value)}\n` : `\n${yamlOf(value, chance, `${indent}  `)}`;
};

const scalarText = (value: Value, chance: Chance): string =>
  typeof value === 'string' && /^[a-z][a-z-]*$/.test(value) && chance.is(0.8) ? value : JSON.stringify(value);

const keyText = (key: string): string => (/^[A-Za-z][A-Za-z-]*$/.test(key) ? key : JSON.stringify(key));

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

const isMap = (value: Value): value is { readonly [key: string]: Value } => typeof value === 'object' && value !== null && !isList(value);

/** A text with a secret in it, as the field of a Secret. */
export const secretField = (chance: Chance): string =>
  chance.of([
    `stringData: { ${JSON.stringify(word(chance))}: ${planted} }\n`,
    `stringData:\n  file: |\n    user: shop\n    other: ${planted}\n`,
    `data: { value: ${Buffer.from(planted).toString('base64')} }\n`,
    `stringData: { a: { b: [${planted}] } }\n`,
  ]);
