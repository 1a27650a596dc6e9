import { currentId, originalId, type Resource } from './resource.ts';
import { effectiveNamespace } from './resource-id.ts';
import { isClusterScoped } from './scope.ts';

/** Who was called what, and where: made once for all references of a build. */
export interface NameTable {
  /** Objects by each name they had before. Those that were never touched are not here. */
  readonly byPreviousName: ReadonlyMap<string, readonly Resource[]>;
  /** The names among them that some object does not have any more. */
  readonly renamed: ReadonlySet<string>;
  /** For each original namespace, the present ones of its objects: as compared, and as written. */
  readonly movedTo: ReadonlyMap<string, ReadonlySet<string>>;
}

export const nameTable = (resources: readonly Resource[]): NameTable => {
  const byPreviousName = new Map<string, Resource[]>();
  const renamed = new Set<string>();
  const movedTo = new Map<string, Set<string>>();
  for (const resource of resources) {
    const current = currentId(resource);
    note(movedTo, resource);
    for (const name of new Set(resource.previous.map((id) => id.name))) {
      const namesakes = byPreviousName.get(name);
      if (namesakes) namesakes.push(resource);
      else byPreviousName.set(name, [resource]);
      if (name !== current.name) renamed.add(name);
    }
  }
  return { byPreviousName, renamed, movedTo };
};

const note = (movedTo: Map<string, Set<string>>, resource: Resource): void => {
  const original = originalId(resource);
  if (isClusterScoped(original)) return;
  const from = effectiveNamespace(original);
  const present = movedTo.get(from) ?? new Set();
  present.add(effectiveNamespace(currentId(resource)));
  present.add(currentId(resource).namespace);
  movedTo.set(from, present);
};
