import type { ResourceId } from '../build.ts';
import { isClusterScoped } from './scope.ts';

/** Stands for "no namespace at all" where namespaces are compared; no namespace may be called so. */
const noNamespace = '_non_namespaceable_';

/** The namespace by which kustomize compares: one constant for cluster-scoped kinds, `default` where none is written. */
export const effectiveNamespace = (id: ResourceId): string => (isClusterScoped(id) ? noNamespace : id.namespace || 'default');

const keys = new WeakMap<ResourceId, string>();

/** Equal for ids that kustomize takes for equal. */
export const idKey = (id: ResourceId): string => {
  const known = keys.get(id);
  if (known !== undefined) return known;
  const key = `${id.group}/${id.version}/${id.kind}/${id.name}/${effectiveNamespace(id)}`;
  keys.set(id, key);
  return key;
};

export const sameId = (a: ResourceId, b: ResourceId): boolean => a === b || idKey(a) === idKey(b);

/** As kustomize prints an id in its messages: `Deployment.v1.apps/web.production`. */
export const idText = ({ group, version, kind, name, namespace }: ResourceId): string =>
  `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}/${name || '[noName]'}.${namespace || '[noNs]'}`;
