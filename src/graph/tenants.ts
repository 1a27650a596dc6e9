import picomatch from 'picomatch';
import type { Config } from '../config/config.ts';
import { isFluxObject, isKustomization } from '../flux/kinds.ts';
import { hostAndOwner, isSameRepository } from '../flux/source-url.ts';
import { labelOf } from '../kube/object-view.ts';
import { readable } from '../kube/view.ts';
import { stringAt } from '../yaml/node.ts';
import type { ClusterView } from './graph.ts';
import type { KustomizationView } from './views.ts';

/** Who a Kustomization belongs to, and how well we know. */
export interface Tenant {
  readonly name: string;
  /** Weak evidence makes at most a warning. */
  readonly evidence: 'strong' | 'weak';
  readonly because: string;
  /** Globs of the namespaces that are its own. */
  readonly namespaces: readonly string[];
}

export const tenantLabel = 'toolkit.fluxcd.io/tenant';

/**
 * The tenant of a Kustomization. Strong: configuration; the tenant label on it or its namespace where its content is not
 * the root's source; a source other than the root's on the same git host and owner. Weak: a `tenants/` folder, a foreign
 * upstream. Platform and never a tenant: the root, what creates tenants, what installs Flux.
 */
export const tenantOf = (view: KustomizationView, cluster: ClusterView, config: Config): Tenant | undefined => {
  const configured = config.tenants.find((tenant) => tenant.kustomizations.some((glob) => picomatch.isMatch(view.id, glob)));
  if (configured) {
    return { name: configured.name, evidence: 'strong', because: 'the configuration says so', namespaces: configured.namespaces };
  }
  if (isPlatform(view)) return undefined;
  const source = sourceOf(view, cluster);
  if (!source || source.isRoot) return undefined;

  const namespace = cluster.objects.find((object) => object.kind === 'Namespace' && object.name === view.namespace);
  const label = labelOf(view.root, tenantLabel) ?? (namespace && labelOf(namespace.root, tenantLabel));
  if (label !== undefined) {
    return { name: label, evidence: 'strong', because: `of the label ${tenantLabel}`, namespaces: namespacesOf(view, cluster, label) };
  }
  const own = hostAndOwner(source.rootUrl ?? '');
  const theirs = hostAndOwner(source.url ?? '');
  const name = view.name;
  if (own && theirs && own.host === theirs.host && own.owner === theirs.owner) {
    const because = `it builds from ${source.url}, another repository of ${theirs.owner}`;
    return { name, evidence: 'strong', because, namespaces: namespacesOf(view, cluster, name) };
  }
  const isInTenants = view.root.span.path.split('/').includes('tenants');
  if (isInTenants) return { name, evidence: 'weak', because: 'it lies in a tenants folder', namespaces: namespacesOf(view, cluster, name) };
  return undefined;
};

/** The root, what installs Flux, and what brings other Kustomizations or namespaces of tenants. */
const isPlatform = (view: KustomizationView): boolean => {
  if (view.parent === undefined) return true;
  return view.objects.some(
    ({ root, kind }) => isKustomization(root) || (kind === 'Namespace' && labelOf(root, tenantLabel) !== undefined) || isControllers(root),
  );
};

const isControllers = (root: KustomizationView['root']): boolean =>
  stringAt(root, 'kind') === 'CustomResourceDefinition' &&
  (stringAt(root, 'spec', 'group') ?? '').endsWith('.toolkit.fluxcd.io') &&
  !isFluxObject(root);

const sourceOf = (view: KustomizationView, cluster: ClusterView) => {
  const reference = readable(() => view.spec.sourceRef && { ...view.spec.sourceRef });
  if (!reference?.name) return undefined;
  const namespace = reference.namespace ?? view.namespace;
  const find = (name: string, wanted: string) =>
    cluster.sources.find((candidate) => candidate.name === name && candidate.namespace === wanted);
  const root = cluster.kustomizations.find(({ parent }) => parent === undefined);
  const rootReference = readable(() => root?.spec.sourceRef && { ...root.spec.sourceRef });
  const rootNamespace = rootReference?.namespace ?? root?.namespace ?? '';
  const rootUrl = readable(() => find(rootReference?.name ?? '', rootNamespace)?.spec.url);
  const url = readable(() => find(reference.name ?? '', namespace)?.spec.url);
  const isSame = reference.name === rootReference?.name && namespace === rootNamespace;
  const isRoot =
    isSame || reference.kind === 'ExternalArtifact' || (url !== undefined && rootUrl !== undefined && isSameRepository(url, rootUrl));
  return { url, rootUrl, isRoot };
};

/** Its own namespace where that is not the platform's, where it deploys to, and those labelled as the tenant's. */
const namespacesOf = (view: KustomizationView, cluster: ClusterView, tenant: string): readonly string[] => {
  const platform = cluster.cluster.root.sync.namespace;
  const target = readable(() => view.spec.targetNamespace);
  const labelled = cluster.objects.filter((object) => object.kind === 'Namespace' && labelOf(object.root, tenantLabel) === tenant);
  const names = [
    ...(view.namespace === platform ? [] : [view.namespace]),
    ...(target === undefined ? [] : [target]),
    ...labelled.map(({ name }) => name),
  ];
  return [...new Set(names)].sort();
};
