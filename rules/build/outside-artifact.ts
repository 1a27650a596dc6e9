import { defineRule } from '../../src/rule.ts';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const outsideArtifact = defineRule({
  id: 'build/outside-artifact',
  severity: 'error',
  summary: 'A kustomization names something outside the source',
  why: `Flux builds from the artifact of the source alone: what lies above its root, behind an absolute path, or
    at the end of a symbolic link is not there, however well it builds on your machine. The build fails with \`fs-security-constraint\`.`,
  hint: 'Move or copy it into the repository that the source fetches, below its root.',
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - ../../../shared/config # expect: build/outside-artifact\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - shared\n',
      'shared/kustomization.yaml': 'resources:\n  - config.yaml\n',
      'shared/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
  },
});
