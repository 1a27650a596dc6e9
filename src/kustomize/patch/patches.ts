/** Patches onto objects: which objects an entry means, and what becomes of them. */

import { limitExceeded } from '../../model/limit-exceeded.ts';
import type { StepProblem } from '../../model/problem.ts';
import { withEntry } from '../../yaml/edit.ts';
import { child, isTrue, type MapNode, type Node } from '../../yaml/node.ts';
import { readFromJson, unfitForJson } from '../../yaml/through-json.ts';
import { idAt, selectResources } from '../field/selectors.ts';
import type { MergeSchemas } from '../file/merge-schema.ts';
import { exchanged } from '../resource/exchange.ts';
import type { Failure } from '../resource/failure.ts';
import { withAnyId, withKindOrName } from '../resource/id-index.ts';
import { unlinked } from '../resource/linked-scalars.ts';
import { notJson } from '../resource/not-json.ts';
import { currentId, type Resource, renamed } from '../resource/resource.ts';
import { idText } from '../resource/resource-id.ts';
import type { Transformed } from '../resource/transformation.ts';
import { withUniqueIds } from '../resource/unique.ts';
import { applyJsonPatch } from './json-patch.ts';
import { mergeObject } from './merge.ts';
import type { PatchEntry } from './patch.ts';
import { keptIdentity, withAnnotations, withTextAnnotations, withTextMetadata } from './patch-metadata.ts';
import { clashes, invalidPatch, notOne, withoutTarget } from './patch-problems.ts';

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
    const [unfit] = unfitForJson(resource.root);
    if (unfit) {
      problems.push(notJson(unfit, resource));
      break;
    }
    const root = applyJsonPatch(
      recordsId || resource.previous.length > 0 || resource.isGenerated ? withAnnotations(resource.root) : resource.root,
      operations,
      entry.step,
    );
    if (root.type === 'failure') {
      const who = idText(currentId(resource));
      problems.push(
        root.isLimit
          ? limitExceeded(root.operation, `${root.message} It is what the patch makes of ${who}.`)
          : invalidPatch(root.operation, `${root.message}. The patch cannot be applied to ${who}, and kustomize rejects the build.`),
      );
      break;
    }
    const changed = withTextAnnotations(readFromJson(unlinked(root)));
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
  // kustomize puts all objects into a new list, those too that the patch is not for.
  const told = [...problems, ...clashes(changed, exchanges)];
  const unique = told.length > 0 ? { resources: changed, problems: [] } : withUniqueIds(changed);
  return { resources: unique.resources, problems: [...told, ...unique.problems], matches: selected.length };
};

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
