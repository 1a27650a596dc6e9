import { defineRule } from '../../src/rule.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\nspec:\n  replicas: 1\n';

/** Found by the kustomize evaluator; only the patches of HelmReleases are looked for here. */
export const invalidPatch = defineRule({
  id: 'build/invalid-patch',
  severity: 'error',
  summary: 'A patch that kustomize cannot apply',
  why: `A JSON patch that removes or changes what is not there, adds below a parent that does not exist, or has no \`target\`; a text
    that is neither a list of operations nor an object; an entry with both \`path\` and \`patch\`. kustomize fails the whole build,
    with \`doc is missing path\` or \`unable to parse SM or JSON patch\`. Helm's post-renderers run the same code on what a chart
    renders: there every install and upgrade fails.`,
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
  remedy: 'Correct the patch: the path, the operation or the YAML that the message names.',
  kinds: ['FluxInstance', 'HelmRelease'],
  examples: {
    bad: {
      'kustomization.yaml': [
        'resources:',
        '  - deployment.yaml',
        'patches:',
        '  - target:',
        '      kind: Deployment',
        '    patch: |',
        '      - op: add # expect: build/invalid-patch "doc is missing path"',
        '        path: /spec/strategy/type',
        '        value: Recreate',
        '',
      ].join('\n'),
      'deployment.yaml': deployment,
    },
    good: {
      'kustomization.yaml': [
        'resources:',
        '  - deployment.yaml',
        'patches:',
        '  - target:',
        '      kind: Deployment',
        '    patch: |',
        '      - op: add',
        '        path: /spec/strategy',
        '        value:',
        '          type: Recreate',
        '',
      ].join('\n'),
      'deployment.yaml': deployment,
    },
  },

  *helmRelease(release, { graph }) {
    yield* graph.releases.postRendererProblems(release);
  },

  *object(object, { graph }) {
    yield* graph.releases.instancePatches(object).problems;
  },
});
