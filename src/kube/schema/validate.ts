/**
 * A node tree against a schema, as the API server does it: objects are closed, null is "not set", defaults come before
 * required fields. Unknown nodes are never wrong. The tree itself is walked, so nothing is compiled, and every error has
 * the pointer of the field that a person would edit.
 */
import { memo } from '../../model/memo.ts';
import { entryOf, isNull, type ListNode, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { holdsUnknown } from '../../yaml/unknown.ts';
import {
  type Check,
  checkSize,
  inside,
  pathOf,
  report,
  reportForm,
  reportGone,
  reportInvalid,
  reportTooNew,
  reportUnknown,
  type ValidateOptions,
} from './check.ts';
import { checkKeys } from './list-keys.ts';
import { isBefore, type Minor, minorName } from './minor.ts';
import { hasType, scalarFits } from './scalar-fits.ts';
import type { Schema } from './schema.ts';
import type { SchemaError } from './schema-error.ts';
import { describeNode, describeSchema } from './schema-words.ts';

/** Every error of `root`, in document order; what is missing behind what is written. */
export const validate = (root: Node, schema: Schema, options: ValidateOptions): readonly SchemaError[] => {
  const errors: SchemaError[] = [];
  checkNode(root, schema, { options, root: schema, errors, closed: true });
  return errors;
};

const checkNode = (node: Node, schema: Schema, check: Check): void => {
  if (node.type === 'unknown') return;
  if (isNull(node) && (schema.nullable || check.options.takesNull)) return;
  if (!hasType(node, schema)) {
    reportInvalid(node, schema, check);
    return;
  }
  if (node.type === 'scalar') checkScalar(node, schema, check);
  else if (node.type === 'list') checkList(node, schema, check);
  else checkMap(node, schema, check);
  checkCombinations(node, schema, check);
};

const checkScalar = (node: ScalarNode, schema: Schema, check: Check): void => {
  if (!scalarFits(node.value, schema, check.options.matches)) {
    reportInvalid(node, schema, check);
    return;
  }
  const { minor } = check.options;
  const since = typeof node.value === 'string' ? schema.enumSince?.[node.value] : undefined;
  if (!since || !minor || !isBefore(minor, since)) return;
  const message = `${pathOf(check)} can be ${describeNode(node)} only since ${minorName(since)}; this is ${minorName(minor)}.`;
  report(check, { type: 'invalid-value', message, since });
};

const checkList = (node: ListNode, schema: Schema, check: Check): void => {
  checkSize(node.items.length, { least: schema.minItems, most: schema.maxItems, unit: 'items' }, check);
  checkKeys(node, schema, check);
  if (!schema.items) return;
  for (const [index, item] of node.items.entries()) checkNode(item, schema.items, inside(check, index));
};

const checkMap = (node: MapNode, schema: Schema, check: Check): void => {
  checkSize(node.entries.length, { least: schema.minProperties, most: schema.maxProperties, unit: 'entries' }, check);
  const misspelt: (string | undefined)[] = [];
  for (const { key, value } of node.entries) {
    const field = fieldOf(schema, key.text, check);
    if (field === open || (field && isAnyText(field, value))) continue;
    const here = inside(check, key.text);
    if (field === undefined) misspelt.push(reportUnknown(schema, here));
    else if (field.since && isTooOld(field.since, check)) reportTooNew(field.since, here);
    else if (field.until && isPast(field.until, check)) reportGone(field.until, here);
    else if (!isNull(value) || field.nullable) checkNode(value, field, here);
  }
  for (const name of schema.required ?? []) {
    // A misspelt field is one mistake, not two.
    if (misspelt.includes(name)) continue;
    const field = (schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined) ?? open;
    const entry = entryOf(node, name);
    if (field.default !== undefined || (entry && (!isNull(entry.value) || field.nullable))) continue;
    const here = inside(check, name);
    report(here, { type: 'missing-field', message: `${pathOf(here)} is required: ${describeSchema(field)}.` });
  }
};

/** A text where any text will do: most fields are, and need no place of their own to be looked at. */
const isAnyText = (field: Schema, value: Node): boolean =>
  value.type === 'scalar' && typeof value.value === 'string' && field.type === 'string' && isOnlyTyped(field);

const isOnlyTyped = memo((schema: Schema) => Object.keys(schema).length === 1);

const isTooOld = (since: Minor, { options: { minor, tellsSome } }: Check): boolean =>
  minor === undefined ? tellsSome === true : isBefore(minor, since);

const isPast = (until: Minor, { options: { minor, tellsSome } }: Check): boolean =>
  minor === undefined ? tellsSome === true : !isBefore(minor, until);

const open: Schema = {};

/** The schema of an object's field; undefined: there is no such field. */
const fieldOf = (schema: Schema, name: string, { options, closed }: Check): Schema | undefined => {
  const { properties, additionalProperties } = schema;
  const known = properties && (Object.hasOwn(properties, name) ? name : options.anyCase && sameInAnyCase(name, properties));
  if (properties && known) return properties[known];
  if (typeof additionalProperties === 'object') return additionalProperties;
  if (additionalProperties || schema['x-kubernetes-preserve-unknown-fields'] || !closed) return open;
  if (schema['x-kubernetes-embedded-resource'] && ['apiVersion', 'kind', 'metadata'].includes(name)) return open;
  return properties || additionalProperties === false ? undefined : open;
};

const sameInAnyCase = (name: string, properties: object): string | undefined =>
  Object.keys(properties).find((known) => known.toLowerCase() === name.toLowerCase());

const checkCombinations = (node: Node, schema: Schema, check: Check): void => {
  const { allOf, anyOf, oneOf, not } = schema;
  // Most schemas have none of them, and most of a run are fields.
  if (!(allOf || anyOf || oneOf || not)) return;
  for (const part of allOf ?? []) checkNode(node, part, { ...check, closed: false });
  const accepts = (part: Schema): boolean => {
    const errors: SchemaError[] = [];
    checkNode(node, part, { ...check, errors, closed: false });
    return errors.length === 0;
  };
  if (anyOf && !anyOf.some(accepts)) reportForm('has none of the forms that its schema allows', check);
  // An unknown inside is accepted by every part, so that neither of these two would mean anything.
  if (!(oneOf || not) || holdsUnknown(node)) return;
  if (oneOf && oneOf.filter(accepts).length !== 1) reportForm('must have exactly one of the forms that its schema allows', check);
  if (not && accepts(not)) reportForm('has a form that its schema excludes', check);
};
