import { defineRule } from '../../src/rule.ts';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const missingResource = defineRule({
  id: 'build/missing-resource',
  severity: 'error',
  summary: 'A kustomization lists a file or directory that does not exist',
  why: `kustomize fails the whole build for one missing entry, so Flux stops reconciling every Kustomization that uses this
    directory. Often a file was moved or renamed, or was never committed.`,
  hint: 'Add the file or directory, commit it, or take the entry away.',
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - namespace.yaml\n  - deploymnet.yaml # expect: build/missing-resource\n',
      'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
      'deployment.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - namespace.yaml\n  - deployment.yaml\n',
      'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
      'deployment.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
    },
  },
});
