import { groupOf, versionOf } from '../object-view.ts';
import { scopeOf } from './scope.ts';
import { servedKinds } from './served-versions.ts';

const kinds = (group: string, versions: readonly string[], names: readonly string[]) =>
  names.map((kind) => ({ group, kind, versions: versions.map((version) => (group === '' ? version : `${group}/${version}`)) }));

/**
 * Versions of Kubernetes' own workloads and their like, as every release since 1.27 serves them: what was removed went with
 * 1.16, 1.22, 1.25 or 1.26 (https://kubernetes.io/docs/reference/using-api/deprecation-guide/).
 */
const table = [
  ...kinds('apps', ['v1'], ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']),
  ...kinds('batch', ['v1'], ['Job', 'CronJob']),
  ...kinds('', ['v1'], ['ConfigMap', 'Namespace', 'PersistentVolumeClaim', 'Pod', 'Secret', 'Service', 'ServiceAccount']),
  ...kinds('networking.k8s.io', ['v1'], ['Ingress', 'IngressClass', 'NetworkPolicy']),
  ...kinds('rbac.authorization.k8s.io', ['v1'], ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']),
  ...kinds('policy', ['v1'], ['PodDisruptionBudget']),
  ...kinds('autoscaling', ['v2', 'v1'], ['HorizontalPodAutoscaler']),
  ...kinds('apiextensions.k8s.io', ['v1'], ['CustomResourceDefinition']),
];

/** What is served of one of Kubernetes' own kinds in the place of a version that no cluster has; undefined where it may be served. */
export const servedInstead = (apiVersion: string, kind: string): readonly string[] | undefined => {
  const group = groupOf(apiVersion);
  const known = table.find((each) => each.group === group && each.kind === kind);
  if (!known || versionOf(apiVersion) === '' || known.versions.includes(apiVersion)) return undefined;
  return known.versions;
};

/** The groups that have a kind, where the one that is named has not: a kind of Kubernetes or Flux in another of their groups. */
export const otherGroups = (apiVersion: string, kind: string): readonly string[] | undefined => {
  const group = groupOf(apiVersion);
  const right = [...table, ...servedKinds()].filter((each) => each.kind === kind).map((each) => each.group);
  const isOurs = scopeOf(group, kind) !== undefined || servedKinds().some((each) => each.group === group);
  return right.length === 0 || right.includes(group) || !isOurs ? undefined : right;
};
