/** What generators make on a cluster: ResourceSets, composite resources, Compositions. */

import { type CompositionPatch, patchesOf } from '../../generate/crossplane/composition-patches.ts';
import { compositeKindOf, type Definition, definitionOf, isComposition, isDefinition, schemaOf } from '../../generate/crossplane/kinds.ts';
import type { Generated } from '../../generate/generated.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { memo } from '../../model/memo.ts';
import { type MapNode, type Node, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { ObjectView } from '../clusters/views.ts';
import { operatorAccount } from './operator-account.ts';
import { type EndlessDependency, endlessDependencies } from './set-dependencies.ts';

export interface Generators {
  /** What an object makes there; undefined for what is no generator. */
  readonly of: (view: ObjectView) => Generated | undefined;
  /** Dependencies of a ResourceSet that can never be met. */
  readonly endless: (view: ObjectView) => readonly EndlessDependency[];
  /** Whether the operator of a cluster acts as an account of the set's namespace by default. */
  readonly operatorAccount: (cluster: ClusterView) => 'set' | 'missing' | 'unknown';
  /** What a Composition is for, and what it makes of every composite resource; undefined for every other object. */
  readonly composition: (view: ObjectView) => CompositionView | undefined;
  /** Why not everything that an object makes is seen, and where; undefined where it is. */
  readonly unseen: (generated: Generated) => Generated['gaps'][number] | undefined;
}

export interface CompositionView {
  /** The kind of composite resource that it is for. */
  readonly kind: string;
  /** Undefined where what it is for is not defined in the cluster. */
  readonly definition: Definition | undefined;
  /** The schema of the version that it is for; undefined where there is none. */
  readonly schema: Node | undefined;
  readonly patches: readonly CompositionPatch[];
  readonly generated: Generated | undefined;
}

export const createGenerators = (clusters: Clusters, parse: ParseFile): Generators => {
  const endlessIn = memo(endlessDependencies);
  const ofCluster = memo(
    ({ cluster }: ClusterView): ReadonlyMap<MapNode, Generated> =>
      new Map(cluster.generators.map(({ object, generated }) => [object.root, generated] as const)),
  );
  const compositionsIn = memo((view: ClusterView) => {
    const definitions = view.objects.flatMap(({ root }) => (isDefinition(root) ? [definitionOf(root)] : []));
    return memo((root: MapNode) => compositionOf(root, definitions, ofCluster(view).get(root)));
  });
  return {
    of: ({ cluster, root }) => {
      const view = clusters.get(cluster);
      return view && ofCluster(view).get(root);
    },
    endless: ({ cluster, label }) => {
      const view = clusters.get(cluster);
      return (view && endlessIn(view).get(label)) ?? [];
    },
    composition: (subject) => {
      const view = clusters.get(subject.cluster);
      return view && isComposition(subject.root) ? compositionsIn(view)(subject.root) : undefined;
    },
    operatorAccount: memo((cluster: ClusterView) => operatorAccount(cluster, parse)),
    unseen: ({ gaps: [gap] }) => gap,
  };
};

const compositionOf = (root: MapNode, definitions: readonly Definition[], generated: Generated | undefined): CompositionView => {
  const wanted = compositeKindOf(root);
  const definition = definitions.find(({ composite }) => composite === wanted);
  const version = stringAt(root, 'spec', 'compositeTypeRef', 'apiVersion')?.split('/')[1];
  return {
    kind: stringAt(root, 'spec', 'compositeTypeRef', 'kind') ?? 'composite resource',
    definition,
    schema: definition && schemaOf(definition, version),
    patches: patchesOf(root),
    generated,
  };
};
