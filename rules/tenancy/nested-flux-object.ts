import { anyGlob, defineRule, type Graph, type HelmReleaseView, type KustomizationView, type Tenant } from '../../src/rule.ts';

export const nestedFluxObject = defineRule({
  id: 'tenancy/nested-flux-object',
  severity: 'error',
  summary: 'A tenant brings a Kustomization or HelmRelease that has no service account or deploys outside its namespaces',
  why: `The account of the tenant's Kustomization holds for what that Kustomization applies itself. A Kustomization or
    HelmRelease among it is reconciled by Flux on its own, with the controllers' rights, cluster-admin, unless it names an account.
    That is the way round every other fence.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  examples: {
    bad: {
      '.flux-lint.yaml': 'repositories:\n  ssh://git@git.example.com/acme/billing: ./repositories/billing\n',
      'repositories/billing/deploy/release.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: billing, namespace: billing }\nspec: # expect: tenancy/nested-flux-object\n  interval: 10m\n  chartRef: { kind: OCIRepository, name: billing }\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
    good: {
      '.flux-lint.yaml': 'repositories:\n  ssh://git@git.example.com/acme/billing: ./repositories/billing\n',
      'repositories/billing/deploy/release.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: billing, namespace: billing }\nspec:\n  interval: 10m\n  serviceAccountName: billing\n  chartRef: { kind: OCIRepository, name: billing }\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
  },

  *kustomization(kustomization, { graph }) {
    const tenant = graph.tenants.of(kustomization);
    if (tenant && tenant.entry !== kustomization) yield* judge(kustomization, tenant, graph);
  },

  *helmRelease(release, { graph }) {
    const tenant = graph.tenants.of(release.owner);
    if (tenant) yield* judge(release, tenant, graph);
  },
});

const judge = function* (object: KustomizationView | HelmReleaseView, tenant: Tenant, graph: Graph) {
  const { serviceAccountName, kubeConfig, targetNamespace } = object.spec;
  // A kubeConfig brings an account of its own.
  if (kubeConfig !== undefined) return;
  const cluster = graph.clusters.get(tenant.entry.cluster);
  const defaultAccount = cluster ? graph.clusters.lockdown(cluster).defaultServiceAccount : 'unknown';
  if (serviceAccountName === undefined && defaultAccount !== 'set') {
    yield {
      at: object.origin('/spec/serviceAccountName'),
      message: `Tenant ${tenant.name} brings ${object.kind} ${object.id} without serviceAccountName. Flux reconciles it with the controllers' own rights: cluster-admin${defaultAccount === 'unknown' ? ', unless they were given a default account' : ''}.`,
      hint: `Let it name an account of ${object.namespace ?? 'its namespace'}, or start the controllers with --default-service-account.`,
      atMost: defaultAccount === 'unknown' ? ('warning' as const) : undefined,
    };
  }
  if (targetNamespace === undefined || tenant.namespaces.length === 0 || anyGlob(tenant.namespaces)(targetNamespace)) return;
  yield {
    at: object.origin('/spec/targetNamespace'),
    message: `Tenant ${tenant.name} brings ${object.kind} ${object.id}, which deploys to ${targetNamespace}: not a namespace of the tenant's (${tenant.namespaces.join(', ')}).`,
  };
};
