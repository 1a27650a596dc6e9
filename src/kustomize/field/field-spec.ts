import type { Origin } from '../../model/origin.ts';
import { listNode, mapNode, scalarNode, withEntry } from '../../yaml/edit.ts';
import { child, isNull, type ListNode, type MapNode, type Node } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { limits } from '../resource/limits.ts';
import { currentId } from '../resource/resource.ts';
import { idText } from '../resource/resource-id.ts';

/** Names kinds of objects. An empty part stands for any. */
export type Gvk = Pick<ResourceId, 'group' | 'version' | 'kind'>;

/**
 * A field of some kinds of objects that a transformation writes: `spec/template/metadata/labels`. `\/` is a slash within
 * a key, lists are walked without being named, and `x[]` demands a list. `create`: make the field where it is missing.
 */
export interface FieldSpec extends Gvk {
  readonly path: string;
  readonly create: boolean;
}

/** Changes what stands at the end of a path. */
export interface Setter {
  readonly set: (node: Node) => Node | Failure;
  /** What is made for `set` where the field is missing or null; absent: such fields are never made. */
  readonly createType?: 'map' | 'list' | 'scalar' | undefined;
  /** Who asked: the origin of what is made. */
  readonly origin: Origin;
}

/** Whether `gvk` is one of those that `selector` names (kustomize: `Gvk.IsSelected`). */
export const matchesGvk = (selector: Gvk, gvk: Gvk): boolean =>
  (selector.kind === '' || selector.kind === gvk.kind) &&
  (selector.group === '' || selector.group === gvk.group) &&
  (selector.version === '' || selector.version === gvk.version);

/**
 * The object with the field set (kustomize: `api/filters/fieldspec`), the same tree where nothing changes. An object of
 * another kind, and a field that is missing and not to be made, are no failure.
 */
export const applyFieldSpec = (root: MapNode, spec: FieldSpec, setter: Setter): MapNode | Failure => {
  if (!matchesGvk(spec, currentId({ root }))) return root;
  const path = pathParts(spec);
  if (path.length > limits.pathParts)
    return {
      ...failure(`The path ${spec.path.slice(0, 40)}… has more than ${limits.pathParts} parts; flux-lint does not follow it.`),
      isLimit: true,
    };
  const changed = setAt(root, path, { ...setter, createType: spec.create ? setter.createType : undefined });
  if (changed.type === 'map') return changed;
  const why = changed.type === 'failure' ? changed.message : 'the object itself cannot be replaced';
  return failure(`considering field '${spec.path}' of object ${idText(currentId({ root }))}: ${why}`);
};

/** One field spec after the other; ends at the first that fails. */
export const applyFieldSpecs = (root: MapNode, specs: readonly FieldSpec[], setter: Setter): MapNode | Failure => {
  let changed = root;
  for (const spec of specs) {
    const next = applyFieldSpec(changed, spec, setter);
    if (next.type === 'failure') return next;
    changed = next;
  }
  return changed;
};

/**
 * `specs` and those of `added` that are not yet covered (kustomize: `FsSlice.MergeAll`): one is covered by a spec of the
 * same path whose kind it names. That two say otherwise about `create` is a failure.
 */
export const mergeFieldSpecs = (specs: readonly FieldSpec[], added: readonly FieldSpec[]): readonly FieldSpec[] | Failure => {
  const merged = [...specs];
  for (const spec of added) {
    const covering = merged.find((other) => other.path === spec.path && matchesGvk(spec, other));
    if (!covering) merged.push(spec);
    else if (covering.create !== spec.create) return failure(`conflicting fieldspecs: ${spec.path} with and without create`);
  }
  return merged.length === specs.length ? specs : merged;
};

/** `a/b\/c/d` → ['a', 'b/c', 'd']; one leading slash is dropped. */
export const splitPath = (path: string, delimiter: string): readonly string[] => {
  const [first = '', ...rest] = path.split(delimiter);
  const parts = first === '' && rest.length > 0 ? [] : [first];
  for (const part of rest) {
    const last = parts.at(-1);
    if (last?.endsWith('\\')) parts[parts.length - 1] = last.slice(0, -1) + delimiter + part;
    else parts.push(part);
  }
  return parts;
};

const splitPaths = new WeakMap<FieldSpec, readonly string[]>();

/** The keys of a path, remembered for each spec. */
export const pathParts = (spec: FieldSpec): readonly string[] => {
  const known = splitPaths.get(spec);
  if (known) return known;
  const split = splitPath(spec.path, '/');
  splitPaths.set(spec, split);
  return split;
};

/** What `applyFieldSpec` does behind the match of kinds: `set` at the end of every way that `path` leads. */
export const setAt = (node: Node, path: readonly string[], setter: Setter): Node | Failure => {
  if (path.length === 0) return setter.set(node);
  if (isNull(node)) return node;
  switch (node.type) {
    case 'list':
      return setInItems(node, path, setter);
    case 'map':
      return setInMap(node, path, setter);
    case 'scalar':
      return failure('expected sequence or mapping node');
    case 'unknown':
      return node;
    default:
      return node satisfies never;
  }
};

const setInItems = (list: ListNode, path: readonly string[], setter: Setter): Node | Failure => {
  const items: Node[] = [];
  for (const item of list.items) {
    const changed = setAt(item, path, setter);
    if (changed.type === 'failure') return failure(`visit traversal on path: [${path.join(' ')}]: ${changed.message}`);
    items.push(changed);
  }
  return items.every((item, index) => item === list.items[index]) ? list : { ...list, items };
};

const setInMap = (map: MapNode, path: readonly string[], setter: Setter): Node | Failure => {
  const [part = '', ...rest] = path;
  const isList = part.endsWith('[]');
  const key = isList ? part.slice(0, -2) : part;
  if (key === '') return failure('cannot set or create an empty field name');

  const createType = isList || setter.createType === undefined ? undefined : rest.length === 0 ? setter.createType : 'map';
  const existing = child(map, key);
  if (!existing && createType === undefined) return map;
  // A null becomes what the path takes it for: also an empty list, where nothing else is made.
  const nullType = isList ? 'list' : createType;
  const field = existing && !(isNull(existing) && nullType !== undefined) ? existing : emptyNode(nullType ?? 'scalar', setter.origin);
  const changed = setAt(field, rest, setter);
  return changed.type === 'failure' ? changed : withEntry(map, key, changed);
};

const emptyNode = (type: 'map' | 'list' | 'scalar', origin: Origin): Node => {
  switch (type) {
    case 'map':
      return mapNode([], origin);
    case 'list':
      return listNode([], origin);
    case 'scalar':
      return { ...scalarNode(null, origin), text: '' };
    default:
      return type satisfies never;
  }
};
