import { withoutEnd, withoutStart } from '../../pattern/trim.ts';
import { child, isNull, isScalar, type Node } from '../../yaml/node.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { splitPath } from './field-spec.ts';

/**
 * The paths of replacements and vars: `spec.containers.[name=web].image`. A part is a key, `[key=value]` or `[=value]`
 * for items of a list, an index, or `*` for all items; `\.` and `[a.b]` keep dots within a key.
 */
export const splitFieldPath = (path: string): readonly string[] => {
  const parts: string[] = [];
  let bracketed: string[] = [];
  for (const part of splitPath(path, '.')) {
    if (bracketed.length === 0 && !(part.startsWith('[') && !part.endsWith(']'))) {
      parts.push(part);
      continue;
    }
    bracketed.push(part);
    if (!part.endsWith(']')) continue;
    parts.push(unbracketed(bracketed));
    bracketed = [];
  }
  return bracketed.length === 0 ? parts : [...parts, unbracketed(bracketed)];
};

/** What a path leads to in a source: one node, the first that fits (kustomize: `yaml.PathGetter`). */
export const lookUp = (node: Node, path: readonly string[]): Node | undefined | Failure => {
  const keys = keysTo(node, path);
  return keys === undefined || 'type' in keys ? keys : child(node, ...keys);
};

/** The keys and indexes of the way to what `lookUp` finds. */
export const keysTo = (node: Node, path: readonly string[]): readonly (string | number)[] | undefined | Failure => {
  const keys: (string | number)[] = [];
  for (const part of path.map((each) => each.trim()).filter((each) => each !== '')) {
    const here = child(node, ...keys);
    const key = here && keyOf(here, part);
    if (here === undefined || key === undefined) return undefined;
    if (typeof key === 'object') return key;
    keys.push(key);
    if (child(here, key) === undefined) return undefined;
  }
  return keys;
};

const unbracketed = (parts: readonly string[]): string => {
  const text = parts.join('.');
  return text.includes('=') ? text : withoutStart(withoutEnd(text, '[]'), '[]');
};

export const isIndex = (part: string): boolean => /^\+?\d+$/.test(part);
export const isItemMatch = (part: string): boolean => part.startsWith('[') && part.endsWith(']');

const keyOf = (node: Node, part: string): string | number | undefined | Failure => {
  if (isNull(node)) return undefined;
  if (/^-\d+$/.test(part)) return failure(`array index ${part} cannot be negative`);
  if (part === '*') return failure('wildcard is not supported in PathGetter');
  if (isIndex(part) || part === '-') {
    if (node.type !== 'list') return wrongKind('SequenceNode', node);
    return part === '-' ? node.items.length - 1 : Number(part);
  }
  if (!isItemMatch(part)) return node.type === 'map' ? part : wrongKind('MappingNode', node);
  const match = itemMatch(part);
  if (match.type === 'failure') return match;
  if (node.type !== 'list') return wrongKind('SequenceNode', node);
  const index = node.items.findIndex((item) => {
    const value = match.key === '' ? item : child(item, match.key);
    return isScalar(value) && value.text === match.value;
  });
  return index === -1 ? undefined : index;
};

export interface ItemMatch {
  readonly type: 'match';
  /** Empty: the item itself. */
  readonly key: string;
  readonly value: string;
}

export const itemMatch = (part: string): ItemMatch | Failure => {
  const [, key, value] = /^\[?([^=]*)=(.*?)\]?$/s.exec(part) ?? [];
  if (key === undefined || value === undefined) {
    return failure('list path element must contain fieldName=fieldValue for element to match');
  }
  return { type: 'match', key, value };
};

export const wrongKind = (expected: 'MappingNode' | 'SequenceNode', node: Node): Failure => {
  const got = node.type === 'map' ? 'MappingNode' : node.type === 'list' ? 'SequenceNode' : 'ScalarNode';
  return failure(`wrong node kind: expected ${expected} but got ${got}`);
};
