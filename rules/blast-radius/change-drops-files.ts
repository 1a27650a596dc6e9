import { defineRule, droppedFiles } from '../../src/rule.ts';

export const changeDropsFiles = defineRule({
  id: 'blast-radius/change-drops-files',
  severity: 'error',
  summary: 'A new kustomization.yaml leaves out files that Flux applied until now',
  why: `In a directory without a kustomization.yaml Flux applies every manifest it finds. The first kustomization.yaml ends that: what
    it does not list is rendered no more, and prune deletes it. Prow, the CI of Kubernetes itself, went down so.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file',
  hint: 'List every file of the directory in the new kustomization.yaml.',
  examples: {
    bad: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'before/shop/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/shop/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n  namespace: shop\ndata:\n  colour: red\n',
      'after/shop/kustomization.yaml': 'resources: # expect: blast-radius/change-drops-files\n  - settings.yaml\n',
    },
    good: {
      'before/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'after/clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'before/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'before/shop/settings.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'before/shop/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n  namespace: shop\ndata:\n  colour: red\n',
      'after/clusters/example/shop.yaml':
        'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
      'after/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: red\n',
      'after/shop/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n  namespace: shop\ndata:\n  colour: red\n',
      'after/shop/kustomization.yaml': 'resources:\n  - settings.yaml\n  - other.yaml\n',
    },
  },

  *change(impact) {
    for (const { kustomization, cluster, file, dropped, removed } of droppedFiles(impact)) {
      const pruned = removed.filter(({ isPruned }) => isPruned).length;
      const count = removed.length === 1 ? 'one object' : `${removed.length} objects`;
      yield {
        at: { span: { path: file, start: 0, end: 0 }, via: [] },
        message: `${kustomization.id} applied every manifest of the directory; this file leaves out ${dropped.join(', ')}. Flux ${pruned > 0 ? `deletes ${count}` : `looks after ${count} no more`}.`,
        atMost: pruned > 0 ? undefined : 'warning',
        clusters: [cluster],
      };
    }
  },
});
