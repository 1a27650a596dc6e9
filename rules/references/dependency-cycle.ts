import { defineRule, type HelmReleaseView, type KustomizationView, type Problem, yaml } from '../../src/rule.ts';

export const dependencyCycle = defineRule({
  id: 'references/dependency-cycle',
  severity: 'error',
  summary: 'Kustomizations or HelmReleases wait for each other in a circle',
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
    const cycle = graph.order.cycleFrom(kustomization);
    if (cycle) yield problem(cycle);
  },

  *cluster(cluster, { graph }) {
    for (const release of cluster.ownReleases) {
      const cycle = graph.order.releaseCycleFrom(release);
      if (cycle) yield problem(cycle);
    }
  },
});

type Member = KustomizationView | HelmReleaseView;

const problem = (cycle: readonly [Member, ...Member[]]): Problem => {
  const [first, ...rest] = cycle;
  const edges = cycle.map((member, position) => {
    const next = cycle[position + 1] ?? first;
    const index = (member.spec.dependsOn ?? []).findIndex(
      ({ name, namespace }) => name === next.name && (namespace ?? member.namespace) === next.namespace,
    );
    return { at: member.origin(`/spec/dependsOn/${index}/name`), message: `${member.id} waits for ${next.id}` };
  });
  const way = [...cycle, first].map(({ id }) => id).join(' → ');
  return {
    at: edges[0]?.at ?? first.root,
    message:
      rest.length === 0
        ? `${first.id} waits for itself. Flux never deploys it.`
        : `${way}: each waits for the next, so Flux never deploys any of them.`,
    hint: 'Remove the dependency that is not needed, or move what both need into a Kustomization of its own.',
    related: edges.slice(1),
  };
};
