import { defineRule } from '../../src/rule.ts';

/** Found by the kustomize evaluator and where Kustomizations are evaluated; nothing here looks for it. */
export const cycle = defineRule({
  id: 'build/cycle',
  severity: 'error',
  summary: 'Directories that are built from each other',
  why: `A kustomization may use any directory but one that is being built already, or one above it: kustomize fails with
    \`cycle detected\`. The usual way there is \`resources: [..]\`, or a base that was given an entry for one of its overlays.`,
  hint: 'Take the entry away that leads back, and move what both directories need into one that neither is in.',
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - shop\n',
      'shop/kustomization.yaml': 'resources:\n  - ../base\n',
      'base/kustomization.yaml': 'resources:\n  - ../shop # expect: build/cycle\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - shop\n',
      'shop/kustomization.yaml': 'resources:\n  - ../base\n',
      'base/kustomization.yaml': 'resources:\n  - config.yaml\n',
      'base/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
  },
});
