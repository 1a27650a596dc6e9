import { defineRule } from '../../src/rule.ts';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const duplicateObject = defineRule({
  id: 'build/duplicate-object',
  severity: 'error',
  summary: 'One build holds the same object twice',
  why: `kustomize takes each object once, by group, kind, name and namespace. A second one ends the build with \`may not add
    resource with an already registered id\`: the same file listed twice, one base by two ways, a copy whose name nobody
    changed, or a namespace that is set over two objects of one name. Flux fails, too, where variables give two objects one name.`,
  hint: 'List it once, or give one of the two another name or namespace.',
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  fixable: 'safe',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - config.yaml\n  - copy.yaml # expect: build/duplicate-object\n',
      'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
      'copy.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - config.yaml\n  - copy.yaml\n',
      'config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
      'copy.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop-mobile\n',
    },
  },
});
