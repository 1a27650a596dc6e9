/** Who a Kustomization belongs to. */
import type { Config } from '../../config/config.ts';
import type { Repository } from '../../files/repository.ts';
import type { AppliedKustomization } from '../../flux/evaluation.ts';
import { readable } from '../../kube/view.ts';
import { memo } from '../../model/memo.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { KustomizationView } from '../clusters/views.ts';
import type { Rights } from '../rights/rights.ts';
import type { Sources } from '../sources/sources.ts';
import { type SharedByTenants, sharedByTenants, type Used } from './shared-by-tenants.ts';
import { type Tenant, tenantsOf } from './tenant.ts';
import { type UndeclaredTenant, undeclaredTenants } from './undeclared.ts';

export interface Tenants {
  readonly of: (kustomization: KustomizationView) => Tenant | undefined;
  /** The name of the tenant that a Kustomization belongs to. */
  readonly nameOf: (kustomization: AppliedKustomization) => string | undefined;
  /** What two tenants of a cluster use both. */
  readonly shared: (cluster: ClusterView, usedBy: (kustomization: KustomizationView) => readonly Used[]) => readonly SharedByTenants[];
  /** Repositories of a cluster that may be another team's, where nobody says so. */
  readonly undeclared: (cluster: ClusterView) => readonly UndeclaredTenant[];
}

export interface TenantsInput {
  readonly config: Config;
  /** Git is asked only when a tenant depends on it. */
  readonly repository: Pick<Repository, 'remotes'>;
  readonly clusters: Clusters;
  readonly sources: Sources;
  readonly rights: Rights;
}

export const createTenants = ({ config, repository, clusters, sources, rights }: TenantsInput): Tenants => {
  const isAdministrator = (view: KustomizationView): boolean => {
    const name = readable(() => view.spec.serviceAccountName);
    const target = clusters.get(view.target);
    const binding = name === undefined || !target ? undefined : rights.clusterAdmin(target, { namespace: view.namespace, name });
    return binding !== undefined && (binding.owner.parent === undefined || sources.of(binding.owner)?.isRoot === true);
  };
  const isLockedDown = (cluster: ClusterView): boolean => {
    const { noCrossNamespaceRefs, defaultServiceAccount } = clusters.lockdown(cluster);
    return noCrossNamespaceRefs === 'set' && defaultServiceAccount === 'set';
  };
  const tenantsIn = memo((cluster: ClusterView) =>
    tenantsOf({
      cluster,
      config,
      sourceOf: sources.of,
      isAdministrator,
      isLockedDown: isLockedDown(cluster),
      remotes: () => repository.remotes,
    }),
  );
  const tenantOf: Tenants['of'] = (view) => {
    const cluster = clusters.get(view.cluster);
    return cluster && tenantsIn(cluster).get(view);
  };
  return {
    of: tenantOf,
    nameOf: (applied) => tenantOf(clusters.viewOf(applied))?.name,
    shared: (cluster, usedBy) => sharedByTenants(cluster, tenantOf, usedBy),
    undeclared: (cluster) =>
      undeclaredTenants({
        cluster,
        sourceOf: sources.of,
        remotes: () => repository.remotes,
        isTenant: (view) => tenantOf(view) !== undefined,
      }),
  };
};
