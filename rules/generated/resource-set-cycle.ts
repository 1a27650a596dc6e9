import { defineRule, yaml } from '../../src/rule.ts';

export const resourceSetCycle = defineRule({
  id: 'generated/resource-set-cycle',
  severity: 'error',
  summary: 'ResourceSets wait for each other, or for what they make themselves',
  why: `The Flux Operator applies a ResourceSet only once everything under \`dependsOn\` is there and, with \`ready\`, ready. Sets that
    wait for each other wait for ever, and so does one that waits for an object that nothing but itself makes. On a cluster
    where all is there already nobody notices; on a new one nothing of them is ever made.`,
  reference: 'https://fluxcd.control-plane.io/operator/resourceset/',
  kinds: ['ResourceSet'],
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: teams, namespace: flux-system }
      spec:
        dependsOn:
          - apiVersion: v1 # expect: generated/resource-set-cycle
            kind: Namespace
            name: checkout
        inputs:
          - team: checkout
        resources:
          - apiVersion: v1
            kind: Namespace
            metadata:
              name: << inputs.team >>
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
      ---
      apiVersion: v1
      kind: Namespace
      metadata: { name: checkout }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: teams, namespace: flux-system }
      spec:
        dependsOn:
          - apiVersion: v1
            kind: Namespace
            name: checkout
        inputs:
          - team: checkout
        resources:
          - apiVersion: v1
            kind: ServiceAccount
            metadata:
              name: << inputs.team >>
              namespace: << inputs.team >>
    `,
  },

  *object(object, { graph }) {
    for (const { at, wanted, circle } of graph.generators.endless(object)) {
      const [, ...others] = circle;
      const message =
        others.length === 0
          ? `${object.label} waits for ${wanted}, which nothing but itself makes: it is never applied.`
          : `${object.label} waits for ${wanted}, and that for ${object.label} by way of ${others.map(({ label }) => label).join(', ')}: none of them is ever applied.`;
      yield {
        at,
        message,
        related: others.map((other) => ({ at: other.origin('/spec/dependsOn'), message: `${other.label} waits here` })),
      };
    }
  },
});
