/** `sortOptions` (kustomize: `SortOrderTransformer`). Flux does not sort where there are none. */

import type { StepProblem } from '../../model/problem.ts';
import { child, isList, isScalar, type Node, scalarText } from '../../yaml/node.ts';
import type { ResourceId } from '../build.ts';
import type { Gvk } from '../field/field-spec.ts';
import { currentId, type Resource } from '../resource/resource.ts';
import { idText } from '../resource/resource-id.ts';
import { failedTransformation, type Transformed } from '../resource/transformation.ts';

export const sortResources = (resources: readonly Resource[], options: Node | undefined): Transformed => {
  if (!options) return { resources, problems: [] };
  const order = child(options, 'order');
  const orderText = scalarText(order);
  const legacy = child(options, 'legacySortOptions');
  const failed = (at: Node, message: string): readonly StepProblem[] => [failedTransformation(at, message)];
  if (orderText !== 'fifo' && orderText !== 'legacy') {
    return { resources, problems: failed(order ?? options, "the field 'sortOptions.order' must be one of [fifo, legacy]") };
  }
  if (orderText === 'legacy') return { resources: legacySorted(resources, legacy), problems: [] };
  if (!legacy) return { resources, problems: [] };
  const message = `the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'`;
  return { resources, problems: failed(legacy, message) };
};

/** kustomize's order of kinds: some first, some last, then by name. */
export const byGvk = (a: Gvk, b: Gvk): number =>
  (ranks.get(a.kind) ?? 0) - (ranks.get(b.kind) ?? 0) || compare(gvkSortKey(a), gvkSortKey(b));

const legacySorted = (resources: readonly Resource[], options: Node | undefined): readonly Resource[] => {
  const first = options ? textsAt(options, 'orderFirst') : defaultFirst;
  const last = options ? textsAt(options, 'orderLast') : defaultLast;
  const ranked = ranksOf(first, last);
  return resources
    .map((resource) => ({ resource, id: currentId(resource), rank: ranked.get(currentId(resource).kind) ?? 0 }))
    .sort((a, b) => a.rank - b.rank || compareGvk(a.id, b.id) || compare(idSortKey(a.id), idSortKey(b.id)))
    .map(({ resource }) => resource);
};

const ranksOf = (first: readonly string[], last: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...first.map((kind, index) => [kind, index - first.length] as const), ...last.map((kind, index) => [kind, index + 1] as const)]);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareGvk = (a: ResourceId, b: ResourceId): number => {
  const order = compare(gvkSortKey(a), gvkSortKey(b));
  // The core Namespace comes before namesakes of other groups.
  return a.kind === 'Namespace' && b.kind === 'Namespace' && (a.group === '' || b.group === '') ? -order : order;
};

const gvkSortKey = ({ group, version, kind }: Gvk): string => `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;

const idSortKey = (id: ResourceId): string => `${idText(id).split('/')[0]}|${id.namespace || '~X'}|${id.name || '~N'}`;

const textsAt = (node: Node, key: string): readonly string[] => {
  const list = child(node, key);
  return isList(list) ? list.items.flatMap((item) => (isScalar(item) ? item.text : [])) : [];
};

const defaultFirst = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
] as const;

const defaultLast = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'] as const;

const ranks = ranksOf(defaultFirst, defaultLast);
