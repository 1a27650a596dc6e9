import type { ErrorObject } from 'ajv';
import type { Origin } from '../model/origin.ts';
import { nearest } from '../model/spelling.ts';
import { child, entryOf, type MapNode, type Node, pointerKeys, toValue } from '../yaml/node.ts';
import { validate } from './config-validator.ts';

/** What is wrong in a configuration, where, and what to do about it. */
export interface ConfigProblem {
  readonly at: Origin;
  readonly message: string;
  readonly hint: string;
}

/** Holds a configuration against `schemas/config.schema.json`; problems in the order of their places. */
export const checkConfig = (root: MapNode): readonly ConfigProblem[] =>
  [...writtenTwice(root), ...againstSchema(root)].sort((a, b) => a.at.span.start - b.at.span.start);

/** Half of what such a key says would be lost without a word. */
const writtenTwice = (node: Node): readonly ConfigProblem[] => {
  if (node.type === 'list') return node.items.flatMap(writtenTwice);
  if (node.type !== 'map') return [];
  const here = (node.shadowed ?? []).map(({ key }) => ({
    at: key,
    message: `the key "${key.text}" is written twice`,
    hint: 'Join the two.',
  }));
  return [...here, ...node.entries.flatMap((entry) => writtenTwice(entry.value))];
};

const againstSchema = (root: MapNode): readonly ConfigProblem[] => {
  if (validate(toValue(root))) return [];
  const errors = validate.errors ?? [];
  // What fails within a oneOf or a key's pattern says less than those themselves.
  const unions = errors.filter((error) => error.keyword === 'oneOf');
  const told = errors.filter(
    (error) =>
      error.propertyName === undefined &&
      (unions.includes(error) || !unions.some(({ instancePath }) => isAtOrBelow(error.instancePath, instancePath))),
  );
  return told.map((error) => describe(error, root));
};

const isAtOrBelow = (pointer: string, above: string): boolean => pointer === above || pointer.startsWith(`${above}/`);

const describe = (error: ErrorObject, root: MapNode): ConfigProblem => {
  const keys = pointerKeys(error.instancePath);
  const node: Node = child(root, ...keys) ?? root;
  const field = keys.length === 0 ? 'the configuration' : keys.join('.');
  const schema = error.parentSchema ?? {};
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const known = Object.keys(schema.properties ?? {});
      const meant = nearest(key, known);
      const hint = meant === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
      return { at: keyOf(node, key), message: `unknown key "${key}"${keys.length === 0 ? '' : ` in ${field}`}`, hint };
    }
    case 'propertyNames': {
      const key = String(error.params.propertyName);
      return {
        at: keyOf(node, key),
        message: `"${key}" in ${field} is not ${titleOf(error.schema) ?? 'a valid name'}`,
        hint: 'Correct the key.',
      };
    }
    case 'required':
      return { at: node, message: `${field} lacks "${error.params.missingProperty}"`, hint: 'Add it.' };
    case 'type':
      return {
        at: node,
        message: `${field} must be ${an(String(error.params.type))}`,
        hint: typeHint(node, String(error.params.type)),
      };
    case 'enum':
      return { at: node, message: `${field} must be one of ${error.params.allowedValues.join(', ')}`, hint: 'Correct the value.' };
    default:
      return {
        at: node,
        message: `${field} ${titleOf(schema) ? `must be ${titleOf(schema)}` : error.message}`,
        hint: 'Correct the value.',
      };
  }
};

const keyOf = (node: Node, key: string): Origin => (node.type === 'map' ? (entryOf(node, key)?.key ?? node) : node);

const titleOf = (schema: unknown): string | undefined =>
  typeof schema === 'object' && schema !== null && 'title' in schema ? String(schema.title) : undefined;

const an = (type: string): string => {
  if (type === 'array') return 'a list';
  if (type === 'object') return 'a map';
  return `a ${type}`;
};

const typeHint = (node: Node, type: string): string =>
  type === 'string' && node.type === 'scalar' && node.text !== '' ? `Put it in quotes: "${node.text}".` : 'Correct the value.';
