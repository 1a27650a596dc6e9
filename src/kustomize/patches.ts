/** Patches onto objects: which objects an entry means, and what kustomize keeps of their names. */
import type { Origin, Step } from '../model/origin.ts';
import type { StepProblem } from '../model/problem.ts';
import { scalarNode, withEntry, withoutEntry } from '../yaml/edit.ts';
import { child, type Entry, isMap, isScalar, type MapNode, type Node } from '../yaml/node.ts';
import type { Failure } from './field-spec.ts';
import { withAnyId, withCurrentId, withKindOrName } from './id-index.ts';
import { applyJsonPatch } from './json-patch.ts';
import { lineageOf, sameIds, viaExtender } from './lineage.ts';
import { unlinked } from './linked-scalars.ts';
import { mergeObject } from './merge.ts';
import type { MergeSchemas } from './merge-schema.ts';
import type { PatchContent } from './patch.ts';
import { currentId, type Resource, type ResourceId, renamed } from './resource.ts';
import { idText, sameId } from './resource-id.ts';
import { idAt, selectResources } from './selectors.ts';
import type { Transformed } from './transformation.ts';

export interface PatchEntry {
  /** The entry in the kustomization. */
  readonly asked: Origin;
  readonly step: Step;
  readonly content: PatchContent;
  readonly target: Node | undefined;
  readonly options: Node | undefined;
  /** Names the patch in messages: `[path: "patch.yaml"]`. */
  readonly source: string;
}

export interface Patched extends Transformed {
  /** How many objects the entry's target selected; undefined where it has none. */
  readonly matches: number | undefined;
}

/** One entry of `patches` (kustomize: `PatchTransformer`). Reported: no object for it, or one that it cannot change. */
export const applyPatch = (resources: readonly Resource[], entry: PatchEntry, schemas: MergeSchemas): Patched => {
  const { content, target } = entry;
  switch (content.type) {
    case 'problems':
      return { resources, problems: content.problems, matches: undefined };
    case 'merge':
      if (content.patches.length === 0) return { resources, problems: [], matches: undefined };
      return target
        ? mergeIntoSelected(resources, entry, { patches: content.patches, target, schemas })
        : mergeById(resources, entry, content.patches, schemas);
    case 'json':
      if (content.operations.length === 0) return { resources, problems: [], matches: undefined };
      if (!target) return { resources, problems: [withoutTarget(entry)], matches: undefined };
      return patchSelected(resources, entry, { operations: content.operations, target, recordsId: true });
    default:
      return content satisfies never;
  }
};

/** `patchesStrategicMerge`, and the same without a `target`: each patch says itself which object it is for. */
export const mergeById = (
  resources: readonly Resource[],
  entry: PatchEntry,
  patches: readonly MapNode[],
  schemas: MergeSchemas,
): Patched => {
  const problems: StepProblem[] = [];
  let changed = resources;
  for (const patch of patches) {
    const id = currentId({ root: patch });
    const found = withAnyId(changed, id);
    const [resource, ...others] = found;
    if (!resource || others.length > 0) {
      problems.push(notOne(patch, id, found, resources));
      continue;
    }
    const merged = mergeInto(resource, patch, entry, schemas);
    if (merged.type === 'problem') problems.push(merged.problem);
    else changed = exchanged(changed, new Map([[resource, merged.resource]]));
  }
  return { resources: changed, problems, matches: undefined };
};

/** A JSON patch onto what its target selects (`recordsId`: `patches` does, `patchesJson6902` does not). */
export const patchSelected = (
  resources: readonly Resource[],
  entry: PatchEntry,
  { operations, target, recordsId }: { readonly operations: readonly Node[]; readonly target: Node; readonly recordsId: boolean },
): Patched => {
  const selected = select(resources, target);
  if ('type' in selected) return { resources, problems: [invalidPatch(target, selected.message)], matches: undefined };
  const problems: StepProblem[] = [];
  const exchanges = new Map<Resource, Resource | undefined>();
  for (const resource of selected) {
    const root = applyJsonPatch(
      recordsId || resource.previous.length > 0 ? withAnnotations(resource.root) : resource.root,
      operations,
      entry.step,
    );
    if (root.type === 'failure') {
      const who = idText(currentId(resource));
      problems.push(
        invalidPatch(root.operation, `${root.message}. The patch cannot be applied to ${who}, and kustomize rejects the build.`),
      );
      break;
    }
    const changed = withTextAnnotations(unlinked(root));
    exchanges.set(resource, recordsId ? renamed(resource, changed) : { ...resource, root: changed });
  }
  return { resources: problems.length > 0 ? resources : exchanged(resources, exchanges), problems, matches: selected.length };
};

/** Where the target is a plain name or kind, only those resources are asked. */
const select = (resources: readonly Resource[], target: Node): readonly Resource[] | Failure => {
  const { kind, name } = idAt(target);
  return selectResources(withKindOrName(resources, plain(kind), plain(name)), target);
};

