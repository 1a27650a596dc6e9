import { defineRule } from '../../src/rule.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const strayFile = defineRule({
  id: 'build/stray-file',
  severity: 'error',
  summary: 'Flux picks up a YAML file that is no manifest',
  why: `A directory without \`kustomization.yaml\` is taken whole: every \`.yaml\` and \`.yml\` file in it and below it must be
    Kubernetes objects, hidden ones included. One Helm values file, \`mkdocs.yml\` or tool configuration among them fails the build
    with \`failed to decode Kubernetes YAML\`, and nothing in the directory is reconciled any more.`,
  hint: 'Add a kustomization.yaml that lists the manifests, or exclude the file with .sourceignore.',
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file',
  examples: {
    bad: {
      'config.yaml': settings,
      'values.yaml': 'replicaCount: 2 # expect: build/stray-file\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - config.yaml\n',
      'config.yaml': settings,
      'values.yaml': 'replicaCount: 2\n',
    },
  },
});
