import { defineRule } from '../../src/rule.ts';

export const clusterScopedObject = defineRule({
  id: 'tenancy/cluster-scoped-object',
  severity: 'error',
  summary: 'A tenant brings an object that belongs to the whole cluster',
  why: `ClusterRoles, CRDs, webhooks, Namespaces and the like are everybody's. An account that may write in the tenant's
    namespaces only cannot apply them: Flux fails with \`is forbidden\`, and nothing else of that Kustomization is deployed.
    With a mightier account, one tenant decides for all. \`targetNamespace\` does not stop them.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  hint: "Move it to the platform's repository.",
  examples: {
    bad: {
      '.flux-lint.yaml': 'repositories:\n  ssh://git@git.example.com/acme/billing: ./repositories/billing\n',
      'repositories/billing/deploy/role.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole # expect: tenancy/cluster-scoped-object\nmetadata:\n  name: billing\nrules: []\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
    good: {
      '.flux-lint.yaml': 'repositories:\n  ssh://git@git.example.com/acme/billing: ./repositories/billing\n',
      'repositories/billing/deploy/role.yaml':
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: billing\n  namespace: billing\nrules: []\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
  },

  *kustomization(kustomization, { graph }) {
    const tenant = graph.tenants.of(kustomization);
    if (!tenant) return;
    for (const object of kustomization.objects) {
      if (graph.schemas.scope(object) !== 'Cluster') continue;
      yield {
        at: object.origin('/kind'),
        message: `Tenant ${tenant.name} brings ${object.kind} ${object.name}, which belongs to the whole cluster. Flux fails for want of rights, or lets the tenant decide for everybody.`,
        clusters: [kustomization.target],
      };
    }
  },
});
