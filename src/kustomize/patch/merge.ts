/**
 * Strategic merge as kustomize does it (kyaml/yaml/merge2 and walk), not as the API server does: maps merge, scalars
 * replace, lists replace unless the schema names their merge keys, `null` deletes. It has surprises that real patches
 * depend on, and all are kept: fields written as `key:` without a value vanish from whatever is patched, a number that
 * replaces a quoted string becomes a string, `$patch: replace` does nothing to a list element that exists.
 */

import { mapNode } from '../../yaml/edit.ts';
import {
  type Entry,
  entryOf,
  isNull as hasNoValue,
  type ListNode,
  type MapNode,
  type Node,
  type ScalarNode,
  scalarText,
  textAt,
} from '../../yaml/node.ts';
import { isPlainString } from '../../yaml/scalar.ts';
import { tagOf } from '../../yaml/through-json.ts';
import { listSchema, type MergeList, type MergeSchema, type MergeSchemas, mapSchema } from '../file/merge-schema.ts';
import { schemaBeside } from '../file/openapi.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { isLinked, type Overwrite, overwriteLinked } from '../resource/linked-scalars.ts';
import { mergeKeyedList } from './merge-list.ts';
import type { Merged, MergePlace } from './merge-place.ts';

/**
 * `target` with `patch` merged into it.
 *
 * @returns undefined where the patch deletes the whole object
 */
export const mergeObject = (target: MapNode, patch: MapNode, schemas: MergeSchemas): MapNode | undefined | Failure => {
  const overwrites: Overwrite[] = [];
  const merged = merge(target, patch, { schema: undefined, list: undefined, schemas, merge, overwrites });
  if (merged?.type === 'map') return overwriteLinked(merged, overwrites);
  return merged?.type === 'failure' ? merged : undefined;
};

/** Merges what is at one place; either side may be missing. */
const merge = (target: Node | undefined, patch: Node | undefined, place: MergePlace): Merged => {
  const leading = target && !isNull(target) ? target : patch && !isNull(patch) ? patch : undefined;
  if (leading === undefined || leading.type === 'map') return wrongType('map', target, patch) ?? mergeMaps(target, patch, place);
  if (leading.type === 'scalar') return wrongType('scalar', target, patch) ?? mergeScalars(target, patch, place);
  if (leading.type === 'unknown') return patch ?? target;
  const wrong = wrongType('list', target, patch);
  if (wrong) return wrong;
  if (!place.list) return patch ?? target;
  return mergeLists(target, patch, { ...place, list: place.list });
};

/** What has no tag is no null to kyaml, whatever its characters are. */
const isNull = (node: Node | undefined): boolean => hasNoValue(node) && !(node?.type === 'scalar' && node.tag === '');

const names = { map: 'MappingNode', list: 'SequenceNode', scalar: 'ScalarNode' } as const;

const wrongType = (type: 'map' | 'list' | 'scalar', ...nodes: readonly (Node | undefined)[]): Failure | undefined => {
  for (const node of nodes) {
    if (!node || node.type === 'unknown' || node.type === type || isNull(node)) continue;
    return failure(`wrong node kind: expected ${names[type]} but got ${names[node.type]}`);
  }
  return undefined;
};

const mergeScalars = (target: Node | undefined, patch: Node | undefined, { overwrites }: MergePlace): Merged => {
  if (patch === undefined) return target;
  const scalar = keptStyle(target, patch);
  if (target && isLinked(target) && scalar.type === 'scalar' && !isNull(scalar)) overwrites.push({ old: target, scalar });
  return scalar;
};

/**
 * The new scalar has the style of the one it replaces (kyaml `FieldSetter`): with its quotes a number or a date becomes a
 * text, also one that comes later, and with its folding a text is folded when it is printed.
 */
const keptStyle = (target: Node | undefined, patch: Node): Node => {
  if (target?.type !== 'scalar' || target.value === null || patch.type !== 'scalar' || patch.value === null) return patch;
  const isText = typeof patch.value === 'string' && (patch.style !== 'plain' || patch.value === patch.text);
  if (target.style === 'folded') return { ...patch, value: patch.text, style: 'folded' };
  if (!isText) {
    if (target.style === 'plain' || target.isTagged) return patch;
    return { ...patch, value: patch.text, style: target.style, quotedAs: tagOf(patch) };
  }
  return patch.style === target.style ? patch : { ...patch, style: target.style };
};

const mergeMaps = (target: Node | undefined, patch: Node | undefined, place: MergePlace): Merged => {
  const asked = directiveOf(patch);
  if (target === undefined || isNull(target)) {
    if (asked.directive === 'delete') return undefined;
    // A null that is written out stays, one that is only implied (`key:`) goes.
    if (patch === undefined) return target?.type === 'scalar' && target.text !== '' ? target : undefined;
    return asked.patch?.type === 'map' ? mergeEntries(asked.patch, asked.patch, place) : undefined;
  }
  if (patch !== undefined && isNull(patch)) return undefined;
  if (asked.failure) return asked.failure;
  if (asked.directive === 'delete') return undefined;
  // What a patch adds is both sides at once.
  const kept = asked.directive === 'replace' || target === patch ? asked.patch : target;
  return kept?.type === 'map' ? mergeEntries(kept, asked.patch?.type === 'map' ? asked.patch : undefined, place) : kept;
};

