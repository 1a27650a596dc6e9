import { anyGlob, defineRule } from '../../src/rule.ts';

export const leavesNamespace = defineRule({
  id: 'tenancy/leaves-namespace',
  severity: 'error',
  summary: "A tenant brings an object for a namespace that is not the tenant's",
  why: `Where the tenant's account may write in its own namespaces only, Flux refuses the object with \`is forbidden\`, and
    with it everything else of that Kustomization. Where the account may write anywhere, the object lands in another
    team's namespace, or the platform's.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  examples: {
    bad: {
      '.flux-lint.yaml':
        'repositories:\n  ssh://git@git.example.com/acme/billing: ./repositories/billing\ntenants:\n  - { name: billing, kustomizations: ["*/billing"], namespaces: [billing] }\n',
      'repositories/billing/deploy/config.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: billing\n  namespace: shop # expect: tenancy/leaves-namespace\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
    good: {
      '.flux-lint.yaml':
        'repositories:\n  ssh://git@git.example.com/acme/billing: ./repositories/billing\ntenants:\n  - { name: billing, kustomizations: ["*/billing"], namespaces: [billing] }\n',
      'repositories/billing/deploy/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: billing\n  namespace: billing\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: billing }\nspec: { url: ssh://git@git.example.com/acme/billing, interval: 5m }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: billing }\nspec: { path: ./deploy, serviceAccountName: billing, sourceRef: { kind: GitRepository, name: billing } }\n',
    },
  },

  *kustomization(kustomization, { graph }) {
    const tenant = graph.tenants.of(kustomization);
    if (!tenant || tenant.namespaces.length === 0) return;
    const isOwn = anyGlob(tenant.namespaces);
    for (const object of kustomization.objects) {
      if (object.namespace === undefined || isOwn(object.namespace)) continue;
      yield {
        at: object.origin('/metadata/namespace'),
        message: `${object.kind} ${object.name} of tenant ${tenant.name} goes to namespace ${object.namespace}, which is not the tenant's (${tenant.namespaces.join(', ')}). Flux refuses it, or lets the tenant write there.`,
        hint: `Deploy it to a namespace of the tenant; targetNamespace in ${kustomization.id} would force it.`,
        clusters: [kustomization.target],
      };
    }
  },
});
