import { byText } from '../../files/files.ts';
import { labelOf } from '../../kube/object-view.ts';
import { readable } from '../../kube/view.ts';
import { stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView } from '../clusters/views.ts';
import { accountNamespaces } from '../rights/account-namespaces.ts';

/** The label that `flux create tenant` writes. */
export const tenantLabel = 'toolkit.fluxcd.io/tenant';

/** Namespace → the tenant that its label names. */
export const namespaceLabels = (cluster: ClusterView): ReadonlyMap<string, string> => {
  const labels = new Map<string, string>();
  for (const { root } of cluster.cluster.objects) {
    if (stringAt(root, 'kind') !== 'Namespace') continue;
    const label = labelOf(root, tenantLabel);
    if (label !== undefined) labels.set(stringAt(root, 'metadata', 'name') ?? '', label);
  }
  return labels;
};

/** A Kustomization by which a tenant's content comes in. */
export interface TenantEntry {
  readonly tenant: string;
  readonly view: KustomizationView;
}

/**
 * A tenant's namespaces: those of its entries where that is not the platform's, those they deploy to, those labelled
 * as the tenant's, those in which a RoleBinding lets its account write. Where none of these says anything: the one
 * namespace that all it brings lies in.
 */
export const namespacesByTenant = (
  entries: readonly TenantEntry[],
  cluster: ClusterView,
  labels: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> => {
  const names = new Map(entries.map(({ tenant }) => [tenant, new Set<string>()] as const));
  if (names.size === 0) return new Map();
  const platform = cluster.cluster.root.sync.namespace;
  const add = (tenant: string, namespace: string | undefined) => {
    if (namespace !== undefined && namespace !== platform) names.get(tenant)?.add(namespace);
  };
  for (const { tenant, view } of entries) {
    const account = readable(() => view.spec.serviceAccountName);
    const bound = account === undefined ? undefined : accountNamespaces(cluster.cluster, view.namespace, account);
    const target = readable(() => view.spec.targetNamespace);
    for (const namespace of [view.namespace, target, ...(bound ?? [])]) add(tenant, namespace);
  }
  for (const [namespace, tenant] of labels) add(tenant, namespace);
  for (const { tenant, view } of entries) if (names.get(tenant)?.size === 0) add(tenant, onlyNamespace(view));
  return new Map([...names].map(([tenant, known]) => [tenant, [...known].sort(byText)]));
};

const onlyNamespace = ({ content }: KustomizationView): string | undefined => {
  if (content.type !== 'built' || content.failed) return undefined;
  const [only, ...others] = new Set(content.objects.map(({ root }) => stringAt(root, 'metadata', 'namespace')));
  return others.length === 0 && only !== undefined && !/^(default|kube-.*)$/.test(only) ? only : undefined;
};
