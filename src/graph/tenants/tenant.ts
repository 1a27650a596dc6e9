import type { Config, TenantConfig } from '../../config/config.ts';
import { groups, isFluxInstance, isKind } from '../../flux/kinds.ts';
import { isSameRepository } from '../../flux/source/source-url.ts';
import { labelOf } from '../../kube/object-view.ts';
import { readable } from '../../kube/view.ts';
import { matchesGlob } from '../../pattern/glob.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView } from '../clusters/views.ts';
import { type FollowedSource, isSameOwner, rootSource } from '../sources/followed-source.ts';
import { teamFolder, tenantFolder } from './tenant-folder.ts';
import { namespaceLabels, namespacesByTenant, tenantLabel } from './tenant-namespaces.ts';

/** Who a Kustomization belongs to, and who says so. */
export interface Tenant {
  readonly name: string;
  readonly evidence: 'configuration' | 'label' | 'folder' | 'lockdown';
  /** Continues "a tenant, because …". */
  readonly because: string;
  /** Globs of the namespaces that are its own; empty where nothing says which. */
  readonly namespaces: readonly string[];
  /** The platform's Kustomization by which the tenant's content comes in: itself, or one above. */
  readonly entry: KustomizationView;
}

export interface TenantsOfCluster {
  readonly cluster: ClusterView;
  readonly config: Config;
  readonly sourceOf: (view: KustomizationView) => FollowedSource | undefined;
  /** URLs of this repository, as git knows them; asked only where no object says what the root comes from. */
  readonly remotes: () => readonly string[];
  /** Whether the platform's own repository makes the account that it runs as cluster-admin, in so many words. */
  readonly isAdministrator: (view: KustomizationView) => boolean;
  /** Whether the controllers are locked down for several tenants. */
  readonly isLockedDown: boolean;
}

/**
 * The tenants among a cluster's Kustomizations: only where somebody says so. The configuration; the tenant label on it or
 * its namespace, or a `tenants/` or `teams/` folder that holds it, where its content is not the root's source; a folder
 * called after a team, or controllers locked down for several tenants, where its source is another one on the root's git
 * host and of its owner. What a tenant's content brings is the tenant's, too. Platform and never a tenant, unless the configuration has it: the root, what
 * creates tenants, what installs Flux, runs as its controllers or as an account that the platform made cluster-admin.
 */
export const tenantsOf = (input: TenantsOfCluster): ReadonlyMap<KustomizationView, Tenant> => {
  const found = new Map<KustomizationView, Claim>();
  const labels = namespaceLabels(input.cluster);
  let known: readonly string[] | undefined;
  const rootUrls = () => {
    known ??= rootUrlsOf(input);
    return known;
  };
  // Parents stand before what they bring.
  for (const view of input.cluster.kustomizations) {
    const claim = configuredClaim(view, input.config) ?? inherited(view, found) ?? ownClaim(view, { ...input, labels, rootUrls });
    if (claim) found.set(view, claim);
  }
  const entries = [...found].flatMap(([view, claim]) => (claim.entry === view ? [{ tenant: claim.name, view }] : []));
  const namespaces = namespacesByTenant(entries, input.cluster, labels);
  return new Map(
    [...found].map(([view, { configured, ...claim }]) => [
      view,
      { ...claim, namespaces: configured?.namespaces.length ? configured.namespaces : (namespaces.get(claim.name) ?? []) },
    ]),
  );
};

type Claim = Omit<Tenant, 'namespaces'> & { readonly configured: TenantConfig | undefined };

const configuredClaim = (view: KustomizationView, config: Config): Claim | undefined => {
  const configured = config.tenants.find((tenant) => tenant.kustomizations.some((glob) => matchesGlob(view.id, glob)));
  if (!configured) return undefined;
  return { name: configured.name, evidence: 'configuration', because: 'the configuration says so', entry: view, configured };
};

const inherited = ({ parent }: KustomizationView, found: ReadonlyMap<KustomizationView, Claim>): Claim | undefined =>
  parent && found.get(parent);

interface Surroundings extends TenantsOfCluster {
  readonly labels: ReadonlyMap<string, string>;
  /** All of them of one owner; none where nothing says where the root comes from. */
  readonly rootUrls: () => readonly string[];
}

