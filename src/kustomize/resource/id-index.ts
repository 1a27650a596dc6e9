/** Finds resources by their ids. A list that came from another without a change of ids has the other's index. */
import type { ResourceId } from '../build.ts';
import { lineageOf } from './lineage.ts';
import { originalFirst, type Resource } from './resource.ts';
import { idKey } from './resource-id.ts';

type Positions = ReadonlyMap<string, readonly number[]>;

interface IdIndex {
  readonly current: Positions;
  /** By the current id and every one before it. */
  readonly any: Positions;
  /** By the current kind. */
  readonly kind: Positions;
  /** By the original and the current name. */
  readonly name: Positions;
}

/** The resources that have this id now. */
export const withCurrentId = (resources: readonly Resource[], id: ResourceId): readonly Resource[] =>
  pick(resources, indexOf(resources).current.get(idKey(id)));

/** The resources that have, or had at some time of the build, this id. */
export const withAnyId = (resources: readonly Resource[], id: ResourceId): readonly Resource[] =>
  pick(resources, indexOf(resources).any.get(idKey(id)));

/** The resources of this kind, and of this name, now or originally; undefined stands for any. */
export const withKindOrName = (resources: readonly Resource[], kind: string | undefined, name: string | undefined): readonly Resource[] => {
  if (name !== undefined) return pick(resources, indexOf(resources).name.get(name));
  return kind === undefined ? resources : pick(resources, indexOf(resources).kind.get(kind));
};

const indexes = new WeakMap<readonly Resource[], IdIndex>();

const indexOf = (resources: readonly Resource[]): IdIndex => {
  const { origin } = lineageOf(resources);
  const known = indexes.get(origin);
  if (known) return known;
  const index = makeIndex(origin);
  indexes.set(origin, index);
  return index;
};

const makeIndex = (resources: readonly Resource[]): IdIndex => {
  const current = new Map<string, number[]>();
  const any = new Map<string, number[]>();
  const kind = new Map<string, number[]>();
  const name = new Map<string, number[]>();
  for (const [position, resource] of resources.entries()) {
    const ids = originalFirst(resource);
    const [first] = ids;
    const last = ids.at(-1);
    if (!first || !last) continue;
    add(current, idKey(last), position);
    add(kind, last.kind, position);
    for (const id of ids) add(any, idKey(id), position);
    add(name, first.name, position);
    add(name, last.name, position);
  }
  return { current, any, kind, name };
};

/** Once for each position: those of one key come one after the other. */
const add = (positions: Map<string, number[]>, key: string, position: number): void => {
  const known = positions.get(key);
  if (!known) positions.set(key, [position]);
  else if (known.at(-1) !== position) known.push(position);
};

const pick = (resources: readonly Resource[], positions: readonly number[] | undefined): readonly Resource[] =>
  positions?.flatMap((position) => resources[position] ?? []) ?? [];
