import { environmentOf } from '../../flux/cluster/environment-name.ts';

export interface TenantFolder {
  /** `tenants/billing`, `teams`. */
  readonly path: string;
  /** Whose it is; undefined where the folder holds files of many. */
  readonly tenant: string | undefined;
}

/**
 * The folder of tenants that holds a file: `tenants/` or `teams/`. The next folder below is the tenant's, but for words of
 * layout (`base`, `overlays`) and names of environments.
 */
export const tenantFolder = (path: string): TenantFolder | undefined => {
  const folders = path.split('/').slice(0, -1);
  const above = folders.findLastIndex((name) => name === 'tenants' || name === 'teams');
  if (above === -1) return undefined;
  const below = folders.slice(above + 1).findIndex((name) => !isOfLayout(name));
  const tenant = below === -1 ? undefined : folders[above + 1 + below];
  return { path: folders.slice(0, tenant === undefined ? above + 1 : above + 2 + below).join('/'), tenant };
};

/** The folder that holds a file and is called after a team, as `billing-team` and `team-billing` are, but not after the platform's own. */
export const teamFolder = (path: string): string | undefined =>
  path
    .split('/')
    .slice(0, -1)
    .findLast((name) => /^team-\w|\w-team$/.test(name) && !platformTeams.test(name));

const platformTeams = /(^|-)(platform|infra|infrastructure|sre|ops|devops|core|cluster|system|security|monitoring)(-|$)/;

const isOfLayout = (name: string): boolean =>
  /^[_.]?(bases?|common|components?|overlays?|clusters?|environments?|envs?|flux|flux-system|sync)$/i.test(name) ||
  environmentOf(name)?.token.toLowerCase() === name.toLowerCase();
