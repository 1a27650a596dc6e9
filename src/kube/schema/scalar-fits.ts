import { matchesPattern } from '../../pattern/own-pattern.ts';
import type { Node, ScalarNode } from '../../yaml/node.ts';
import { fitsFormat } from './formats.ts';
import type { Schema } from './schema.ts';

/** Whether a node is of the schema's type; what it holds is not looked at. */
export const hasType = (node: Exclude<Node, { type: 'unknown' }>, schema: Schema): boolean => {
  if (schema.isQuantity) return node.type === 'scalar' && (typeof node.value === 'string' || isNumber(node.value));
  if (schema['x-kubernetes-int-or-string']) return node.type === 'scalar' && (typeof node.value === 'string' || isInteger(node.value));
  switch (schema.type) {
    case undefined:
      return true;
    case 'object':
      return node.type === 'map';
    case 'array':
      return node.type === 'list';
    case 'integer':
      return node.type === 'scalar' && isInteger(node.value);
    case 'number':
      return node.type === 'scalar' && isNumber(node.value);
    case 'string':
    case 'boolean':
      return node.type === 'scalar' && typeof node.value === schema.type;
    default:
      return schema.type satisfies never;
  }
};

/** Whether a value keeps within the schema's lengths, bounds, pattern, format and enum. */
export const scalarFits = (value: ScalarNode['value'], schema: Schema, matches = matchesPattern): boolean => {
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (typeof value === 'string') {
    if (!lengthFits(value, schema)) return false;
    if (schema.pattern !== undefined && !matches(value, schema.pattern)) return false;
  }
  if (isNumber(value) && !numberFits(value, schema)) return schema.format === 'go-int32' && !fitsFormat(value, 'int32');
  return schema.format === undefined || fitsFormat(value, schema.format);
};

const lengthFits = (value: string, { minLength, maxLength }: Schema): boolean => {
  const length = minLength === undefined && maxLength === undefined ? 0 : [...value].length;
  return length >= (minLength ?? 0) && length <= (maxLength ?? length);
};

const numberFits = (value: number | bigint, schema: Schema): boolean => {
  const { minimum, maximum, multipleOf } = schema;
  if (minimum !== undefined && (schema.exclusiveMinimum ? value <= minimum : value < minimum)) return false;
  if (maximum !== undefined && (schema.exclusiveMaximum ? value >= maximum : value > maximum)) return false;
  return multipleOf === undefined || Number.isInteger(Number(value) / multipleOf);
};

const isNumber = (value: ScalarNode['value']): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

const isInteger = (value: ScalarNode['value']): boolean => typeof value === 'bigint' || Number.isInteger(value);
