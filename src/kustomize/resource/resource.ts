import type { Step } from '../../model/origin.ts';
import { type MapNode, stringAt, textAt } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';

/** An object on its way through a build. Never changed: a transformation gives a new one. */
export interface Resource {
  readonly root: MapNode;
  /** Every id it had before the present one, the original first; one for each rename, change of namespace or kind. */
  readonly previous: readonly ResourceId[];
  /** Prefixes and suffixes it was given, innermost first: they tell namesakes apart when references are mended. */
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** The resource and component entries that carried it, innermost first. */
  readonly via: readonly Step[];
  /** It was generated and wants a hash behind its name at the end of the root build. */
  readonly needsHash: boolean;
  /** A generator made it, or put something into it: kustomize keeps that among its annotations until the end. */
  readonly isGenerated?: true;
}

const ids = new WeakMap<MapNode, ResourceId>();

/** The id an object has now. Remembered for each tree: trees never change. */
export const currentId = ({ root }: Pick<Resource, 'root'>): ResourceId => {
  const known = ids.get(root);
  if (known) return known;
  const apiVersion = stringAt(root, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  const id: ResourceId = {
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: stringAt(root, 'kind') ?? '',
    name: textAt(root, 'metadata', 'name') ?? '',
    namespace: textAt(root, 'metadata', 'namespace') ?? '',
  };
  ids.set(root, id);
  return id;
};

/** Every id it ever had, the original first and the present one last. */
export const originalFirst = (resource: Resource): readonly ResourceId[] =>
  resource.previous.length === 0 ? [currentId(resource)] : [...resource.previous, currentId(resource)];

/** The resource with a new tree; the id it had is kept, as kustomize keeps it before it may change one. */
export const renamed = (resource: Resource, root: MapNode): Resource => ({
  ...resource,
  root,
  previous: originalFirst(resource),
});

export const originalId = (resource: Resource): ResourceId => resource.previous[0] ?? currentId(resource);

/** Names may be written as numbers; kustomize reads their text. */
