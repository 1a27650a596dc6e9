import { defineRule } from '../../src/rule.ts';

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n  namespace: shop\nspec:\n  replicas: 1\n';

/** Found by the kustomize evaluator; nothing here looks for it. */
export const patchWithoutTarget = defineRule({
  id: 'build/patch-without-target',
  severity: 'error',
  summary: 'A strategic-merge patch whose object is not in the build',
  why: `A strategic-merge patch without \`target\` says itself which object it changes: apiVersion, kind, name and namespace must
    all be those of exactly one object in the build. Where none agrees, kustomize fails with \`no resource matches strategic merge
    patch\`. Often the base was renamed, or the object has a namespace that the patch does not repeat.`,
  reference: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',
  remedy: 'Name the object as the build has it (apiVersion, kind, name, namespace), or give the patch a target.',
  examples: {
    bad: {
      'kustomization.yaml': 'resources:\n  - deployment.yaml\npatches:\n  - path: replicas.yaml\n',
      'deployment.yaml': deployment,
      'replicas.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop # expect: build/patch-without-target\nspec:\n  replicas: 3\n',
    },
    good: {
      'kustomization.yaml': 'resources:\n  - deployment.yaml\npatches:\n  - path: replicas.yaml\n',
      'deployment.yaml': deployment,
      'replicas.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n  namespace: shop\nspec:\n  replicas: 3\n',
    },
  },
});
