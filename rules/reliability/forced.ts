import { defineRule, yaml } from '../../src/rule.ts';

export const forced = defineRule({
  id: 'reliability/forced',
  severity: 'info',
  summary: 'Force is left on',
  why: `With \`force: true\` Flux deletes and recreates whatever the API server does not let it change: a Deployment whose selector
    was edited is gone until its new pods run, a StatefulSet, a Service with its address. Meant for one migration and left
    on, it turns the next harmless-looking edit into an outage.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#force',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        force: true # expect: reliability/forced
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
    if (kustomization.spec.force !== true) return;
    yield {
      at: kustomization.origin('/spec/force'),
      message: `${kustomization.id} deletes and recreates every object with an edit that the API server refuses, such as a selector: its pods and addresses are gone meanwhile.`,
      hint: 'Take it out, and mark single objects with kustomize.toolkit.fluxcd.io/force: enabled, such as Jobs.',
    };
  },
});
