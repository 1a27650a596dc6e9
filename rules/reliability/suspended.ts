import { defineRule, yaml } from '../../src/rule.ts';

export const suspended = defineRule({
  id: 'reliability/suspended',
  severity: 'warning',
  summary: 'A Flux object that is committed as suspended',
  why: `A suspended object is not reconciled: what is merged for it does not arrive, drift is not corrected, and when it is deleted,
    what it applied stays behind. Suspended for an hour by someone who then went on holiday, it blocks every fix, and
    says Ready.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': yaml`
        # written by flux bootstrap
      `,
      'clusters/production/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec:
          interval: 1h
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
          suspend: true # expect: reliability/suspended
      `,
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': yaml`
        # written by flux bootstrap
      `,
      'clusters/production/billing.yaml': yaml`
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: { name: billing, namespace: flux-system }
        spec:
          interval: 1h
          prune: true
          sourceRef: { kind: GitRepository, name: flux-system }
      `,
    },
  },

  *object(object, { graph }) {
    if (!object.apiVersion.includes('.fluxcd.io/')) return;
    const suspend = object.node('/spec/suspend');
    if (suspend?.type !== 'scalar' || suspend.value !== true) return;
    // A hub's Kustomization for another cluster blocks that one.
    const target = graph.clusters.kustomization(object.cluster, object.namespace ?? '', object.name)?.target;
    const isProtected = graph.clusters.isProtected((object.kind === 'Kustomization' ? target : undefined) ?? object.cluster);
    yield {
      at: object.origin('/spec/suspend'),
      message: `${object.label} is suspended: nothing that is merged for it reaches the cluster, and its status stays as it was.`,
      hint: 'Take suspend out, or say beside it until when it stands.',
      atMost: isProtected ? undefined : 'info',
    };
  },
});
