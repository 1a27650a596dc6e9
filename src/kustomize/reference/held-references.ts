import { addToGroup } from '../../model/grouped.ts';
import { child, isNull, isScalar, type MapNode, type Node } from '../../yaml/node.ts';
import { type FieldSpec, matchesGvk, pathParts, setAt } from '../field/field-spec.ts';
import type { NameReference } from '../field/name-reference-specs.ts';
import { originalId, type Resource } from '../resource/resource.ts';
import { accountNamespacesOf } from './account-namespaces.ts';

/** A field that may hold the name of an object of one kind. */
export interface ReferenceField {
  readonly target: NameReference;
  readonly spec: FieldSpec;
}

/** What the fields of one object hold. */
export interface HeldReferences {
  /** In kustomize's order. */
  readonly fields: readonly ReferenceField[];
  readonly names: ReadonlySet<string>;
  /** Names that stand beside a namespace in a map of their own (subjects, services of webhooks). */
  readonly mappedNames: ReadonlySet<string>;
  /** A field is not what its path takes it for. */
  readonly isInvalid: boolean;
}

/**
 * Reads the references that objects hold, remembered for their trees and the parts of these: for an overlay that leaves an
 * object, or its `spec`, as it was it is a look-up. `table` is part of the memory: pass the same array for the same wish.
 */
export const referenceReader = (table: readonly NameReference[]): ((resource: Resource) => HeldReferences) => {
  const memory = memoryOf(table);
  return (resource) => {
    const known = memory.held.get(resource.root);
    if (known) return known;
    const held = collect(resource, memory);
    memory.held.set(resource.root, held);
    return held;
  };
};

interface Memory {
  readonly table: readonly NameReference[];
  readonly held: WeakMap<MapNode, HeldReferences>;
  readonly sections: Map<string, readonly Section[]>;
}

/** The fields of one kind of object below one of its top-level keys. */
interface Section {
  readonly key: string;
  readonly fields: readonly ReferenceField[];
  readonly held: WeakMap<Node, HeldReferences>;
}

const memories = new WeakMap<readonly NameReference[], Memory>();

const memoryOf = (table: readonly NameReference[]): Memory => {
  const known = memories.get(table);
  if (known) return known;
  const memory: Memory = { table, held: new WeakMap(), sections: new Map() };
  memories.set(table, memory);
  return memory;
};

const nothing: HeldReferences = { fields: [], names: new Set(), mappedNames: new Set(), isInvalid: false };

const collect = (resource: Resource, memory: Memory): HeldReferences => {
  let all = nothing;
  for (const section of sectionsOf(resource, memory)) {
    const part = child(resource.root, section.key);
    if (!part) continue;
    const held = section.held.get(part) ?? read(resource.root, section.fields);
    section.held.set(part, held);
    all = joined(all, held);
  }
  return 'type' in accountNamespacesOf(resource.root) ? { ...all, isInvalid: true } : all;
};

const sectionsOf = (resource: Resource, { table, sections }: Memory): readonly Section[] => {
  const id = originalId(resource);
  const key = `${id.group}/${id.version}/${id.kind}`;
  const known = sections.get(key);
  if (known) return known;
  const byKey = new Map<string, [ReferenceField, ...ReferenceField[]]>();
  for (const target of table) {
    for (const spec of target.referrers) {
      if (!matchesGvk(spec, id)) continue;
      const first = (pathParts(spec)[0] ?? '').replace(/\[\]$/, '');
      addToGroup(byKey, first, { target, spec });
    }
  }
  const made = [...byKey].map(([first, fields]) => ({ key: first, fields, held: new WeakMap<Node, HeldReferences>() }));
  sections.set(key, made);
  return made;
};

const read = (root: MapNode, fields: readonly ReferenceField[]): HeldReferences => {
  const names = new Set<string>();
  const mappedNames = new Set<string>();
  let isInvalid = false;
  const note = (node: Node): void => {
    if (isScalar(node) && !isNull(node)) names.add(node.text);
    if (node.type === 'map') {
      const name = child(node, 'name');
      if (isScalar(name)) mappedNames.add(name.text);
      else isInvalid = true;
    }
    if (node.type === 'list') isInvalid = true;
  };
  const holding = fields.filter(({ spec }) => {
    let found = false;
    const set = (node: Node) => {
      found = true;
      for (const item of node.type === 'list' ? node.items : [node]) note(item);
      return node;
    };
    const isReadable = setAt(root, pathParts(spec), { set, origin: root }).type !== 'failure';
    if (!isReadable) isInvalid = true;
    return found || !isReadable;
  });
  return holding.length === 0 ? nothing : { fields: holding, names, mappedNames, isInvalid };
};

const joined = (a: HeldReferences, b: HeldReferences): HeldReferences => {
  if (a === nothing || b === nothing) return a === nothing ? b : a;
  return {
    fields: [...a.fields, ...b.fields],
    names: new Set([...a.names, ...b.names]),
    mappedNames: new Set([...a.mappedNames, ...b.mappedNames]),
    isInvalid: a.isInvalid || b.isInvalid,
  };
};
