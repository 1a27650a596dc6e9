import { defineRule } from '../../src/rule.ts';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const unsupportedFeature = defineRule({
  id: 'build/unsupported-feature',
  severity: 'error',
  summary: 'A kustomization uses what kustomize-controller refuses to run',
  why: `Flux builds without Helm, without plugins that are programs and without containers, and no flag turns them on. A
    kustomization with \`helmCharts\` that builds on your machine with \`--enable-helm\` fails in the cluster with \`must specify
    --enable-helm\`.`,
  hint: 'Use a HelmRelease for a chart; commit what a plugin generates.',
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file',
  examples: {
    bad: {
      'kustomization.yaml':
        'helmCharts:\n  - name: redis # expect: build/unsupported-feature\n    repo: https://charts.example.com\n    version: 20.1.0\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - release.yaml\n',
      'release.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: redis\n  namespace: shop\nspec:\n  interval: 1h\n  chartRef:\n    kind: OCIRepository\n    name: redis\n',
    },
  },
});
