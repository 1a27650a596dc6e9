import { child, isList, isScalar, type MapNode } from '../../yaml/node.ts';
import { type Failure, failure } from '../resource/failure.ts';
import { currentId } from '../resource/resource.ts';
import { idText } from '../resource/resource-id.ts';

/** The namespaces of a RoleBinding's accounts. A failure: one of them is empty. */
export const accountNamespacesOf = (root: MapNode): ReadonlySet<string> | Failure => {
  const id = currentId({ root });
  const namespaces = new Set<string>();
  const subjects = id.kind === 'RoleBinding' ? child(root, 'subjects') : undefined;
  for (const subject of isList(subjects) ? subjects.items : []) {
    const namespace = child(subject, 'namespace');
    const kind = child(subject, 'kind');
    if (!namespace || !isScalar(kind) || kind.text !== 'ServiceAccount') continue;
    if (!isScalar(namespace) || typeof namespace.value !== 'string') {
      return failure(`Invalid Input: namespace is blank for resource "${idText(id)}"`);
    }
    namespaces.add(namespace.value);
  }
  return namespaces;
};
