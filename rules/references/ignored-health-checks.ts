import { defineRule, yaml } from '../../src/rule.ts';

export const ignoredHealthChecks = defineRule({
  id: 'references/ignored-health-checks',
  severity: 'info',
  summary: 'Health checks are listed, and wait: true makes Flux ignore the list',
  why: `With \`wait: true\` Flux checks everything that it applied, and nothing else: the list under \`healthChecks\` has no
    effect. What is on it and comes from elsewhere, such as the Deployment of a chart, is never looked at.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks',
  hint: 'Remove the list, or remove wait: true to check only what is on it.',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        wait: true
        healthChecks:
          - { apiVersion: apps/v1, kind: Deployment, name: shop, namespace: shop } # expect: references/ignored-health-checks
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        healthChecks:
          - { apiVersion: apps/v1, kind: Deployment, name: shop, namespace: shop }
    `,
  },

  *kustomization(kustomization) {
    const { wait, healthChecks = [] } = kustomization.spec;
    if (wait !== true || healthChecks.length === 0) return;
    yield {
      at: kustomization.origin('/spec/healthChecks'),
      message: `${kustomization.id} lists health checks and waits for everything it applies: Flux ignores the list.`,
      related: [{ at: kustomization.origin('/spec/wait'), message: 'wait is set here' }],
    };
  },
});
