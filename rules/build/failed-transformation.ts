import { defineRule } from '../../src/rule.ts';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const failedTransformation = defineRule({
  id: 'build/failed-transformation',
  severity: 'error',
  summary: 'A generator or transformer of a kustomization that kustomize cannot carry out',
  why: `Replicas for a workload that is not in the build, a replacement that selects nothing or too much, a literal without
    \`=\`, a key that stands in a generator twice: kustomize ends the build there, Flux reports \`BuildFailed\`, and every
    Kustomization that uses the directory stays as it was.`,
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',
  remedy: 'Change the entry as the message says; `flux-lint build --kustomize DIR` shows what comes of it.',
  examples: {
    bad: {
      'kustomization.yaml':
        'configMapGenerator:\n  - name: shop\n    literals:\n      - currency # expect: build/failed-transformation "expected key=value"\n',
    },
    good: {
      'kustomization.yaml': 'configMapGenerator:\n  - name: shop\n    literals:\n      - currency=EUR\n',
    },
  },
});
