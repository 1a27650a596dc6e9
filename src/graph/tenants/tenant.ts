import picomatch from 'picomatch';
import type { Config, TenantConfig } from '../../config/config.ts';
import { groups, isFluxInstance, isKind } from '../../flux/kinds.ts';
import { isSameRepository } from '../../flux/source/source-url.ts';
import { labelOf } from '../../kube/object-view.ts';
import { readable } from '../../kube/view.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView } from '../clusters/views.ts';
import { type FollowedSource, isSameOwner, rootSource } from '../sources/followed-source.ts';
import { namespaceLabels, namespacesByTenant, tenantLabel } from './tenant-namespaces.ts';

/** Who a Kustomization belongs to, and how well we know. */
export interface Tenant {
  readonly name: string;
  /** Strong, or from the folder it lies in; `upstream`: a foreign repository, which is usually a vendor's. */
  readonly evidence: 'strong' | 'folder' | 'upstream';
  /** What weak evidence makes of a problem: at most a warning. */
  readonly atMost: 'warning' | 'info' | undefined;
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
  /** Whether the account it runs as may write in every namespace. */
  readonly isAdministrator: (view: KustomizationView) => boolean;
}

/**
 * The tenants among a cluster's Kustomizations. Strong: configuration; the tenant label on it or its namespace where its
 * content is not the root's source; a source other than the root's on the same git host and owner. Weak: a `tenants/`
 * folder, a foreign upstream. What a tenant's content brings is the tenant's, too. Platform and never a tenant: the root,
 * what creates tenants, what installs Flux or runs as its controllers.
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
  const configured = config.tenants.find((tenant) => tenant.kustomizations.some((glob) => picomatch.isMatch(view.id, glob)));
  if (!configured) return undefined;
  const claim = { name: configured.name, evidence: 'strong', atMost: undefined, because: 'the configuration says so' } as const;
  return { ...claim, entry: view, configured };
};

const inherited = ({ parent }: KustomizationView, found: ReadonlyMap<KustomizationView, Claim>): Claim | undefined =>
  parent && found.get(parent);

interface Surroundings extends TenantsOfCluster {
  readonly labels: ReadonlyMap<string, string>;
  /** All of them of one owner; none where nothing says where the root comes from. */
  readonly rootUrls: () => readonly string[];
}

const ownClaim = (view: KustomizationView, { sourceOf, labels, rootUrls, config, isAdministrator }: Surroundings): Claim | undefined => {
  if (view.parent === undefined) return undefined;
  const source = sourceOf(view);
  if (!source || source.isRoot) return undefined;
  const { url } = source;
  const strong = { evidence: 'strong', atMost: undefined, entry: view, configured: undefined } as const;

  const label = labelOf(view.root, tenantLabel) ?? labels.get(view.namespace);
  if (label !== undefined) return { ...strong, name: label, because: `of the label ${tenantLabel}` };
  // A label is somebody's word; without one, what a Kustomization does may show it to be the platform's.
  if (isPlatform(view)) return undefined;
  const target = readable(() => view.spec.targetNamespace);
  const name = labels.get(target ?? '') ?? repositoryName(url) ?? view.name;
  const roots = url === undefined ? [] : rootUrls();
  if (url !== undefined && roots.some((root) => isSameOwner(url, root)) && !roots.some((root) => isSameRepository(url, root))) {
    // Whom the platform itself made an administrator may well be a part of it that lives in a repository of its own.
    const atMost = isAdministrator(view) ? 'warning' : undefined;
    return { ...strong, atMost, name, because: `it builds from ${url}, another repository of the same owner` };
  }
  if (url !== undefined && roots.length === 0 && config.repositories.some((mapped) => isSameRepository(mapped.url, url))) {
    return { ...strong, name, because: `it builds from ${url}, a repository that the configuration maps` };
  }
  if (view.root.span.path.split('/').includes('tenants')) {
    return { ...strong, name: view.name, evidence: 'folder', atMost: 'warning', because: 'it lies in a tenants folder' };
  }
  const isForeign = url !== undefined && roots.length > 0 && !roots.some((root) => isSameOwner(url, root));
  if (source.view?.kind !== 'GitRepository' || !isForeign) return undefined;
  return { ...strong, name, evidence: 'upstream', atMost: 'info', because: `it builds from ${url}, a repository of someone else` };
};

/** `ssh://git@host/org/billing.git` → `billing`. */
const repositoryName = (url: string | undefined): string | undefined => /([^/:]+?)(?:\.git)?\/*$/.exec(url ?? '')?.[1];

const controllerAccounts = /^(kustomize|source|helm|notification|image-reflector|image-automation)-controller$|^flux-operator$/;

/** What installs Flux, runs as its controllers, or creates tenants. */
const isPlatform = (view: KustomizationView): boolean => {
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
const rootUrlsOf = ({ cluster, remotes }: TenantsOfCluster): readonly string[] => {
  const { view } = rootSource(cluster);
  const instance = cluster.cluster.objects.find(({ root }) => isFluxInstance(root))?.root;
  const written = (view && readable(() => view.spec.url)) ?? stringAt(instance, 'spec', 'sync', 'url');
  if (written !== undefined) return [written];
  const [first, ...others] = remotes();
  return first !== undefined && others.every((other) => isSameOwner(first, other)) ? [first, ...others] : [];
};
