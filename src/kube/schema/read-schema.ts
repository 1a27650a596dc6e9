import { child, isMap, type MapNode, type Node, stringAt, toValue, type Value } from '../../yaml/node.ts';
import type { Schema, SchemaType } from './schema.ts';

/**
 * The schema that a CRD writes down. Keywords that validate nothing here (descriptions) are left out, and
 * so is what has not the type that the keyword wants: the API server would not have taken that CRD.
 */
export const readSchema = (node: Node | undefined): Schema => {
  if (!isMap(node)) return {};
  const flag = (name: string) => (valueAt(node, name) === true ? true : undefined);
  return {
    type: typeAt(node),
    properties: recordAt(node, 'properties'),
    required: textsAt(node, 'required'),
    additionalProperties: additionalAt(node),
    items: isMap(child(node, 'items')) ? readSchema(child(node, 'items')) : undefined,
    enum: listAt(node, 'enum')?.map(toValue),
    pattern: stringAt(node, 'pattern'),
    format: stringAt(node, 'format'),
    minLength: numberAt(node, 'minLength'),
    maxLength: numberAt(node, 'maxLength'),
    minimum: numberAt(node, 'minimum'),
    maximum: numberAt(node, 'maximum'),
    exclusiveMinimum: flag('exclusiveMinimum'),
    exclusiveMaximum: flag('exclusiveMaximum'),
    multipleOf: numberAt(node, 'multipleOf'),
    minItems: numberAt(node, 'minItems'),
    maxItems: numberAt(node, 'maxItems'),
    minProperties: numberAt(node, 'minProperties'),
    maxProperties: numberAt(node, 'maxProperties'),
    nullable: flag('nullable'),
    default: valueAt(node, 'default'),
    allOf: schemasAt(node, 'allOf'),
    anyOf: schemasAt(node, 'anyOf'),
    oneOf: schemasAt(node, 'oneOf'),
    not: isMap(child(node, 'not')) ? readSchema(child(node, 'not')) : undefined,
    'x-kubernetes-int-or-string': flag('x-kubernetes-int-or-string'),
    'x-kubernetes-preserve-unknown-fields': flag('x-kubernetes-preserve-unknown-fields'),
    'x-kubernetes-embedded-resource': flag('x-kubernetes-embedded-resource'),
    'x-kubernetes-validations': rulesAt(node),
    'x-kubernetes-list-type': stringAt(node, 'x-kubernetes-list-type'),
    'x-kubernetes-list-map-keys': textsAt(node, 'x-kubernetes-list-map-keys'),
  };
};

const types: ReadonlySet<string> = new Set<SchemaType>(['object', 'array', 'string', 'boolean', 'integer', 'number']);
const isType = (text: string | undefined): text is SchemaType => text !== undefined && types.has(text);

const typeAt = (node: MapNode): SchemaType | undefined => {
  const type = stringAt(node, 'type');
  return isType(type) ? type : undefined;
};

const valueAt = (node: MapNode, name: string): Value | undefined => {
  const found = child(node, name);
  return found && toValue(found);
};

const numberAt = (node: MapNode, name: string): number | undefined => {
  const value = valueAt(node, name);
  return typeof value === 'number' ? value : undefined;
};

const listAt = (node: MapNode, name: string): readonly Node[] | undefined => {
  const found = child(node, name);
  return found?.type === 'list' ? found.items : undefined;
};

const textsAt = (node: MapNode, name: string): readonly string[] | undefined =>
  listAt(node, name)?.flatMap((item) => (item.type === 'scalar' && typeof item.value === 'string' ? [item.value] : []));

const rulesAt = (node: MapNode): Schema['x-kubernetes-validations'] =>
  listAt(node, 'x-kubernetes-validations')?.flatMap((item) => {
    const rule = stringAt(item, 'rule');
    return rule === undefined ? [] : [{ rule, message: stringAt(item, 'message') }];
  });

const schemasAt = (node: MapNode, name: string): readonly Schema[] | undefined => listAt(node, name)?.map(readSchema);

const recordAt = (node: MapNode, name: string): Readonly<Record<string, Schema>> | undefined => {
  const found = child(node, name);
  return isMap(found) ? Object.fromEntries(found.entries.map(({ key, value }) => [key.text, readSchema(value)])) : undefined;
};

const additionalAt = (node: MapNode): Schema | boolean | undefined => {
  const found = child(node, 'additionalProperties');
  if (isMap(found)) return readSchema(found);
  const value = found && toValue(found);
  return typeof value === 'boolean' ? value : undefined;
};
