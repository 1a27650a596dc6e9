import { changesByFile, defineRule } from '../../src/rule.ts';

export const changeCrossesTenants = defineRule({
  id: 'blast-radius/change-crosses-tenants',
  severity: 'warning',
  summary: 'One edit alters what several tenants run',
  why: `Tenants share a cluster so that they need not share a release. An edit of what two of them build from changes both, though
    one pull request asked one of them. The other learns of it from their dashboards.`,
  reference: 'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  unless: 'Not where one team owns all tenants and reviews every change for all.',
  hint: 'Ask both, or give each tenant a copy or a pinned revision of what they share.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/.flux-lint.yaml':
        'tenants:\n  - name: billing\n    kustomizations: ["*/billing"]\n    namespaces: [billing]\n  - name: shop\n    kustomizations: ["*/shop"]\n    namespaces: [shop]\n',
      'before/clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: billing\n  namespace: flux-system\nspec:\n  path: ./apps/billing\n  prune: true\n  targetNamespace: billing\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./apps/shop\n  prune: true\n  targetNamespace: shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/apps/billing/kustomization.yaml': 'resources:\n  - ../common\n',
      'before/apps/shop/kustomization.yaml': 'resources:\n  - ../common\n  - own.yaml\n',
      'before/apps/common/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'before/apps/shop/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\n  namespace: shop\ndata:\n  colour: red\n',
      'before/apps/common/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: red\n',
      'after/.flux-lint.yaml':
        'tenants:\n  - name: billing\n    kustomizations: ["*/billing"]\n    namespaces: [billing]\n  - name: shop\n    kustomizations: ["*/shop"]\n    namespaces: [shop]\n',
      'after/clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: billing\n  namespace: flux-system\nspec:\n  path: ./apps/billing\n  prune: true\n  targetNamespace: billing\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./apps/shop\n  prune: true\n  targetNamespace: shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/apps/billing/kustomization.yaml': 'resources:\n  - ../common\n',
      'after/apps/shop/kustomization.yaml': 'resources:\n  - ../common\n  - own.yaml\n',
      'after/apps/common/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'after/apps/shop/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\n  namespace: shop\ndata:\n  colour: red\n',
      'after/apps/common/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: green # expect: blast-radius/change-crosses-tenants\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/.flux-lint.yaml':
        'tenants:\n  - name: billing\n    kustomizations: ["*/billing"]\n    namespaces: [billing]\n  - name: shop\n    kustomizations: ["*/shop"]\n    namespaces: [shop]\n',
      'before/clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: billing\n  namespace: flux-system\nspec:\n  path: ./apps/billing\n  prune: true\n  targetNamespace: billing\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./apps/shop\n  prune: true\n  targetNamespace: shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/apps/billing/kustomization.yaml': 'resources:\n  - ../common\n',
      'before/apps/shop/kustomization.yaml': 'resources:\n  - ../common\n  - own.yaml\n',
      'before/apps/common/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'before/apps/shop/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\n  namespace: shop\ndata:\n  colour: red\n',
      'before/apps/common/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: red\n',
      'after/.flux-lint.yaml':
        'tenants:\n  - name: billing\n    kustomizations: ["*/billing"]\n    namespaces: [billing]\n  - name: shop\n    kustomizations: ["*/shop"]\n    namespaces: [shop]\n',
      'after/clusters/example/billing.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: billing\n  namespace: flux-system\nspec:\n  path: ./apps/billing\n  prune: true\n  targetNamespace: billing\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./apps/shop\n  prune: true\n  targetNamespace: shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/apps/billing/kustomization.yaml': 'resources:\n  - ../common\n',
      'after/apps/shop/kustomization.yaml': 'resources:\n  - ../common\n  - own.yaml\n',
      'after/apps/common/kustomization.yaml': 'resources:\n  - settings.yaml\n',
      'after/apps/shop/own.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\n  namespace: shop\ndata:\n  colour: green\n',
      'after/apps/common/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: red\n',
    },
  },

  *change(impact) {
    for (const { at, file, changes, clusters } of changesByFile(impact, ({ kustomization }) => kustomization.tenant !== undefined)) {
      const tenants = [...new Set(changes.flatMap(({ kustomization }) => kustomization.tenant ?? []))].sort();
      if (tenants.length < 2) continue;
      yield { at, message: `This change of ${file} alters what ${tenants.join(' and ')} run.`, clusters };
    }
  },
});