const ownClaim = (view: KustomizationView, surroundings: Surroundings): Claim | undefined => {
  if (view.parent === undefined || surroundings.isAdministrator(view)) return undefined;
  const source = surroundings.sourceOf(view);
  if (!source || source.isRoot) return undefined;
  const claim = { entry: view, configured: undefined } as const;

  const label = labelOf(view.root, tenantLabel) ?? surroundings.labels.get(view.namespace);
  if (label !== undefined) return { ...claim, name: label, evidence: 'label', because: `of the label ${tenantLabel}` };
  // A label is somebody's word; without one, what a Kustomization does may show it to be the platform's.
  if (isPlatform(view)) return undefined;
  // A source that is made elsewhere may be the platform's own.
  const folder = source.view && tenantFolder(view.root.span.path);
  if (folder) {
    const name = folder.tenant ?? ownNamespace(view, surroundings) ?? view.name;
    return { ...claim, name, evidence: 'folder', because: `it lies in ${folder.path}` };
  }
  const { url } = source;
  const team = teamFolder(view.root.span.path);
  if (url === undefined || !(surroundings.isLockedDown || team !== undefined)) return undefined;
  if (!isOfSameOwner(url, surroundings.rootUrls())) return undefined;
  if (team !== undefined) {
    return { ...claim, name: team, evidence: 'folder', because: `it lies in ${team} and builds from ${url}, a repository of its own` };
  }
  const name = surroundings.labels.get(ownNamespace(view, surroundings) ?? '') ?? repositoryName(url) ?? view.name;
  const because = `the controllers are locked down, and it builds from ${url}, another repository of the same owner`;
  return { ...claim, name, evidence: 'lockdown', because };
};

/** `ssh://git@host/org/billing.git` → `billing`. */
const repositoryName = (url: string): string | undefined => /([^/:]+?)(?:\.git)?\/{0,9}$/.exec(url.slice(-500))?.[1];

/** Another repository than the root's, on its host and of its owner. */
export const isOfSameOwner = (url: string, roots: readonly string[]): boolean =>
  roots.some((root) => isSameOwner(url, root)) && !roots.some((root) => isSameRepository(url, root));

/** The namespace it deploys to, or lies in, where that is not the platform's. */
const ownNamespace = (view: KustomizationView, { cluster }: Surroundings): string | undefined => {
  const namespace = readable(() => view.spec.targetNamespace) ?? view.namespace;
  return namespace === cluster.cluster.root.sync.namespace ? undefined : namespace;
};

const controllerAccounts = /^(kustomize|source|helm|notification|image-reflector|image-automation)-controller$|^flux-operator$/;

/** Whether it installs Flux, runs as its controllers, or creates tenants. */
export const isPlatform = (view: KustomizationView): boolean => {
  const account = readable(() => view.spec.serviceAccountName);
  if (account !== undefined && controllerAccounts.test(account)) return true;
  if (view.content.type !== 'built') return false;
  return view.content.objects.some(({ root }) => createsTenant(root) || installsFlux(root));
};

const createsTenant = (root: MapNode): boolean =>
  labelOf(root, tenantLabel) !== undefined && (stringAt(root, 'kind') === 'Namespace' || isKind(root, groups.kustomize, 'Kustomization'));

const installsFlux = (root: MapNode): boolean => {
  const kind = stringAt(root, 'kind');
  if (kind === 'CustomResourceDefinition') return (stringAt(root, 'spec', 'group') ?? '').endsWith('.toolkit.fluxcd.io');
  if (kind === 'Deployment') return controllerAccounts.test(stringAt(root, 'metadata', 'name') ?? '');
  if (kind !== 'ClusterRoleBinding') return isFluxInstance(root);
  const subjects = child(root, 'subjects');
  return subjects?.type === 'list' && subjects.items.some((subject) => controllerAccounts.test(stringAt(subject, 'name') ?? ''));
};

/**
 * Where the root comes from: the URL of its source, or the one in the FluxInstance that makes that; where neither is
 * written, git's remotes. Remotes of several owners (a fork and its upstream) leave open whose the root is.
 */
export const rootUrlsOf = ({ cluster, remotes }: Pick<TenantsOfCluster, 'cluster' | 'remotes'>): readonly string[] => {
  const { view } = rootSource(cluster);
  const instance = cluster.cluster.objects.find(({ root }) => isFluxInstance(root))?.root;
  const written = (view && readable(() => view.spec.url)) ?? stringAt(instance, 'spec', 'sync', 'url');
  if (written !== undefined) return [written];
  const [first, ...others] = remotes();
  return first !== undefined && others.every((other) => isSameOwner(first, other)) ? [first, ...others] : [];
};