const plain = (pattern: string): string | undefined => (/^[\w-]+$/.test(pattern) ? pattern : undefined);

interface Selected {
  readonly patches: readonly MapNode[];
  readonly target: Node;
  readonly schemas: MergeSchemas;
}

const mergeIntoSelected = (resources: readonly Resource[], entry: PatchEntry, { patches, target, schemas }: Selected): Patched => {
  const [patch, second] = patches;
  if (second || !patch) {
    const message = `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${entry.source}`;
    return { resources, problems: [invalidPatch(second ?? target, message)], matches: undefined };
  }
  const selected = select(resources, target);
  if ('type' in selected) return { resources, problems: [invalidPatch(target, selected.message)], matches: undefined };
  const problems: StepProblem[] = [];
  const exchanges = new Map<Resource, Resource | undefined>();
  const ready = withTextMetadata(patch);
  for (const resource of selected) {
    const apiVersion = child(resource.root, 'apiVersion');
    const merged = mergeInto(resource, apiVersion ? withEntry(ready, 'apiVersion', apiVersion) : ready, entry, schemas);
    if (merged.type === 'problem') problems.push(merged.problem);
    else exchanges.set(resource, merged.resource);
  }
  const changed = exchanged(resources, exchanges);
  return { resources: changed, problems: [...problems, ...clashes(changed, exchanges)], matches: selected.length };
};

/** Objects that a patch gave an id which another has. */
const clashes = (resources: readonly Resource[], exchanges: ReadonlyMap<Resource, Resource | undefined>): readonly StepProblem[] =>
  [...exchanges.values()].flatMap((resource) => {
    if (!resource || resource.previous.length === 0) return [];
    const id = currentId(resource);
    const others = withCurrentId(resources, id).filter(({ root }) => root !== resource.root);
    if (others.length === 0) return [];
    const message = `may not add resource with an already registered id: ${idText(id)}. A patch gave the object this name, and another has it.`;
    const related = others.map(({ root }) => ({ at: placeOf(root), message: 'The other one.' }));
    return [{ ruleId: 'build/duplicate-object', at: placeOf(resource.root), message, related }];
  });

type Merged =
  | { readonly type: 'merged'; readonly resource: Resource | undefined }
  | { readonly type: 'problem'; readonly problem: StepProblem };

const mergeInto = (resource: Resource, patch: MapNode, { options, asked }: PatchEntry, schemas: MergeSchemas): Merged => {
  const allowsName = isTrue(child(options, 'allowNameChange'));
  const allowsKind = isTrue(child(options, 'allowKindChange'));
  // An option is kept among the patch's annotations, and they are texts from then on.
  const ready = allowsName || allowsKind ? withTextAnnotations(patch) : patch;
  const merged = mergeObject(resource.root, ready, schemas);
  if (merged === undefined || (merged.type === 'map' && merged.entries.length === 0)) return { type: 'merged', resource: undefined };
  if (merged.type === 'failure') {
    const who = idText(currentId(resource));
    const at = { span: patch.span, via: asked.via };
    return { type: 'problem', problem: invalidPatch(at, `${merged.message}. The patch cannot be merged into ${who}.`) };
  }
  const kept = keptIdentity(merged, resource.root, { name: !allowsName, kind: !allowsKind });
  if (kept === resource.root) return { type: 'merged', resource };
  return { type: 'merged', resource: allowsName || allowsKind ? renamed(resource, kept) : { ...resource, root: kept } };
};

/** A patch changes neither the namespace nor, unless its options say so, the name and kind of what it is merged into. */
const keptIdentity = (merged: MapNode, old: MapNode, keep: { readonly name: boolean; readonly kind: boolean }): MapNode => {
  const kind = child(old, 'kind');
  const apiVersion = child(old, 'apiVersion');
  // The patch names it only to say what it is for.
  const isSameVersion = apiVersion && textOf(merged, 'apiVersion') === textOf(old, 'apiVersion');
  const withVersion = isSameVersion ? withEntry(merged, 'apiVersion', apiVersion) : merged;
  const withKind = keep.kind && kind ? withEntry(withVersion, 'kind', kind) : withVersion;
  const metadata = child(withKind, 'metadata');
  const oldMetadata = child(old, 'metadata');
  if (metadata === oldMetadata || !isMap(oldMetadata)) return withKind;
  let kept: MapNode = isMap(metadata) ? metadata : { ...oldMetadata, entries: [] };
  const name = child(oldMetadata, 'name');
  if (keep.name && name) kept = withEntry(kept, 'name', name);
  const namespace = child(oldMetadata, 'namespace');
  kept = namespace ? withEntry(kept, 'namespace', namespace) : withoutEntry(kept, 'namespace');
  return withEntry(withKind, 'metadata', kept);
};

