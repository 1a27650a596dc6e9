import { addToGroup } from '../../model/grouped.ts';
import { currentId, originalId, type Resource } from '../resource/resource.ts';
import { effectiveNamespace } from '../resource/resource-id.ts';
import { isClusterScoped } from '../resource/scope.ts';

/** Who was called what, and where: made once for all references of a build. */
export interface NameTable {
  /** Objects by each name they had before. Those that were never touched are not here. */
  readonly byPreviousName: ReadonlyMap<string, readonly Resource[]>;
  /** The names among them that some object does not have any more. */
  readonly renamed: ReadonlySet<string>;
  /** For each original namespace, the present ones of its objects: as compared, and as written. */
  readonly movedTo: () => ReadonlyMap<string, ReadonlySet<string>>;
}

export const nameTable = (resources: readonly Resource[]): NameTable => {
  const byPreviousName = new Map<string, [Resource, ...Resource[]]>();
  const renamed = new Set<string>();
  for (const resource of resources) {
    // Nearly all objects of a build, in most builds.
    if (resource.previous.length === 0) continue;
    const { name: present } = currentId(resource);
    for (const name of new Set(resource.previous.map((id) => id.name))) {
      addToGroup(byPreviousName, name, resource);
      if (name !== present) renamed.add(name);
    }
  }
  let known: ReturnType<NameTable['movedTo']> | undefined;
  return { byPreviousName, renamed, movedTo: () => (known ??= movements(resources)) };
};

const movements = (resources: readonly Resource[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const movedTo = new Map<string, Set<string>>();
  for (const resource of resources) {
    const original = originalId(resource);
    if (isClusterScoped(original)) continue;
    const from = effectiveNamespace(original);
    const present = movedTo.get(from) ?? new Set();
    present.add(effectiveNamespace(currentId(resource)));
    present.add(currentId(resource).namespace);
    movedTo.set(from, present);
  }
  return movedTo;
};
