import type { ErrorObject } from 'ajv';
import type { Origin } from '../model/origin.ts';
import { didYouMean, nearest } from '../model/spelling.ts';
import { child, entryOf, type Node, pointerKeys } from '../yaml/node.ts';
import type { ConfigProblem } from './config-error.ts';

/**
 * What a JSON Schema has against a part of a configuration, in words; in the order of the places.
 *
 * @param whole what the part is called where the problem is in none of its fields
 */
export const schemaProblems = (errors: readonly ErrorObject[], root: Node, whole = theWhole): readonly ConfigProblem[] => {
  // What fails within a oneOf or a key's pattern says less than those themselves.
  const unions = errors.filter((error) => error.keyword === 'oneOf');
  const told = errors.filter(
    (error) =>
      error.propertyName === undefined &&
      (unions.includes(error) || !unions.some(({ instancePath }) => isAtOrBelow(error.instancePath, instancePath))),
  );
  return told.map((error) => describe(error, root, whole)).sort((a, b) => a.at.span.start - b.at.span.start);
};

const theWhole = 'the configuration';

const isAtOrBelow = (pointer: string, above: string): boolean => pointer === above || pointer.startsWith(`${above}/`);

const describe = (error: ErrorObject, root: Node, whole: string): ConfigProblem => {
  const keys = pointerKeys(error.instancePath);
  const node: Node = child(root, ...keys) ?? root;
  const field = keys.length === 0 ? whole : keys.join('.');
  const schema = error.parentSchema ?? {};
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(error.params.additionalProperty);
      const known = Object.keys(schema.properties ?? {});
      const hint = didYouMean(nearest(key, known)) ?? `Known here: ${known.join(', ')}.`;
      return { at: keyOf(node, key), message: `unknown key "${key}"${field === theWhole ? '' : ` in ${field}`}`, hint };
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
    case 'enum': {
      const allowed: readonly string[] = [error.params.allowedValues].flat().map(String);
      const meant = node.type === 'scalar' ? nearest(node.text, allowed) : undefined;
      return {
        at: node,
        message: `${field} must be one of ${allowed.join(', ')}`,
        hint: didYouMean(meant) ?? 'Correct the value.',
      };
    }
    default:
      return {
        at: node,
        message: `${field} ${titleOf(schema) ? `must be ${titleOf(schema)}` : error.message}`,
        hint: didYouMean(node.type === 'scalar' ? nearest(node.text, wordsOf(schema)) : undefined) ?? 'Correct the value.',
      };
  }
};

const keyOf = (node: Node, key: string): Origin => (node.type === 'map' ? (entryOf(node, key)?.key ?? node) : node);

/** The words that a union takes. */
const wordsOf = (schema: object): readonly string[] =>
  ['oneOf' in schema ? schema.oneOf : []]
    .flat()
    .flatMap((branch: unknown) =>
      typeof branch === 'object' && branch !== null && 'enum' in branch && Array.isArray(branch.enum) ? branch.enum.map(String) : [],
    );

const titleOf = (schema: unknown): string | undefined =>
  typeof schema === 'object' && schema !== null && 'title' in schema ? String(schema.title) : undefined;

const an = (type: string): string => {
  if (type === 'array') return 'a list';
  if (type === 'object') return 'a map';
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
};

const typeHint = (node: Node, type: string): string =>
  type === 'string' && node.type === 'scalar' && node.text !== '' ? `Put it in quotes: "${node.text}".` : 'Correct the value.';