const mergeEntries = (target: MapNode, patch: MapNode | undefined, place: MergePlace): Merged => {
  const schema = place.schema ?? schemaOf(target, place.schemas) ?? (patch && schemaOf(patch, place.schemas));
  const entries: Entry[] = [];
  let changed = false;
  for (const entry of target.entries) {
    const wanted = patch && entryOf(patch, entry.key.text);
    const value = mergeField([entry.key, wanted?.key], entry.value, wanted?.value);
    if (value?.type === 'failure') return value;
    if (value !== entry.value) changed = true;
    if (value !== undefined) entries.push(value === entry.value ? entry : { key: entry.key, value });
  }
  if (patch !== undefined && patch !== target) {
    for (const entry of patch.entries) {
      if (entryOf(target, entry.key.text)) continue;
      const value = mergeField([entry.key, undefined], undefined, entry.value);
      if (value?.type === 'failure') return value;
      if (value === undefined) continue;
      changed = true;
      entries.push({ key: entry.key, value });
    }
  }
  return changed ? withEntries(target, entries) : target;

  function mergeField(
    [key, other]: readonly [ScalarNode, ScalarNode | undefined],
    old: Node | undefined,
    wanted: Node | undefined,
  ): Merged {
    const own = schemaBeside(key) ?? (other && schemaBeside(other));
    const value = merge(old, wanted, {
      ...place,
      schema: own ? own.map : mapSchema(schema, key.text),
      list: own ? own.list : listSchema(schema, key.text),
    });
    // What a patch sets to null is gone, also inside what it adds; a null that the object itself wrote out stays.
    if (value === undefined || value.type === 'failure') return value;
    if (isNull(value) && (value !== old || old === wanted)) return undefined;
    // What replaces a value has the style of that.
    const written = old === undefined || value === old ? writtenBack(value) : value;
    if (written === value || written.type !== 'scalar' || !isLinked(value)) return written;
    // What was written over a node that this is one with stands here by now.
    if (place.overwrites.some(({ old: node }) => node === value)) return value;
    place.overwrites.push({ old: value, scalar: written });
    return written;
  }
};

/**
 * A field is written even where nothing changes in it, and a text without quotes that YAML 1.1 takes for something else
 * gets them (kyaml `FieldSetter`): what has no tag becomes a text, and what a later patch writes over it does, too.
 */
const writtenBack = (node: Node): Node => {
  if (node.type !== 'scalar' || node.style !== 'plain' || node.text === '') return node;
  const isText = node.tag === '' || (node.tag === undefined && node.value === node.text);
  if (!isText || isPlainString(node.text, 'yaml-1.1')) return node;
  const { tag: _, ...scalar } = node;
  return { ...scalar, value: node.text, style: 'double' };
};

const withEntries = (map: MapNode, entries: readonly Entry[]): MapNode => ({
  ...mapNode(entries, map),
  ...(map.isFlow && { isFlow: true }),
});

const schemaOf = (map: MapNode, schemas: MergeSchemas): MergeSchema | undefined => {
  const apiVersion = textAt(map, 'apiVersion') ?? '';
  const kind = textAt(map, 'kind') ?? '';
  if (apiVersion === '' || kind === '') return undefined;
  const slash = apiVersion.indexOf('/');
  return schemas({ group: slash === -1 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind });
};

const mergeLists = (target: Node | undefined, patch: Node | undefined, place: MergePlace & { readonly list: MergeList }): Merged => {
  const asked = directiveOf(patch);
  const wanted = asked.patch?.type === 'list' ? asked.patch : undefined;
  if (target === undefined || isNull(target)) return wanted && mergeKeyedList(wanted, wanted, place);
  if (patch !== undefined && isNull(patch)) return undefined;
  if (asked.failure) return asked.failure;
  if (asked.directive === 'delete') return undefined;
  const kept = asked.directive === 'replace' || target === patch ? wanted : target;
  return kept?.type === 'list' ? mergeKeyedList(kept, wanted, place) : kept;
};

type Directive = 'delete' | 'replace' | 'merge';

interface Asked {
  readonly directive: Directive;
  /** The patch without the directive. */
  readonly patch: Node | undefined;
  readonly failure?: Failure;
}

const directiveKey = '$patch';

const directiveOf = (patch: Node | undefined): Asked => {
  switch (patch?.type) {
    case 'map': {
      const entry = entryOf(patch, directiveKey);
      if (!entry) return { directive: 'merge', patch };
      return asked(
        entry.value,
        withEntries(
          patch,
          patch.entries.filter((other) => other !== entry),
        ),
      );
    }
    case 'list':
      return listDirective(patch);
    default:
      return { directive: 'merge', patch };
  }
};

/** An element of its own, `- $patch: replace`, speaks for the whole list. */
const listDirective = (patch: ListNode): Asked => {
  const element = patch.items.find((item) => item.type === 'map' && entryOf(item, directiveKey) !== undefined);
  if (element?.type !== 'map' || element.entries.length > 1) return { directive: 'merge', patch };
  const [entry] = element.entries;
  if (!entry) return { directive: 'merge', patch };
  return asked(entry.value, { ...patch, items: patch.items.filter((item) => item !== element) });
};

const asked = (value: Node, patch: Node): Asked => {
  const word = scalarText(value);
  if (word === 'delete' || word === 'replace' || word === 'merge') return { directive: word, patch };
  return { directive: 'merge', patch, failure: failure(`unknown patch strategy '${word}'`) };
};
