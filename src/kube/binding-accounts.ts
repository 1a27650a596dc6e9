import { child, itemsOf, type MapNode, stringAt } from '../yaml/node.ts';

/**
 * The service accounts that a RoleBinding or ClusterRoleBinding names, as `namespace/name`. A service account is the user
 * `system:serviceaccount:<namespace>:<name>`, and bindings may name it so (Kubernetes: authentication, service account tokens).
 */
export const boundAccounts = (binding: MapNode): readonly string[] =>
  itemsOf(child(binding, 'subjects')).flatMap((subject) => {
    const name = stringAt(subject, 'name') ?? '';
    const [, namespace, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(name) ?? [];
    if (namespace !== undefined && account !== undefined) return [`${namespace}/${account}`];
    const own = stringAt(subject, 'namespace') ?? stringAt(binding, 'metadata', 'namespace') ?? '';
    return stringAt(subject, 'kind') === 'ServiceAccount' ? [`${own}/${name}`] : [];
  });

/** The groups that it names: `system:serviceaccounts` is every service account, `system:serviceaccounts:<namespace>` those of one. */
export const boundGroups = (binding: MapNode): readonly string[] =>
  itemsOf(child(binding, 'subjects')).flatMap((subject) =>
    stringAt(subject, 'kind') === 'Group' ? (stringAt(subject, 'name') ?? []) : [],
  );
