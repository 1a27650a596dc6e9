import { nearest } from '../../model/spelling.ts';
import { type Node, toPointer } from '../../yaml/node.ts';
import { type Minor, minorName } from './minor.ts';
import { rightPlace } from './misplaced-field.ts';
import type { Schema } from './schema.ts';
import { fieldPath, type Keys, type SchemaError } from './schema-error.ts';
import { describeNode, describeSchema, nameList } from './schema-words.ts';

export interface ValidateOptions {
  /** What the object is called in messages: `Kustomization`. */
  readonly kind: string;
  /** The minor that runs: fields and values that it does not know are errors. */
  readonly minor?: Minor | undefined;
  /** Without a minor: whether what only some minors know is an error, which says so. */
  readonly tellsSome?: boolean;
  /** How patterns are read. Absent: by JavaScript, which is right for our own. */
  readonly matches?: ((text: string, pattern: string) => boolean) | undefined;
  /** Go's JSON decoder, which reads kustomization files, takes keys in any letter case. */
  readonly anyCase?: boolean;
  /** Types of Go take null for what is not there, in lists, too. */
  readonly takesNull?: boolean;
}

/** One place of a tree that is being validated. */
export interface Check {
  readonly options: ValidateOptions;
  readonly root: Schema;
  readonly errors: SchemaError[];
  /** Inside allOf, anyOf, oneOf and not, a schema speaks of some fields only. */
  readonly closed: boolean;
  /** The way here: keys are put together only for errors. */
  readonly way?: Way | undefined;
}

interface Way {
  readonly parent: Way | undefined;
  readonly key: string | number;
}

/** The place of a field or an item. */
export const inside = ({ options, root, errors, closed, way }: Check, key: string | number): Check => ({
  options,
  root,
  errors,
  closed,
  way: { parent: way, key },
});

interface Size {
  readonly least: number | undefined;
  readonly most: number | undefined;
  readonly unit: string;
}

export const checkSize = (size: number, { least = 0, most = size, unit }: Size, check: Check): void => {
  if (size >= least && size <= most) return;
  const bound = size < least ? `at least ${least}` : `at most ${most}`;
  report(check, { type: 'invalid-value', message: `${pathOf(check)} must have ${bound} ${unit}; it has ${size}.` });
};

export const reportInvalid = (node: Node, schema: Schema, check: Check): void => {
  // What is written in base64 may be a secret, and what stands in its place, too.
  const found = schema.format === 'base64' && node.type === 'scalar' ? '' : `; it is ${describeNode(node)}`;
  const message = `${pathOf(check)} must be ${describeSchema(schema)}${found}.`;
  const allowed = schema.enum?.filter((value) => typeof value === 'string');
  const meant = node.type === 'scalar' && allowed ? nearest(node.text, allowed) : undefined;
  report(check, { type: 'invalid-value', message, nearest: meant, isChoice: allowed && node.type === 'scalar' });
};

/** Gives the known field that was probably meant. */
export const reportUnknown = (schema: Schema, check: Check): string | undefined => {
  const keys = keysOf(check);
  const name = String(keys.at(-1));
  const parent = fieldPath(keys.slice(0, -1));
  const known = Object.entries(schema.properties ?? {}).flatMap(([field, { until }]) => (until === undefined ? [field] : []));
  const belongs = rightPlace(keys, check.root);
  const meant = belongs ? undefined : nearest(name, known);
  const takes = parent === '' || known.length > 8 ? '' : ` ${parent} takes ${nameList(known)}.`;
  const elsewhere = belongs ? ` It is a field of ${fieldPath(belongs.slice(0, -1)) || check.options.kind}.` : takes;
  const message = `${check.options.kind} has no field ${pathOf(check)}.${elsewhere}`;
  report(check, { type: 'unknown-field', message, nearest: meant, belongs: belongs && toPointer(belongs) });
  return meant;
};

export const reportTooNew = (since: Minor, check: Check): void => {
  const { minor } = check.options;
  const lacking = minor === undefined ? 'no earlier one knows it' : `${minorName(minor)} does not know it`;
  report(check, { type: 'unknown-field', message: `${pathOf(check)} came with ${minorName(since)}; ${lacking}.`, since });
};

export const reportGone = (until: Minor, check: Check): void =>
  report(check, { type: 'unknown-field', message: `${pathOf(check)} is gone since ${minorName(until)}.`, until });

export const reportForm = (what: string, check: Check): void =>
  report(check, { type: 'invalid-value', message: `${pathOf(check) || check.options.kind} ${what}.` });

export const pathOf = (check: Check): string => fieldPath(keysOf(check));

export const report = (check: Check, error: Omit<SchemaError, 'pointer'>): void => {
  check.errors.push({ pointer: toPointer(keysOf(check)), ...error });
};

const keysOf = (check: Check): Keys => {
  const keys: (string | number)[] = [];
  for (let way = check.way; way; way = way.parent) keys.unshift(way.key);
  return keys;
};
