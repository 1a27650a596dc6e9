import { defineRule, type KustomizationView, yaml } from '../../src/rule.ts';

export const pruneDisabled = defineRule({
  id: 'reliability/prune-disabled',
  severity: 'info',
  summary: 'What is deleted from the repository lives on in the cluster',
  why: `With \`prune: false\` Flux applies and never deletes. A Deployment that is removed or renamed in the repository keeps
    running, is reconciled by nobody and shows up in no diff, until someone wonders what it is for. A Kustomization that holds
    nothing but CRDs, namespaces or volumes is let be: there \`prune: false\` keeps what must not go.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',
  remedy: 'Set prune: true.',
  unless: 'Not for what must outlive its manifest, such as volumes and namespaces.',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: false # expect: reliability/prune-disabled
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
  },

  *kustomization(kustomization) {
    if (kustomization.spec.prune !== false || isVault(kustomization)) return;
    yield {
      at: kustomization.origin('/spec/prune'),
      message: `${kustomization.id} does not prune: what is deleted or renamed in the repository stays in the cluster, and nothing watches it.`,
      hint: 'Set prune: true, and mark the objects that must survive with kustomize.toolkit.fluxcd.io/prune: disabled.',
    };
  },
});

const guarded = ['CustomResourceDefinition', 'Namespace', 'PersistentVolume', 'PersistentVolumeClaim'];

/** Nothing but what takes data along when it goes: not pruning is how it is kept. */
const isVault = ({ objects }: KustomizationView): boolean => objects.length > 0 && objects.every(({ kind }) => guarded.includes(kind));
