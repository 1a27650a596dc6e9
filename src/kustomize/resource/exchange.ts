import { lineageOf, sameIds, viaExtender } from './lineage.ts';
import { currentId, type Resource } from './resource.ts';
import { sameId } from './resource-id.ts';

/** Resources in their places, those that became undefined left out. */
export const exchanged = (resources: readonly Resource[], exchanges: ReadonlyMap<Resource, Resource | undefined>): readonly Resource[] => {
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
