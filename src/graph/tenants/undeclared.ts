import { withoutCredentials } from '../../flux/source/source-url.ts';
import { readable } from '../../kube/view.ts';
import { grouped } from '../../model/grouped.ts';
import type { ClusterView } from '../clusters/cluster-view.ts';
import type { KustomizationView, SourceView } from '../clusters/views.ts';
import { isOfSameOwner, isPlatform, rootUrlsOf, type TenantsOfCluster } from './tenant.ts';

/** A repository that may be another team's, and that Flux applies with its own rights. */
export interface UndeclaredTenant {
  readonly source: SourceView;
  /** Without credentials. */
  readonly url: string;
  readonly kustomizations: readonly [KustomizationView, ...KustomizationView[]];
}

export interface UndeclaredInput extends Pick<TenantsOfCluster, 'sourceOf' | 'remotes'> {
  readonly cluster: ClusterView;
  readonly isTenant: (view: KustomizationView) => boolean;
}

/**
 * Other repositories of the root's owner that nobody calls a tenant's and whose Kustomizations name no account: mostly the
 * platform's own (CI, monitoring, secrets), and a team's where nobody has said so yet.
 */
export const undeclaredTenants = ({ cluster, sourceOf, remotes, isTenant }: UndeclaredInput): readonly UndeclaredTenant[] => {
  const users = cluster.kustomizations.flatMap((view) => {
    const source = view.parent === undefined || isTenant(view) || isFenced(view) ? undefined : sourceOf(view);
    if (!source?.view || source.url === undefined || source.isRoot || isPlatform(view)) return [];
    return [{ view, source: source.view, url: source.url }];
  });
  if (users.length === 0) return [];
  const roots = rootUrlsOf({ cluster, remotes });
  const others = users.filter(({ url }) => isOfSameOwner(url, roots));
  return [...grouped(others, ({ source }) => source)].map(([source, [first, ...more]]) => ({
    source,
    url: withoutCredentials(first.url),
    kustomizations: [first.view, ...more.map(({ view }) => view)],
  }));
};

/** It runs as somebody else than the controllers; what cannot be read may be that, too. */
const isFenced = (view: KustomizationView): boolean =>
  readable(() => view.spec.serviceAccountName === undefined && view.spec.kubeConfig === undefined) !== true;