const textOf = (map: MapNode, key: string): string | undefined => {
  const node = child(map, key);
  return isScalar(node) ? node.text : undefined;
};

/** Resources in their places, those that became undefined left out. */
const exchanged = (resources: readonly Resource[], exchanges: ReadonlyMap<Resource, Resource | undefined>): readonly Resource[] => {
  if (exchanges.size === 0) return resources;
  const keepsIds = [...exchanges].every(([old, next]) => next && hasIdsOf(next, old));
  const list: (Resource | undefined)[] = resources.slice();
  const changed: number[] = [];
  let from = 0;
  for (const [old, next] of exchanges) {
    // They come in order: the search goes on where the last one was.
    const position = resources.indexOf(old, from);
    from = position + 1;
    list[position] = next;
    changed.push(position);
  }
  // With the ids as they were, none is missing.
  if (keepsIds) return sameIds(resources, list as readonly Resource[], changed);
  const extend = viaExtender(lineageOf(resources).steps);
  return list.flatMap((resource) => (resource ? [{ ...resource, via: extend(resource.via) }] : []));
};

const hasIdsOf = (next: Resource, old: Resource): boolean => next.previous === old.previous && sameId(currentId(next), currentId(old));

/**
 * kustomize reads labels and annotations of a patch with a target, and of all in `patchesStrategicMerge`, as texts: a null
 * there deletes nothing, it becomes "null".
 */
export const withTextMetadata = (patch: MapNode): MapNode => {
  const metadata = child(patch, 'metadata');
  if (!isMap(metadata)) return patch;
  let texts = metadata;
  for (const key of ['labels', 'annotations']) texts = withTexts(texts, key);
  return withEntry(patch, 'metadata', texts);
};

/** kustomize keeps earlier ids among the annotations: once it has any, a patch may add to a map that is not written. */
const withAnnotations = (root: MapNode): MapNode => {
  const metadata = child(root, 'metadata');
  if (!isMap(metadata) || isMap(child(metadata, 'annotations'))) return root;
  return withEntry(root, 'metadata', withEntry(metadata, 'annotations', { ...metadata, entries: [] }));
};

const withTextAnnotations = (root: MapNode): MapNode => {
  const metadata = child(root, 'metadata');
  return isMap(metadata) ? withEntry(root, 'metadata', withTexts(metadata, 'annotations')) : root;
};

/** The map under `key` with texts for values; gone where it is empty. */
export const withTexts = (metadata: MapNode, key: string): MapNode => {
  const map = child(metadata, key);
  if (map === undefined) return metadata;
  if (!isMap(map) || map.entries.length === 0) return withoutEntry(metadata, key);
  const entries = map.entries.map(asText);
  if (entries.every((entry, index) => entry === map.entries[index])) return metadata;
  return withEntry(metadata, key, { ...map, entries });
};

const asText = (entry: Entry): Entry => {
  const { value } = entry;
  if (isScalar(value) && typeof value.value === 'string') return entry;
  if (value.type === 'unknown') return entry;
  return { key: entry.key, value: { ...scalarNode(isScalar(value) ? value.text : '', value), style: 'double' } };
};

const isTrue = (node: Node | undefined): boolean => isScalar(node) && node.value === true;

const invalidPatch = ({ span, via }: Origin, message: string): StepProblem => ({
  ruleId: 'build/invalid-patch',
  at: { span, via },
  message,
});

const withoutTarget = ({ asked, source }: PatchEntry): StepProblem =>
  invalidPatch(asked, `must specify a target for JSON patch ${source}: a JSON patch does not say itself which object it is for.`);

const notOne = (patch: MapNode, id: ResourceId, found: readonly Resource[], resources: readonly Resource[]): StepProblem => {
  const text = idText(id);
  const matches = found.length === 0 ? 'no matches' : 'multiple matches';
  const near = found.length === 0 ? resources.filter((resource) => isNear(currentId(resource), id)) : found;
  return {
    ruleId: 'build/patch-without-target',
    at: placeOf(patch),
    message: `no resource matches strategic merge patch "${text}": ${matches} for Id ${text}; failed to find unique target for patch ${text}. kustomize rejects the build.`,
    hint:
      near.length === 1
        ? `The build has ${idText(currentId(near[0] ?? { root: patch }))}: apiVersion, kind, name and namespace must all agree.`
        : undefined,
    related: near.slice(0, 5).map((resource) => ({ at: placeOf(resource.root), message: `This is ${idText(currentId(resource))}.` })),
  };
};

const isNear = (a: ResourceId, b: ResourceId): boolean => a.kind === b.kind && a.name === b.name;

const placeOf = (root: MapNode): Origin => {
  const { span, via } = child(root, 'metadata', 'name') ?? root;
  return { span, via };
};
