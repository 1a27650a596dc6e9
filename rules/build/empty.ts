import { defineRule, yaml } from '../../src/rule.ts';

export const empty = defineRule({
  id: 'build/empty',
  severity: 'warning',
  summary: 'A Kustomization builds to nothing',
  why: `A directory without manifests, or with a kustomization that names none, is no error to Flux: the build succeeds and holds
    nothing. With \`prune: true\` Flux has just deleted everything that it applied from there before. An empty list that is
    written out (\`resources: []\`) is meant to be one, and an info.`,
  hint: 'Add what is missing, or correct the path; delete the Kustomization if nothing shall come from there.',
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  unless: 'Not for placeholders of what is to come.',
  examples: {
    bad: {
      'apps.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: apps, namespace: flux-system }
        spec:
          path: ./clusters/example/apps # expect: build/empty
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
      'apps/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
      'kustomization.yaml': 'resources:\n  - apps.yaml\n',
    },
    good: {
      'apps.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: apps, namespace: flux-system }
        spec:
          path: ./clusters/example/apps
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
      'apps/kustomization.yaml': 'resources:\n  - config.yaml\n',
      'apps/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\n',
      'kustomization.yaml': 'resources:\n  - apps.yaml\n',
    },
  },

  *kustomization(kustomization) {
    const { content } = kustomization;
    if (!kustomization.isWritten || content.type !== 'built' || content.failed) return;
    if (content.objects.length > 0 || content.build.leaves.length > 0) return;
    const prunes = kustomization.spec.prune === true;
    yield {
      at: kustomization.origin('/spec/path'),
      message: `${kustomization.id} builds to nothing: no manifest comes from ${content.directory === '' ? 'the root of its source' : content.directory}.${
        prunes ? ' Flux deletes all that it applied from there before.' : ''
      }`,
      // Whoever writes an empty list out means it: a stub, or what is switched on elsewhere.
      atMost: /^resources:[ \t]*\[[ \t]*\][ \t]*(#.*)?$/m.test(content.build.reads.kustomization?.text ?? '') ? 'info' : undefined,
      related: content.build.reads.kustomization
        ? [
            {
              at: { span: { path: content.build.reads.kustomization.path, start: 0, end: 0 }, via: [] },
              message: 'This is what it builds.',
            },
          ]
        : [],
    };
  },
});
