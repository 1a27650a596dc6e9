import type { Node } from '../../yaml/node.ts';
import type { Schema } from './schema.ts';

/** Schemas and values in plain words, for messages. */

/** What a schema allows: `a duration such as "10m"`, `one of default, oci`, `a list`. */
export const describeSchema = (schema: Schema): string => {
  if (schema.words) return schema.words;
  if (schema.enum) return schema.enum.length === 1 ? quote(schema.enum[0]) : `one of ${schema.enum.map(String).join(', ')}`;
  if (schema['x-kubernetes-int-or-string']) return 'a whole number or a string';
  switch (schema.type) {
    case 'object':
      return schema.properties ? `a map with ${nameList(Object.keys(schema.properties))}` : 'a map';
    case 'array':
      return 'a list';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}`;
    case 'string':
      return describeString(schema);
    case undefined:
      return 'any value';
    default:
      return schema.type satisfies never;
  }
};

/** What a value is: `the number 10`, `"abc"`, `a map`. */
export const describeNode = (node: Node): string => {
  switch (node.type) {
    case 'map':
      return 'a map';
    case 'list':
      return 'a list';
    case 'unknown':
      return 'unknown';
    case 'scalar':
      if (node.value === null) return 'null';
      if (typeof node.value === 'string') return quote(shortened(node.value));
      return typeof node.value === 'boolean' ? `the boolean ${node.value}` : `the number ${node.text}`;
    default:
      return node satisfies never;
  }
};

/** `a, b and c`; of many the first few. */
export const nameList = (names: readonly string[]): string => {
  const shown = names.length > 8 ? [...names.slice(0, 7), 'others'] : names;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
};

const describeString = ({ format, pattern, minLength, maxLength }: Schema): string => {
  if (pattern !== undefined) return `a string that matches ${pattern}`;
  if (format !== undefined) return `a string of the format ${format}`;
  if (maxLength !== undefined) return `a string of ${minLength ?? 0} to ${maxLength} characters`;
  return minLength === undefined ? 'a string' : `a string of at least ${minLength} character${minLength === 1 ? '' : 's'}`;
};

const range = ({ minimum, maximum }: Schema): string => {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
};

const quote = (value: unknown): string => JSON.stringify(value);

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
