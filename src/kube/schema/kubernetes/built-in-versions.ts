import { groupOf, versionOf } from '../../object-view.ts';
import { apiVersionOf, isServed, servedKinds } from '../served-versions.ts';
import { groupsWith, kubernetesKind, kubernetesKindsOf, newestKubernetes, oldestKubernetes } from './served-kinds.ts';

/** What is served of one of Kubernetes' own kinds in the place of a version that no cluster has; undefined where it may be served. */
export const servedInstead = (apiVersion: string, kind: string): readonly string[] | undefined => {
  const known = kubernetesKind(groupOf(apiVersion), kind);
  const version = versionOf(apiVersion);
  const written = known?.versions.find((each) => each.version === version);
  const mayBeServed = written !== undefined && (isServed(written, newestKubernetes) || isServed(written, oldestKubernetes));
  if (!known || version === '' || mayBeServed) return undefined;
  const served = known.versions.filter((each) => isServed(each, newestKubernetes) && isServed(each, oldestKubernetes));
  return served.length === 0 ? undefined : served.map((each) => apiVersionOf(known, each));
};

/** The groups that have a kind, where the one that is named has not: a kind of Kubernetes or Flux in another of their groups. */
export const otherGroups = (apiVersion: string, kind: string): readonly string[] | undefined => {
  const group = groupOf(apiVersion);
  const ofKubernetes = groupsWith(kind).filter((each) =>
    kubernetesKind(each, kind)?.versions.some((version) => isServed(version, newestKubernetes)),
  );
  const right = [
    ...ofKubernetes,
    ...servedKinds()
      .filter((each) => each.kind === kind)
      .map((each) => each.group),
  ];
  const isOurs = kubernetesKindsOf(group).length > 0 || servedKinds().some((each) => each.group === group);
  return right.length === 0 || right.includes(group) || !isOurs ? undefined : right;
};
