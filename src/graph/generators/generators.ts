/** What ResourceSets make on a cluster. */
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
      const nameless = objects.filter(({ root }) => !isIdentityKnown(root));
      const [first] = nameless;
      return (
        first && { reason: `what it makes has names that only the cluster knows: ${nameless.length} of ${objects.length}`, at: first.at }
      );
    },
  };
};
