import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView } from '../clusters/views.ts';
import type { Tenant } from './tenant.ts';

/** Something that Kustomizations of two tenants use. */
export interface SharedByTenants {
  /** What it is called by those who use it. */
  readonly name: string;
  readonly first: TenantUser;
  readonly second: TenantUser;
}

export interface TenantUser {
  readonly kustomization: KustomizationView;
  readonly tenant: Tenant;
}

/** What a Kustomization uses: `key` is equal for equal things, `name` is for people. */
export interface Used {
  readonly key: string;
  readonly name: string;
}

/**
 * What two tenants of a cluster use both, each with its first user and every one of another tenant. Asked of the
 * Kustomizations by which the platform brings a tenant in: what a tenant's own content shares is its own affair.
 */
export const sharedByTenants = (
  { kustomizations }: ClusterView,
  tenantOf: (kustomization: KustomizationView) => Tenant | undefined,
  usedBy: (kustomization: KustomizationView) => readonly Used[],
): readonly SharedByTenants[] => {
  const users = new Map<string, TenantUser>();
  return kustomizations.flatMap((kustomization) => {
    const tenant = tenantOf(kustomization);
    if (!tenant || tenant.entry !== kustomization) return [];
    const second = { kustomization, tenant };
    return usedBy(kustomization).flatMap(({ key, name }) => {
      const first = users.get(`${kustomization.target} ${key}`) ?? second;
      users.set(`${kustomization.target} ${key}`, first);
      return first.tenant.name === tenant.name ? [] : [{ name, first, second }];
    });
  });
};
