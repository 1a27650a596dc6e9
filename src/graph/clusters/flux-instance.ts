/** The FluxInstances of a cluster, however they are made. */
import { isFluxInstance, isHelmRelease } from '../../flux/kinds.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { child, isMap, type MapNode } from '../../yaml/node.ts';
import { chartOf, chartValues } from './chart-values.ts';
import type { ClusterView } from './cluster-view.ts';

export interface InstanceOfCluster {
  /** The FluxInstance or the HelmRelease; of one that nothing here applies its spec. */
  readonly root: MapNode;
  /** What it says: `spec`, or `instance` of the chart's values; undefined where that is not known. */
  readonly spec: MapNode | undefined;
}

/** Among the objects; where none is, the one by which the cluster was found: somebody applies it by hand. */
export const fluxInstances = ({ cluster }: ClusterView, parse: ParseFile): readonly InstanceOfCluster[] => {
  const roots = cluster.objects.map(({ root }) => root);
  const found = roots.flatMap((root) => instanceIn(root, roots, parse) ?? []);
  const { instance } = cluster.root;
  return found.length > 0 || !instance || cluster.hub !== undefined ? found : [{ root: instance, spec: instance }];
};

/**
 * A FluxInstance, or the release of a chart that makes one.
 *
 * @param roots every object of the cluster, for the values that a release takes from others
 */
export const instanceIn = (root: MapNode, roots: readonly MapNode[], parse: ParseFile): InstanceOfCluster | undefined => {
  if (isFluxInstance(root)) return { root, spec: mapOrNone(child(root, 'spec')) };
  if (!isHelmRelease(root) || chartOf(root) !== 'flux-instance') return undefined;
  return { root, spec: mapOrNone(child(chartValues(root, roots, parse).merged, 'instance')) };
};

const mapOrNone = (node: ReturnType<typeof child>): MapNode | undefined => (isMap(node) ? node : undefined);
