import { defineRule } from '../../src/rule.ts';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const invalidKustomization = defineRule({
  id: 'build/invalid-kustomization',
  severity: 'error',
  summary: 'A kustomization file that kustomize rejects, or of which Flux drops a part',
  why: `kustomize reads \`kustomization.yaml\` strictly: an unknown field, a number where a text is due, another \`kind\` or
    \`apiVersion\`, two kustomization files in one directory, or a Component listed under \`resources\` fail the build with
    \`invalid Kustomization\` or \`accumulating resources\`. The one file that a Flux Kustomization applies itself is read loosely: there an unknown field
    vanishes without a word, which is worse to find.`,
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  remedy: 'Correct the field that the message names; kustomize knows no other.',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - shop\n',
      'shop/kustomization.yaml': 'resource: # expect: build/invalid-kustomization\n  - config.yaml\nnamespace: shop\n',
      'shop/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - shop\n',
      'shop/kustomization.yaml': 'resources:\n  - config.yaml\nnamespace: shop\n',
      'shop/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
  },
});
