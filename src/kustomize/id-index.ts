import { originalFirst, type Resource, type ResourceId } from './resource.ts';
import { idKey } from './resource-id.ts';

/** Positions in a list of resources by id. */
interface IdIndex {
  readonly current: ReadonlyMap<string, readonly number[]>;
  /** By the current id and every one before it. */
  readonly any: ReadonlyMap<string, readonly number[]>;
}

const indexes = new WeakMap<readonly Resource[], IdIndex>();

/** The resources that have this id now. */
export const withCurrentId = (resources: readonly Resource[], id: ResourceId): readonly Resource[] =>
  pick(resources, indexOf(resources).current.get(idKey(id)));

/** The resources that have, or had at some time of the build, this id. */
export const withAnyId = (resources: readonly Resource[], id: ResourceId): readonly Resource[] =>
  pick(resources, indexOf(resources).any.get(idKey(id)));

/** Tells that `to` has the ids of `from` at the same positions, so that they need not be gathered again. */
export const sameIds = (from: readonly Resource[], to: readonly Resource[]): readonly Resource[] => {
  if (from !== to) indexes.set(to, indexOf(from));
  return to;
};

/** Tells that `to` is `from` with other resources behind it. */
export const extendedIds = (from: readonly Resource[], to: readonly Resource[]): readonly Resource[] => {
  const { current, any } = indexOf(from);
  const index = { current: new Map(current), any: new Map(any) };
  for (let position = from.length; position < to.length; position++) addTo(index, to[position], position);
  indexes.set(to, index);
  return to;
};

const indexOf = (resources: readonly Resource[]): IdIndex => {
  const known = indexes.get(resources);
  if (known) return known;
  const index = { current: new Map<string, readonly number[]>(), any: new Map<string, readonly number[]>() };
  for (let position = 0; position < resources.length; position++) addTo(index, resources[position], position);
  indexes.set(resources, index);
  return index;
};

interface GrowingIndex {
  readonly current: Map<string, readonly number[]>;
  readonly any: Map<string, readonly number[]>;
}

const addTo = ({ current, any }: GrowingIndex, resource: Resource | undefined, position: number): void => {
  if (!resource) return;
  const ids = originalFirst(resource);
  const now = ids.at(-1);
  if (now) add(current, idKey(now), position);
  for (const key of ids.length === 1 ? ids.map(idKey) : new Set(ids.map(idKey))) add(any, key, position);
};

const add = (positions: Map<string, readonly number[]>, key: string, position: number): void => {
  const known = positions.get(key);
  positions.set(key, known ? [...known, position] : [position]);
};

const pick = (resources: readonly Resource[], positions: readonly number[] | undefined): readonly Resource[] =>
  positions?.flatMap((position) => resources[position] ?? []) ?? [];
