import { isHelmRelease } from '../../flux/kinds.ts';
import type { ParseFile } from '../../kustomize/build.ts';
import { child, isTrue, type MapNode, stringAt } from '../../yaml/node.ts';
import { chartOf, chartValues } from '../clusters/chart-values.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import { textsIn } from '../clusters/lockdown.ts';

/**
 * Whether the Flux Operator acts for ResourceSets as an account of their namespace by default (`--default-service-account`;
 * cmd/operator/main.go): by the values of its chart, or by the arguments of its Deployment. Unknown where neither is here.
 */
export const operatorAccount = ({ cluster }: ClusterView, parse: ParseFile): 'set' | 'missing' | 'unknown' => {
  const roots = cluster.objects.map(({ root }) => root);
  const states = roots.flatMap((root) => ofRelease(root, roots, parse) ?? ofDeployment(root) ?? []);
  return states.includes('set') ? 'set' : (states.find((state) => state === 'unknown') ?? states[0] ?? 'unknown');
};

type State = ReturnType<typeof operatorAccount>;

/** The chart's `multitenancy.enabled`, with the account `flux-operator` where none is named. */
const ofRelease = (root: MapNode, roots: readonly MapNode[], parse: ParseFile): State | undefined => {
  if (!isHelmRelease(root) || chartOf(root) !== 'flux-operator') return undefined;
  const { merged } = chartValues(root, roots, parse);
  if (!merged)
    return child(root, 'spec', 'valuesFrom') === undefined && child(root, 'spec', 'values') === undefined ? 'missing' : 'unknown';
  const enabled = child(merged, 'multitenancy', 'enabled');
  if (enabled?.type === 'unknown') return 'unknown';
  return isTrue(enabled) || textsIn(child(merged, 'extraArgs')).some((text) => argument.test(text)) ? 'set' : 'missing';
};

const ofDeployment = (root: MapNode): State | undefined => {
  if (stringAt(root, 'kind') !== 'Deployment' || stringAt(root, 'metadata', 'name') !== 'flux-operator') return undefined;
  return textsIn(child(root, 'spec', 'template', 'spec')).some((text) => argument.test(text)) ? 'set' : 'missing';
};

const argument = /--default-service-account=\S/;
