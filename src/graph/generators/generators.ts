/** What ResourceSets make on a cluster. */

import { isKustomization } from '../../flux/kinds.ts';
import type { Generated } from '../../generate/generated.ts';
import { isIdentityKnown } from '../../generate/resource-set/identity.ts';
import { memo } from '../../model/memo.ts';
import type { MapNode } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { ObjectView } from '../clusters/views.ts';

export interface Generators {
  /** What an object makes there; undefined for what is no generator. */
  readonly of: (view: ObjectView) => Generated | undefined;
  /** Why not everything that an object makes is seen, and where; undefined where it is. */
  readonly unseen: (generated: Generated) => Generated['gaps'][number] | undefined;
}

export const createGenerators = (clusters: Clusters): Generators => {
  const ofCluster = memo(
    ({ cluster }: ClusterView): ReadonlyMap<MapNode, Generated> =>
      new Map(cluster.generators.map(({ object, generated }) => [object.root, generated] as const)),
  );
  return {
    of: ({ cluster, root }) => {
      const view = clusters.get(cluster);
      return view && ofCluster(view).get(root);
    },
    unseen: ({ gaps, objects }) => {
      const [gap] = gaps;
      if (gap) return gap;
      const nameless = objects.find(({ root }) => isKustomization(root) && !isIdentityKnown(root));
      const reason = 'it makes Kustomizations with names that only the cluster knows: what these apply is not looked at';
      return nameless && { reason, at: nameless.at };
    },
  };
};
