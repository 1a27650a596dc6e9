/**
 * How a patch writes over what is there: crossplane-runtime's `merge` (`pkg/fieldpath/merge.go`), which is mergo over
 * the values in a map of one key.
 */
import { child, type Entry, entryOf, isMap, isNull, isTrue, type ListNode, type MapNode, type Node, stringAt } from '../../../yaml/node.ts';
import { sameValue } from './same-value.ts';

export interface MergeOptions {
  /** What the target has stays. */
  readonly keepsValues: boolean;
  /** Lists are joined, without what is there already. */
  readonly appendsLists: boolean;
}

/** `policy` of a patch → how it merges; undefined where the value replaces what is there. */
export const mergeOptionsOf = (policy: Node | undefined): MergeOptions | undefined => {
  const native = child(policy, 'mergeOptions');
  if (isMap(native)) return { keepsValues: isTrue(child(native, 'keepMapValues')), appendsLists: isTrue(child(native, 'appendSlice')) };
  switch (stringAt(policy, 'toFieldPath')) {
    case 'MergeObjects':
    case 'MergeObject':
      return { keepsValues: true, appendsLists: false };
    case 'MergeObjectsAppendArrays':
      return { keepsValues: true, appendsLists: true };
    case 'ForceMergeObjects':
      return { keepsValues: false, appendsLists: false };
    case 'ForceMergeObjectsAppendArrays':
    case 'AppendArray':
      return { keepsValues: false, appendsLists: true };
    default:
      return undefined;
  }
};

/** The merged value; the message where mergo refuses. */
export const merged = (target: Node | undefined, source: Node, options: MergeOptions): Node | string => {
  if (target === undefined || isNull(target) || isNull(source)) return source;
  if (target.type === 'unknown' || source.type === 'unknown') return target.type === 'unknown' ? target : source;
  const refused = options.appendsLists && cannotAppend(target, source);
  if (refused) return `failed to merge values: ${refused}`;
  const added = options.appendsLists && target.type === 'list' && source.type === 'list' ? withoutKnown(source, target) : source;
  return mergedValue(target, added, options);
};

/** A list cannot be joined to what is none, however deep. */
const cannotAppend = (target: Node, source: Node): string | undefined => {
  if (source.type === 'list' && target.type !== 'list' && target.type !== 'unknown' && !isNull(target))
    return 'cannot append two slices with different type';
  if (source.type !== 'map' || target.type !== 'map') return undefined;
  for (const { key, value } of source.entries) {
    const known = entryOf(target, key.text)?.value;
    const refused = known && cannotAppend(known, value);
    if (refused) return refused;
  }
  return undefined;
};

const withoutKnown = (source: ListNode, target: ListNode): ListNode => ({
  ...source,
  items: source.items.filter((item) => !target.items.some((known) => sameValue(known, item))),
});

/** One key of `deepMerge` (mergo, merge.go): maps merge, lists by the options, anything else by who wins. */
const mergedValue = (target: Node | undefined, source: Node, options: MergeOptions): Node => {
  const { keepsValues, appendsLists } = options;
  if (target?.type === 'unknown' || source.type === 'unknown') return target?.type === 'unknown' ? target : source;
  if (target?.type === 'map' && source.type === 'map' && target.entries.length > 0) return mergedMap(target, source, options);
  if (source.type === 'list' && appendsLists && target?.type === 'list') return { ...target, items: [...target.items, ...source.items] };
  if (target === undefined || isEmpty(target)) return source;
  return keepsValues ? target : source;
};

const mergedMap = (target: MapNode, source: MapNode, options: MergeOptions): MapNode => {
  const kept = target.entries.map((entry): Entry => {
    const over = entryOf(source, entry.key.text)?.value;
    return over === undefined ? entry : { key: entry.key, value: mergedValue(entry.value, over, options) };
  });
  const isNew = ({ key, value }: Entry) => entryOf(target, key.text) === undefined && !(isNull(value) && options.keepsValues);
  return { ...target, entries: [...kept, ...source.entries.filter(isNew)] };
};

/** `isEmptyValue` of mergo: the zero of its type. */
const isEmpty = (node: Node): boolean => {
  switch (node.type) {
    case 'map':
      return node.entries.length === 0;
    case 'list':
      return node.items.length === 0;
    case 'scalar':
      return node.value === null || node.value === '' || node.value === false || node.value === 0 || node.value === 0n;
    case 'unknown':
      return false;
    default:
      return node satisfies never;
  }
};
