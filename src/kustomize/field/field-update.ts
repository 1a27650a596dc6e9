import type { Origin } from '../../model/origin.ts';
import { listNode, mapNode, scalarNode, withEntry } from '../../yaml/edit.ts';
import { child, isNull, isScalar, type ListNode, type MapNode, type Node, type ScalarNode } from '../../yaml/node.ts';
import { parseYaml } from '../../yaml/parse.ts';
import { resolvePlain } from '../../yaml/scalar.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { isIndex, isItemMatch, itemMatch, wrongKind } from './field-path.ts';
import { goRegexp } from './go-regexp.ts';

/** What to do where a path leads. */
export interface FieldUpdate {
  /** The nodes that are made for missing parts end in one of this type; undefined: nothing is made. */
  readonly create: 'scalar' | 'map' | 'list' | undefined;
  readonly origin: Origin;
  /** `isNew`: the node was made for the path. */
  readonly update: (node: Node, isNew: boolean) => Node | Failure;
}

export interface Updated {
  readonly type: 'updated';
  readonly node: Node;
  /** How many fields the path led to. */
  readonly count: number;
}

/**
 * The tree with every field changed that a path leads to (kustomize: `yaml.PathMatcher`). Values in `[key=value]` are
 * regular expressions here. Inside a scalar the path goes on in its text as YAML, which stays as it is.
 */
export const updateAt = (node: Node, path: readonly string[], update: FieldUpdate): Updated | Failure =>
  walk(node, path, { ...update, isNew: false, isFlow: false });

/** The typed value of a text that was never tagged or quoted, as a node: null for no text. */
export const untagged = (text: string, { span, via }: Origin): ScalarNode => ({
  type: 'scalar',
  value: resolvePlain(text),
  text,
  style: 'plain',
  tag: '',
  span,
  via,
});

/** The text over a scalar as a transformation writes it: with the quotes that are there, else of the type it looks like. */
export const rewritten = (old: ScalarNode, text: string, origin: Origin): ScalarNode =>
  old.style === 'plain' ? untagged(text, origin) : { ...scalarNode(text, origin), style: old.style };

interface Walk extends FieldUpdate {
  readonly isNew: boolean;
  /** Some map on the way is written in braces. */
  readonly isFlow: boolean;
}

const walk = (node: Node, path: readonly string[], way: Walk): Updated | Failure => {
  const [part, ...rest] = path;
  if (part === undefined) return found(inFlow(way.update(node, way.isNew), way), 1);
  if (node.type === 'unknown') return found(node, 0);
  if (isIndex(part)) return walkIndex(node, Number(part), rest, way);
  if (isItemMatch(part)) return walkMatches(node, part, rest, way);
  if (part === '*') return walkItems(node, () => true, rest, way);
  return walkField(node, part, rest, way);
};

/** Without tag and text a scalar is null in a block, and an empty text within braces. */
const inFlow = (node: Node | Failure, { isFlow }: Walk): Node | Failure =>
  isFlow && node.type === 'scalar' && node.tag === '' && node.text === '' ? { ...node, value: '', style: 'double' } : node;

const found = (node: Node | Failure, count: number): Updated | Failure =>
  node.type === 'failure' ? node : { type: 'updated', node, count };

const walkField = (node: Node, key: string, rest: readonly string[], way: Walk): Updated | Failure => {
  if (node.type === 'list' || (node.type === 'scalar' && !isNull(node))) return wrongKind('MappingNode', node);
  const map: MapNode = node.type === 'map' ? node : mapNode([], way.origin);
  if (map.isFlow && !way.isFlow) return walkField(node, key, rest, { ...way, isFlow: true });
  const existing = child(map, key);
  if (!existing && way.create === undefined) return found(node, 0);
  if (isScalar(existing) && rest.length > 0) return walkText(node, existing, rest, way);
  const walked = existing ? walk(existing, rest, { ...way, isNew: false }) : walk(made(rest[0], way), rest, { ...way, isNew: true });
  return walked.type === 'failure' ? walked : found(withEntry(map, key, walked.node), walked.count);
};

