import { defineRule, type Graph, type KustomizationView, yaml } from '../../src/rule.ts';

export const singleFileManyTenants = defineRule({
  id: 'blast-radius/single-file-many-tenants',
  severity: 'info',
  summary: 'One file brings in several tenants',
  why: `An edit meant for one tenant is one slip of an indentation away from the others: a broken document stops the whole file, and
    with it everybody it brings in. A file for each tenant can have its own reviewers, too.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  hint: 'Give each tenant a file, or a folder, of its own.',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: shop }
      spec: { url: ssh://git@git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: billing # expect: blast-radius/single-file-many-tenants
        namespace: billing
        labels: { toolkit.fluxcd.io/tenant: billing }
      spec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: shop, labels: { toolkit.fluxcd.io/tenant: shop } }
      spec: { path: ./deploy, serviceAccountName: shop, sourceRef: { kind: GitRepository, name: shop } }
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: billing, namespace: billing }
      spec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
      spec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }
    `,
  },

  *graph(graph) {
    for (const [path, views] of entriesByFile(graph)) {
      const tenants = new Map(views.map((view) => [graph.tenants.of(view)?.name ?? '', view] as const));
      const [first, ...others] = [...tenants.values()];
      if (!first || others.length === 0) continue;
      yield {
        at: first.origin('/metadata/name'),
        message: `${path} brings in ${tenants.size} tenants: ${[...tenants.keys()].sort().join(', ')}. An edit for one of them may stop them all.`,
        related: others
          .slice(0, 5)
          .map((view) => ({ at: view.origin('/metadata/name'), message: `${graph.tenants.of(view)?.name} comes in here` })),
        tenants: [...tenants.keys()],
        clusters: [...new Set(views.map(({ cluster }) => cluster))],
      };
    }
  },
});

/** The Kustomizations by which tenants come in, by the file that defines them. A template written once for all is one document. */
const entriesByFile = (graph: Graph): ReadonlyMap<string, readonly KustomizationView[]> => {
  const files = new Map<string, KustomizationView[]>();
  const documents = new Set<string>();
  for (const { kustomizations } of graph.clusters.all) {
    for (const view of kustomizations) {
      const tenant = graph.tenants.of(view);
      if (!tenant || tenant.entry !== view) continue;
      const { path, start } = view.root.span;
      const known = files.get(path) ?? [];
      files.set(path, known);
      if (!documents.has(`${path}:${start}`)) known.push(view);
      documents.add(`${path}:${start}`);
    }
  }
  return files;
};
