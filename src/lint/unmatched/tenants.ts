import type { TenantConfig } from '../../config/config.ts';
import { byText } from '../../files/files.ts';
import type { Graph } from '../../graph/graph.ts';
import { readable } from '../../kube/view.ts';
import { matchesGlob } from '../../pattern/glob.ts';
import { stringAt } from '../../yaml/node.ts';
import { listKeys, matching, type UnmatchedEntry } from './entry.ts';
import { hintOf, meantGlob } from './meant.ts';

/** Tenants that no Kustomization belongs to, and globs of theirs that add none. */
export const unmatchedTenants = (graph: Graph): readonly UnmatchedEntry[] => {
  const { config } = graph;
  const clusters = graph.clusters.all;
  const ids = [...new Set(clusters.flatMap(({ kustomizations }) => kustomizations.map(({ id }) => id)))].sort(byText);
  const ownerOf = (id: string) => config.tenants.find(({ kustomizations }) => matchesAny(id, kustomizations));
  const owners = new Set(ids.map(ownerOf));
  const names = clusters.map(({ name }) => name);
  return config.tenants.flatMap((tenant, index) => {
    if (tenant.kustomizations.length === 0) return [withoutGlobs(tenant, index, names)];
    if (owners.has(tenant)) return [...idleGlobs(tenant, index, ids), ...idleNamespaces(tenant, index, graph)];
    const other = ids.find((id) => matchesAny(id, tenant.kustomizations));
    return [emptyTenant(tenant, { index, ids, names, taken: other === undefined ? undefined : [other, ownerOf(other)?.name], graph })];
  });
};

const matchesAny = (text: string, globs: readonly string[]): boolean => globs.some((glob) => matchesGlob(text, glob));

const withoutGlobs = ({ name }: TenantConfig, index: number, clusters: readonly string[]): UnmatchedEntry => ({
  keys: ['tenants', index, 'name'],
  message: `The tenant ${name} names no Kustomizations. Nothing is its own, and nobody looks at its namespaces.`,
  hint: 'Say under kustomizations by which of them its content comes in.',
  weighs: true,
  clusters,
});

interface Surroundings {
  readonly index: number;
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** A Kustomization that it matches, and the tenant that has it. */
  readonly taken: readonly [id: string, tenant: string | undefined] | undefined;
  readonly graph: Graph;
}

const emptyTenant = ({ name, kustomizations }: TenantConfig, { index, ids, names, taken, graph }: Surroundings): UnmatchedEntry => {
  const meant = kustomizations.map((glob) => meantGlob(glob, ids)).find((glob) => glob !== undefined);
  const weighs = taken !== undefined || meant !== undefined || !mayBeUnseen(graph, 'Kustomization');
  const why = taken ? '' : `: ${matching(kustomizations, 'none')}`;
  return {
    keys: listKeys(['tenants', index, 'kustomizations'], kustomizations),
    message: `No Kustomization belongs to the tenant ${name}${why}. Nothing is checked as its own by this entry.`,
    hint: taken ? `${taken[0]} matches, but is ${taken[1]}'s, which stands before it.` : hintOf(meant, 'Kustomizations here', ids),
    weighs,
    clusters: weighs ? names : undefined,
  };
};

/** Content that is not here may bring the objects that are meant. */
const mayBeUnseen = ({ clusters, existence }: Graph, kind: string): boolean =>
  clusters.all.some(
    ({ name, cluster }) =>
      cluster.root.evidence !== 'unreached' && existence.mayAlsoCome(name, { kind, namespace: undefined, name: '*' }) !== undefined,
  );

const idleGlobs = ({ name, kustomizations }: TenantConfig, index: number, ids: readonly string[]): readonly UnmatchedEntry[] =>
  kustomizations.flatMap((glob, place) => {
    if (ids.some((id) => matchesGlob(id, glob))) return [];
    const meant = meantGlob(glob, ids);
    return {
      keys: ['tenants', index, 'kustomizations', place],
      message: `"${glob}" matches no Kustomization. It adds none to the tenant ${name}.`,
      hint: hintOf(meant, 'Kustomizations here', ids),
      weighs: meant !== undefined,
    };
  });

/** What a tenant brings may well be the only thing in its namespace: while that is not here, only a slip shows. */
const idleNamespaces = ({ name, namespaces }: TenantConfig, index: number, graph: Graph): readonly UnmatchedEntry[] => {
  if (namespaces.length === 0) return [];
  const known = namespacesOf(graph);
  const isUnseen = mayBeUnseen(graph, 'Namespace');
  return namespaces.flatMap((glob, place) => {
    if (known.some((namespace) => matchesGlob(namespace, glob))) return [];
    const meant = meantGlob(glob, known);
    if (meant === undefined && isUnseen) return [];
    return {
      keys: ['tenants', index, 'namespaces', place],
      message: `"${glob}" matches no namespace in which anything is. It adds none to the tenant ${name}.`,
      hint: hintOf(meant, 'Namespaces here', known),
      weighs: meant !== undefined,
    };
  });
};

const namespacesOf = ({ clusters }: Graph): readonly string[] => {
  const found = clusters.all.flatMap(({ cluster, kustomizations }) => [
    ...cluster.objects.flatMap(
      ({ root }) => stringAt(root, 'metadata', stringAt(root, 'kind') === 'Namespace' ? 'name' : 'namespace') ?? [],
    ),
    ...kustomizations.flatMap((view) => readable(() => view.spec.targetNamespace) ?? []),
  ]);
  return [...new Set(found)].sort(byText);
};
