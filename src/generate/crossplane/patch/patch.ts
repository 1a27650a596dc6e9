/** One patch of function-patch-and-transform (`patches.go`): a value of one object written into another. */
import { sprintf } from '../../../gotemplate/format.ts';
import { type Holes, holeFor } from '../../../gotemplate/hole.ts';
import { type GoValue, goString } from '../../../gotemplate/value.ts';
import type { Origin, Step } from '../../../model/origin.ts';
import { child, itemsOf, type MapNode, type Node, stringAt } from '../../../yaml/node.ts';
import { freeContext, goValueOf, nodeOf, type Whole } from '../values.ts';
import { expandWildcards, type FieldPath, fieldPathText, parseFieldPath, valueAt, withValueAt } from './field-path.ts';
import { type MergeOptions, merged, mergeOptionsOf } from './merge.ts';
import { transformed } from './transform.ts';

export type Patched =
  | {
      readonly type: 'patched';
      readonly root: MapNode;
      /** Whether the field is there at all is unknown. */
      readonly isUncertain: boolean;
    }
  /** The field that it reads is not there. */
  | { readonly type: 'missing'; readonly message: string }
  | { readonly type: 'failed'; readonly message: string };

export const patchType = (patch: Node): string => stringAt(patch, 'type') ?? 'FromCompositeFieldPath';

export const isRequired = (patch: Node): boolean => stringAt(patch, 'policy', 'fromFieldPath') === 'Required';

/** Which object a patch reads, and which it writes. */
export type Side = 'composite' | 'environment' | 'composed';

export const sidesOf = (type: string): { readonly from: Side; readonly to: Side } | undefined => sides.get(type);

const sides: ReadonlyMap<string, { readonly from: Side; readonly to: Side }> = new Map([
  ['FromCompositeFieldPath', { from: 'composite', to: 'composed' }],
  ['CombineFromComposite', { from: 'composite', to: 'composed' }],
  ['FromEnvironmentFieldPath', { from: 'environment', to: 'composed' }],
  ['CombineFromEnvironment', { from: 'environment', to: 'composed' }],
  ['ToCompositeFieldPath', { from: 'composed', to: 'composite' }],
  ['CombineToComposite', { from: 'composed', to: 'composite' }],
  ['ToEnvironmentFieldPath', { from: 'composed', to: 'environment' }],
  ['CombineToEnvironment', { from: 'composed', to: 'environment' }],
]);

/**
 * `function` as function-patch-and-transform has it; `native` as Crossplane 1 had it built in (`mode: Resources`), where
 * the API server fills in types and whole numbers are such.
 */
export type Dialect = 'function' | 'native';

export interface PatchInput {
  readonly patch: Node;
  readonly from: Node;
  readonly to: MapNode;
  readonly step: Step;
  readonly dialect: Dialect;
}

export const applyPatch = ({ patch, from, to, step, dialect }: PatchInput): Patched => {
  const holes: Holes = [];
  // The environment goes through Kubernetes' decoder, the composite resource does not.
  const whole = dialect === 'native' || sidesOf(patchType(patch))?.from === 'environment' ? 'int64' : 'float64';
  const isCombine = patchType(patch).startsWith('Combine');
  const read = isCombine ? combined(patch, from, { holes, whole }) : readField(child(patch, 'fromFieldPath'), from, { holes, whole });
  if (read.type !== 'value') return read;
  const result = transformed(read.value, itemsOf(child(patch, 'transforms')), { holes, dialect });
  if (result.type === 'failed') return result;
  const written = child(patch, 'toFieldPath') ?? child(patch, 'fromFieldPath') ?? patch;
  const target = stringAt(written) ?? '';
  const claims = read.at.map((at): Step => ({ type: 'patch-from-claim', at: at.span, field: target }));
  const node = nodeOf(result.value, { span: written.span, via: [...patch.via, ...claims, step] }, holes);
  const path = parseFieldPath(target);
  if (path.type === 'failed') return { type: 'failed', message: `cannot parse path "${target}": ${path.message}` };
  const options = mergeOptionsOf(child(patch, 'policy'));
  const set = target.includes('[*]') && !isCombine ? writeAll(to, path.path, node, options) : writeOne(to, path.path, node, options);
  return set.type === 'set' ? { type: 'patched', root: set.root, isUncertain: read.value.type === 'unknown' } : set;
};

