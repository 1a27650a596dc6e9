/**
 * Trees on their way through JSON. kustomize prints an object in four steps: go-yaml writes it and reads it again, Go's
 * encoder makes JSON of what was read, and that becomes the YAML which leaves (kyaml `RNode.MarshalJSON`, `Resource.AsYAML`).
 * A JSON patch does the same, and the object lives on as it came out (`RNode.UnmarshalJSON`).
 */
import { memo } from '../model/memo.ts';
import { mapScalars, mapValues } from './edit.ts';
import { foldedAgain } from './folded.ts';
import type { MapNode, Node, ScalarNode } from './node.ts';
import { goFloat, goStyle } from './print-as-go.ts';

/** What does not come through: a key that is no text, a number that is none, or a text that is not of the type it is tagged with. */
export interface Unfit {
  readonly type: 'key' | 'number' | 'tag';
  readonly at: ScalarNode;
}

/** Where a tree ends the way to JSON, in its order. The keys of the root itself pass: they are read as texts. */
export const unfitForJson = (root: MapNode): readonly Unfit[] => {
  if (staysSame(root)) return [];
  const found: Unfit[] = [];
  for (const { value } of root.entries) findUnfit(value, found);
  return found;
};

/**
 * The tree as go-yaml reads what it wrote: only folded scalars come back as others, and within braces, where
 * nothing is folded, what has no value.
 */
export const printedAndRead = (root: MapNode): MapNode => (staysSame(root) ? root : asMap(readAgain(root, false), root));

/** Whether a tree has nothing that the way through go-yaml changes or JSON refuses, as nearly all have not. */
const staysSame = memo((root: MapNode): boolean => {
  const isInBraces = root.isFlow === true;
  for (const { value } of root.entries) if (!comesThrough(value, isInBraces)) return false;
  return true;
});

const comesThrough = (node: Node, isInBraces: boolean): boolean => {
  switch (node.type) {
    case 'scalar':
      if (node.tag) return false;
      if (typeof node.value === 'string') return node.style !== 'folded';
      return typeof node.value === 'number' ? Number.isFinite(node.value) : !(isInBraces && node.value === null && node.text === '');
    case 'list':
      for (const item of node.items) if (!comesThrough(item, isInBraces)) return false;
      return true;
    case 'map': {
      const isWithin = isInBraces || node.isFlow === true;
      for (const { key, value } of node.entries) if (!isTextKey(key) || !comesThrough(value, isWithin)) return false;
      return true;
    }
    case 'unknown':
      return true;
    default:
      return node satisfies never;
  }
};

const readAgain = (node: Node, isInBraces: boolean): Node => {
  if (node.type !== 'scalar') {
    const isWithin = isInBraces || (node.type === 'map' && node.isFlow === true);
    return mapValues(node, (value) => readAgain(value, isWithin));
  }
  if (!isInBraces) return unfolded(node);
  return node.value === null && node.text === '' ? { ...node, value: '', style: 'double' } : node;
};

/** The tree as it is after JSON: quotes and braces only where go-yaml needs them, all numbers floats, dates texts. */
export const readFromJson = (root: MapNode): MapNode => asMap(inBlocks(mapScalars(printedAndRead(root), fromJson)), root);

/** What comes from JSON itself is folded nowhere. */
export const writtenInJson = <T extends Node>(node: T): T =>
  // Only scalars are exchanged, never the type.
  mapScalars(node, (scalar) => (scalar.style === 'folded' ? { ...scalar, style: 'double' } : scalar)) as T;

/** The tree as go-yaml reads it in JSON: every text is in quotes. */
export const readInJson = (root: MapNode): MapNode => asMap(mapScalars(root, inJson), root);

/** Whether a key is a text to go-yaml, and not a number, a boolean, a date or nothing. */
const isTextKey = ({ value, text, style }: ScalarNode): boolean => typeof value === 'string' && (style !== 'plain' || value === text);

const findUnfit = (node: Node, found: Unfit[]): void => {
  if (node.type === 'list') for (const item of node.items) findUnfit(item, found);
  if (node.type === 'scalar' && node.tag) found.push({ type: 'tag', at: node });
  if (node.type === 'scalar' && typeof node.value === 'number' && !Number.isFinite(node.value)) found.push({ type: 'number', at: node });
  if (node.type !== 'map') return;
  for (const { key, value } of node.entries) {
    if (!isTextKey(key)) found.push({ type: 'key', at: key });
    findUnfit(value, found);
  }
};

const unfolded = (scalar: ScalarNode): ScalarNode => {
  if (scalar.style !== 'folded' || typeof scalar.value !== 'string') return scalar;
  const text = foldedAgain(scalar.text);
  return text === scalar.text ? scalar : { ...scalar, value: text, text };
};

const fromJson = (written: ScalarNode): ScalarNode => {
  const { quotedAs, ...rest } = written;
  const scalar: ScalarNode = written.tag === undefined && quotedAs === undefined ? written : { ...rest, tag: undefined };
  const { value } = scalar;
  switch (typeof value) {
    case 'string':
      return textFromJson(scalar);
    case 'number':
    case 'bigint': {
      const number = Number(value);
      const text = goFloat(number);
      return value === number && text === scalar.text ? scalar : { ...scalar, value: number, text, style: 'plain' };
    }
    case 'boolean':
    case 'object': {
      const text = String(value);
      return text === scalar.text ? scalar : { ...scalar, text, style: 'plain' };
    }
    default:
      return value satisfies never;
  }
};

/** Which quotes they were does not matter; whether there are any does, to a patch that comes later. */
const textFromJson = (scalar: ScalarNode): ScalarNode => {
  const text = String(scalar.value);
  const isPlain = goStyle(text) === 'plain';
  const isSame = isPlain === (scalar.style === 'plain') && scalar.style !== 'folded';
  if (isSame && text === scalar.text) return scalar;
  return { ...scalar, value: text, text, style: isPlain ? 'plain' : 'double' };
};

const inJson = (scalar: ScalarNode): ScalarNode => {
  const text = String(scalar.value);
  if (typeof scalar.value !== 'string') return text === scalar.text ? scalar : { ...scalar, text };
  const isQuoted = scalar.style !== 'plain' && scalar.style !== 'folded';
  return isQuoted ? scalar : { ...scalar, text, style: 'double' };
};

/** Braces stay, or come, around nothing. */
const inBlocks = (node: Node): Node => {
  const changed = mapValues(node, inBlocks);
  if (changed.type !== 'map') return changed;
  const isEmpty = changed.entries.length === 0;
  if (isEmpty === (changed.isFlow === true)) return changed;
  const { isFlow: _, ...block } = changed;
  return isEmpty ? { ...block, isFlow: true } : block;
};

const asMap = (node: Node, root: MapNode): MapNode => (node.type === 'map' ? node : root);

/** The tag that go-yaml gives a scalar. */
export const tagOf = ({ value, text, style }: ScalarNode): string => {
  switch (typeof value) {
    case 'string':
      // A plain date is printed as a time.
      return style === 'plain' && value !== text ? '!!timestamp' : '!!str';
    case 'boolean':
      return '!!bool';
    case 'bigint':
      return '!!int';
    case 'number':
      return Number.isInteger(value) && !/[.eE]/.test(text.replace(/^0x.*/i, '')) ? '!!int' : '!!float';
    case 'object':
      return '!!null';
    default:
      return value satisfies never;
  }
};