const walkText = (holder: Node, scalar: ScalarNode, rest: readonly string[], way: Walk): Updated | Failure => {
  const { documents, problems } = parseYaml(scalar.text, () => scalar.span);
  const root = documents[0]?.root;
  if (problems[0]) return failure(problems[0].message);
  // What is made below a null is made, and lost.
  if (!root) return found(holder, isNull(scalar) && way.create !== undefined ? 1 : 0);
  const walked = walk(root, rest, { ...way, isNew: false, update: (node) => node });
  return walked.type === 'failure' ? walked : found(holder, walked.count);
};

const walkIndex = (node: Node, index: number, rest: readonly string[], way: Walk): Updated | Failure => {
  const list = asList(node, way);
  if (list.type === 'failure') return list;
  const existing = list.items[index];
  if (!existing && (way.create === undefined || index !== list.items.length)) {
    return failure(`index ${index} specified but only ${list.items.length} elements found`);
  }
  const walked = existing ? walk(existing, rest, { ...way, isNew: false }) : walk(made(rest[0], way), rest, { ...way, isNew: true });
  if (walked.type === 'failure') return walked;
  if (walked.node === existing) return found(node, walked.count);
  const items = existing ? list.items.with(index, walked.node) : [...list.items, walked.node];
  return found({ ...list, items }, walked.count);
};

const walkMatches = (node: Node, part: string, rest: readonly string[], way: Walk): Updated | Failure => {
  const match = itemMatch(part);
  if (match.type === 'failure') return match;
  const regexp = goRegexp(match.value);
  if (regexp.type === 'failure') return regexp;
  const list = asList(node, way);
  if (list.type === 'failure') return list;
  // Of an item that is a value itself, nothing further is looked at.
  const behind = match.key === '' ? [] : rest;
  const matches = (item: Node): boolean => {
    const value = match.key === '' ? item : item.type === 'map' ? child(item, match.key) : undefined;
    return isScalar(value) && regexp.test(printed(value));
  };
  const walked = walkItems(list, matches, behind, way);
  if (walked.type === 'failure' || walked.count > 0 || way.create === undefined) return walked;

  const value = untagged(match.value, way.origin);
  const item = match.key === '' ? value : withEntry(mapNode([], way.origin), match.key, value);
  if (!matches(item)) return failure(`failed to create element for "${part}": it would not match itself`);
  const made = walk(item, behind, { ...way, isNew: true });
  return made.type === 'failure' ? made : found({ ...list, items: [...list.items, made.node] }, made.count);
};

const walkItems = (node: Node, isMeant: (item: Node) => boolean, rest: readonly string[], way: Walk): Updated | Failure => {
  const list = asList(node, way);
  if (list.type === 'failure') return list;
  const items: Node[] = [];
  let count = 0;
  for (const item of list.items) {
    const walked = isMeant(item) ? walk(item, rest, { ...way, isNew: false }) : undefined;
    if (walked?.type === 'failure') return walked;
    items.push(walked?.node ?? item);
    count += walked?.count ?? 0;
  }
  return found(items.every((item, index) => item === list.items[index]) ? node : { ...list, items }, count);
};

/** An empty node for a part of the path that is missing: what the next part needs. */
const made = (next: string | undefined, { create, origin }: Walk): Node => {
  if (next !== undefined) return isIndex(next) || isItemMatch(next) ? listNode([], origin) : mapNode([], origin);
  if (create === 'list') return listNode([], origin);
  return create === 'map' ? mapNode([], origin) : untagged('', origin);
};

const asList = (node: Node, { origin }: Walk): ListNode | Failure => {
  if (isNull(node)) return listNode([], origin);
  return node.type === 'list' ? node : wrongKind('SequenceNode', node);
};

/** Values are matched as they are written, with their quotes. */
const printed = ({ style, text }: ScalarNode): string =>
  style === 'single' ? `'${text}'` : style === 'double' ? JSON.stringify(text) : text.trim();
