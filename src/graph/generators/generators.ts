/** What ResourceSets make on a cluster. */

import type { Generated } from '../../generate/generated.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { memo } from '../../model/memo.ts';
import type { MapNode } from '../../yaml/node.ts';
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
  /** Why not everything that an object makes is seen, and where; undefined where it is. */
  readonly unseen: (generated: Generated) => Generated['gaps'][number] | undefined;
}

export const createGenerators = (clusters: Clusters, parse: ParseFile): Generators => {
  const endlessIn = memo(endlessDependencies);
  const ofCluster = memo(
    ({ cluster }: ClusterView): ReadonlyMap<MapNode, Generated> =>
      new Map(cluster.generators.map(({ object, generated }) => [object.root, generated] as const)),
  );
  return {
    of: ({ cluster, root }) => {
      const view = clusters.get(cluster);
      return view && ofCluster(view).get(root);
    },
    endless: ({ cluster, label }) => {
      const view = clusters.get(cluster);
      return (view && endlessIn(view).get(label)) ?? [];
    },
    operatorAccount: memo((cluster: ClusterView) => operatorAccount(cluster, parse)),
    unseen: ({ gaps: [gap] }) => gap,
  };
};
