import type { Cluster } from '../../flux/evaluation.ts';
import { boundAccounts } from '../../kube/binding-accounts.ts';
import { memo } from '../../model/memo.ts';
import { stringAt } from '../../yaml/node.ts';

/**
 * The namespaces in which a service account was given rights, by the bindings that are known here; undefined where a
 * ClusterRoleBinding names it, or none does: then nothing can be said.
 */
export const accountNamespaces = (cluster: Cluster, namespace: string, account: string): ReadonlySet<string> | undefined => {
  const namespaces = bindingsOf(cluster).get(`${namespace}/${account}`);
  return namespaces === undefined || namespaces.has(everywhere) ? undefined : namespaces;
};

const everywhere = '*';

/** Namespaces by account. Remembered for each cluster: clusters never change. */
const bindingsOf = memo((cluster: Cluster): ReadonlyMap<string, ReadonlySet<string>> => {
  const made = new Map<string, Set<string>>();
  for (const { root } of cluster.objects) {
    const kind = stringAt(root, 'kind');
    if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') continue;
    const where = kind === 'RoleBinding' ? (stringAt(root, 'metadata', 'namespace') ?? everywhere) : everywhere;
    for (const account of boundAccounts(root)) made.set(account, (made.get(account) ?? new Set()).add(where));
  }
  return made;
});