type Read =
  | { readonly type: 'value'; readonly value: GoValue; readonly at: readonly Origin[] }
  | Exclude<Patched, { readonly type: 'patched' }>;

interface Reading {
  readonly holes: Holes;
  readonly whole: Whole;
}

const readField = (field: Node | undefined, from: Node, reading: Reading): Read => {
  const text = stringAt(field);
  if (text === undefined) return { type: 'failed', message: 'fromFieldPath must be set' };
  const path = parseFieldPath(text);
  if (path.type === 'failed') return { type: 'failed', message: `cannot parse path "${text}": ${path.message}` };
  const found = valueAt(from, path.path);
  if (found.type === 'missing' || found.type === 'failed') return found;
  return { type: 'value', value: namedValue(found.node, text, reading), at: [found.node] };
};

/** Fields of one unknown object are different values; what is known of a text around them stays known. */
const namedValue = (node: Node, path: string, { holes, whole }: Reading): GoValue => {
  const value = goValueOf(node, whole);
  if (value.type !== 'unknown') return value;
  const unknown = { ...value, key: `${value.key}.${path}` };
  const text = node.type === 'unknown' ? node.text : undefined;
  return text === undefined ? unknown : { ...goString(text.replaceAll('(unknown)', () => holeFor(unknown, holes))), at: value.at };
};

/** `Combine`: a missing variable is a missing field. */
const combined = (patch: Node, from: Node, reading: Reading): Read => {
  const format = stringAt(patch, 'combine', 'string', 'fmt');
  const variables = itemsOf(child(patch, 'combine', 'variables'));
  if (stringAt(patch, 'combine', 'strategy') !== 'string' || format === undefined)
    return { type: 'failed', message: 'string must be set for combine strategy string' };
  if (variables.length === 0) return { type: 'failed', message: 'at least one variable must be provided' };
  const values: GoValue[] = [];
  const at: Origin[] = [];
  for (const variable of variables) {
    const read = readField(child(variable, 'fromFieldPath'), from, reading);
    if (read.type !== 'value') return read;
    values.push(read.value);
    at.push(...read.at);
  }
  return { type: 'value', value: goString(sprintf(format, values, freeContext(reading.holes))), at: at.slice(0, 1) };
};

type Written = { readonly type: 'set'; readonly root: MapNode } | Exclude<Patched, { readonly type: 'patched' }>;

const writeOne = (to: MapNode, path: FieldPath, value: Node, options: MergeOptions | undefined): Written => {
  const known = options === undefined ? undefined : valueAt(to, path);
  if (known?.type === 'failed') return { type: 'failed', message: `cannot patch to object: ${known.message}` };
  const before = known?.type === 'found' || known?.type === 'unknown' ? known.node : undefined;
  const over = options === undefined ? value : merged(before, value, options);
  if (typeof over === 'string') return { type: 'failed', message: `cannot patch to object: ${over}` };
  const set = withValueAt(to, path, over);
  return set.type === 'set' ? set : { type: 'failed', message: `cannot patch to object: ${set.message}` };
};

const writeAll = (to: MapNode, path: FieldPath, value: Node, options: MergeOptions | undefined): Written => {
  const paths = expandWildcards(to, path);
  if ('type' in paths) return paths.type === 'failed' ? paths : { type: 'missing', message: 'the wildcard field is null' };
  if (paths.length === 0) return { type: 'failed', message: `cannot expand ToFieldPath ${fieldPathText(path)}` };
  let root = to;
  for (const one of paths) {
    const written = writeOne(root, one, value, options);
    if (written.type !== 'set') return written;
    root = written.root;
  }
  return { type: 'set', root };
};
