import { defineRule } from '../../src/rule.ts';

export const platformSource = defineRule({
  id: 'tenancy/platform-source',
  severity: 'error',
  summary: "A Kustomization from a tenant's repository builds from the platform's own source",
  why: `The platform's repository holds manifests for every tenant, and often secrets that Flux decrypts. A Kustomization that
    a tenant writes and that builds from it chooses any path of it, with variables and patches of the tenant's choosing.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  hint: "Let the tenant build from a source of its own; with --no-cross-namespace-refs=true Flux refuses the platform's.",
  examples: {
    bad: {
      '.flux-lint.yaml': 'repositories:\n  ssh://git@git.example.com/acme/billing: ./repositories/billing\n',
      'repositories/billing/deploy/infrastructure.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: infrastructure, namespace: billing }\nspec:\n  path: ./clusters/example/flux-system\n  serviceAccountName: billing\n  sourceRef:\n    kind: GitRepository\n    name: flux-system # expect: tenancy/platform-source\n    namespace: flux-system\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
    good: {
      '.flux-lint.yaml': 'repositories:\n  ssh://git@git.example.com/acme/billing: ./repositories/billing\n',
      'repositories/billing/other/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: billing, namespace: billing }\n',
      'repositories/billing/deploy/other.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: other, namespace: billing }\nspec:\n  path: ./other\n  serviceAccountName: billing\n  sourceRef:\n    kind: GitRepository\n    name: billing\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
  },

  *kustomization(kustomization, { graph }) {
    const tenant = graph.tenants.of(kustomization);
    if (!tenant || tenant.entry === kustomization || !graph.sources.of(kustomization)?.isRoot) return;
    yield {
      at: kustomization.origin('/spec/sourceRef/name'),
      message: `${kustomization.id} comes from tenant ${tenant.name} and builds from the platform's own source. The tenant chooses what of it is applied.`,
      related: [{ at: tenant.entry.origin('/spec/sourceRef/name'), message: `${tenant.entry.id} applies what the tenant pushes` }],
    };
  },
});
