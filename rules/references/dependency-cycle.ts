import { defineRule, yaml } from '../../src/rule.ts';

export const dependencyCycle = defineRule({
  id: 'references/dependency-cycle',
  severity: 'error',
  summary: 'Kustomizations wait for each other in a circle',
  why: `Each of them waits until the next one is ready, so none ever starts. Flux does not look for cycles: it reports
    \`dependency is not ready\` every thirty seconds, on all of them, for ever.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec:
        path: ./apps
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn:
          - name: databases # expect: references/dependency-cycle
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: databases, namespace: flux-system }
      spec:
        path: ./databases
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn:
          - name: apps
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec:
        path: ./apps
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn:
          - name: databases
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: databases, namespace: flux-system }
      spec:
        path: ./databases
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
  },

  *kustomization(kustomization, { graph }) {
    const cycle = graph.cycleFrom(kustomization);
    if (!cycle) return;
    const edges = cycle.map((member, position) => {
      const next = cycle[(position + 1) % cycle.length] ?? kustomization;
      const index = (member.spec.dependsOn ?? []).findIndex(
        ({ name, namespace }) => name === next.name && (namespace ?? member.namespace) === next.namespace,
      );
      return { at: member.origin(`/spec/dependsOn/${index}/name`), message: `${member.id} waits for ${next.id}` };
    });
    const [first, ...rest] = edges;
    if (!first) return;
    const way = [...cycle, kustomization].map(({ id }) => id).join(' → ');
    yield {
      at: first.at,
      message:
        rest.length === 0
          ? `${kustomization.id} waits for itself. Flux never deploys it.`
          : `${way}: each waits for the next, so Flux never deploys any of them.`,
      hint: 'Remove the dependency that is not needed, or move what both need into a Kustomization of its own.',
      related: rest,
    };
  },
});
