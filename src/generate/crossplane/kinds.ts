import { groupOf } from '../../kube/object-view.ts';
import { child, isMap, isTrue, itemsOf, type MapNode, type Node, stringAt } from '../../yaml/node.ts';

const isOf = (group: string, kind: string) => (root: MapNode) =>
  stringAt(root, 'kind') === kind && groupOf(stringAt(root, 'apiVersion') ?? '') === group;

export const isDefinition = isOf('apiextensions.crossplane.io', 'CompositeResourceDefinition');
export const isComposition = isOf('apiextensions.crossplane.io', 'Composition');
export const isEnvironmentConfig = isOf('apiextensions.crossplane.io', 'EnvironmentConfig');

/** What can make or shape composite resources; whatever else a file holds may be one. */
export const isOfCrossplane = (root: MapNode): boolean => isDefinition(root) || isComposition(root) || isEnvironmentConfig(root);

/** `GROUP/KIND` of what an object is. */
export const groupKindOf = (root: MapNode): string => `${groupOf(stringAt(root, 'apiVersion') ?? '')}/${stringAt(root, 'kind') ?? ''}`;

/** `GROUP/KIND` of the composite resources that a Composition is for. */
export const compositeKindOf = (composition: MapNode): string => {
  const reference = child(composition, 'spec', 'compositeTypeRef');
  return isMap(reference) ? groupKindOf(reference) : '';
};

/** `mode: Resources`, the default of Crossplane 1: the spec itself is what patch and transform takes. */
export const isNative = (composition: MapNode): boolean => {
  const spec = child(composition, 'spec');
  return (
    stringAt(spec, 'mode') === 'Resources' || (itemsOf(child(spec, 'pipeline')).length === 0 && child(spec, 'resources') !== undefined)
  );
};

export type Scope = 'LegacyCluster' | 'Namespaced' | 'Cluster';

/** A CompositeResourceDefinition. */
export interface Definition {
  readonly root: MapNode;
  /** `GROUP/KIND` of the composite resource, and of its claim where it has one. */
  readonly composite: string;
  readonly claim: string | undefined;
  readonly scope: Scope;
}

/** `apiextensions.crossplane.io/v1` knows cluster scope and claims alone; in v2 the scope is Namespaced where none is written. */
export const definitionOf = (root: MapNode): Definition => {
  const group = stringAt(root, 'spec', 'group') ?? '';
  const claim = stringAt(root, 'spec', 'claimNames', 'kind');
  const scope = stringAt(root, 'spec', 'scope');
  const isFirst = stringAt(root, 'apiVersion')?.endsWith('/v1') ?? false;
  return {
    root,
    composite: `${group}/${stringAt(root, 'spec', 'names', 'kind') ?? ''}`,
    claim: claim === undefined ? undefined : `${group}/${claim}`,
    scope: scope === 'Cluster' || scope === 'LegacyCluster' || scope === 'Namespaced' ? scope : isFirst ? 'LegacyCluster' : 'Namespaced',
  };
};

/** The schema of a version: of that name, else the one that Compositions refer to, else the first. */
export const schemaOf = ({ root }: Definition, version: string | undefined): Node | undefined => {
  const versions = itemsOf(child(root, 'spec', 'versions'));
  const chosen =
    versions.find((candidate) => stringAt(candidate, 'name') === version) ??
    versions.find((candidate) => isTrue(child(candidate, 'referenceable'))) ??
    versions[0];
  return child(chosen, 'schema', 'openAPIV3Schema');
};
