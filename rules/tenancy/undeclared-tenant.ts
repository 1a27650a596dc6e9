import { defineRule, yaml } from '../../src/rule.ts';

export const undeclaredTenant = defineRule({
  id: 'tenancy/undeclared-tenant',
  severity: 'info',
  summary: 'Flux applies another repository of the same owner with its own rights, and nothing says whose it is',
  why: `Whoever may push to that repository is an administrator of the cluster, for Flux applies it as cluster-admin. That is fine
    where the repository is the platform's own: CI, monitoring, a fork. Where it is another team's, say so, and the rules
    about tenants ask for the fences that a tenant needs.`,
  hint: "Where it is another team's: name it under tenants in .flux-lint.yaml, or label the Kustomization toolkit.fluxcd.io/tenant.",
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-sync.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { url: ssh://git@git.example.com/acme/fleet, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { path: ./clusters/example, interval: 5m, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n',
      'clusters/example/billing.yaml': yaml`
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: { name: billing, namespace: flux-system }
        spec:
          url: ssh://git@git.example.com/acme/billing # expect: tenancy/undeclared-tenant
          interval: 5m
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec: { path: ./deploy, interval: 5m, prune: true, sourceRef: { kind: GitRepository, name: billing } }
      `,
    },
    good: {
      'clusters/example/flux-system/gotk-sync.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { url: ssh://git@git.example.com/acme/fleet, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { path: ./clusters/example, interval: 5m, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n',
      'clusters/example/billing.yaml': yaml`
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: { name: billing, namespace: flux-system }
        spec:
          url: ssh://git@git.example.com/acme/billing
          interval: 5m
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: billing } }
        spec: { path: ./deploy, interval: 5m, prune: true, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }
      `,
    },
  },

  *cluster(cluster, { graph }) {
    if (graph.clusters.lockdown(cluster).defaultServiceAccount === 'set') return;
    for (const { source, url, kustomizations } of graph.tenants.undeclared(cluster)) {
      const [first, ...others] = kustomizations;
      const who = others.length === 0 ? first.id : `${first.id} and ${others.length} more`;
      yield {
        at: source.origin('/spec/url'),
        message: `Flux applies ${url} with its own rights (${who}), so whoever may push there is an administrator of the cluster. It is the platform's own repository, or another team's.`,
        related: kustomizations
          .slice(0, 5)
          .map((view) => ({ at: view.origin('/metadata/name'), message: `${view.id} builds from it, without a service account` })),
      };
    }
  },
});
