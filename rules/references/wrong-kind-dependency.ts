import { defineRule, yaml } from '../../src/rule.ts';

export const wrongKindDependency = defineRule({
  id: 'references/wrong-kind-dependency',
  severity: 'error',
  summary: 'A Kustomization depends on the name of a HelmRelease, or the reverse',
  why: `\`dependsOn\` of a Kustomization names Kustomizations, that of a HelmRelease names HelmReleases; the two controllers do
    not know of each other. Flux looks for an object of the dependent's own kind, says \`dependency 'ns/name' not found\`
    every thirty seconds, and never deploys the dependent.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  examples: {
    bad: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: postgres, namespace: flux-system }
      spec: { interval: 1h }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn:
          - name: postgres # expect: references/wrong-kind-dependency
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: databases, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        wait: true
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn:
          - name: databases
    `,
  },

  *cluster(cluster, { graph }) {
    for (const missing of graph.references.missing(cluster, 'dependency')) {
      const other = graph.references.otherKindOf(missing);
      if (missing.renamed || !other) continue;
      const { first, others, wanted } = missing;
      const applier = 'owner' in other && wanted.kind === 'Kustomization' ? other.owner : undefined;
      yield {
        at: first.referrer.origin(first.namePointer),
        message: `${first.by} waits for a ${wanted.kind} ${wanted.name}, but that is the name of a ${other.kind}. Flux looks for a ${wanted.kind} only and waits for ever.`,
        hint:
          applier === undefined || applier.label === first.referrer.label
            ? `Depend on a ${wanted.kind}, or put both under Kustomizations and let one depend on the other.`
            : `Depend on ${applier.id}, the Kustomization that applies it, and let that one wait for its objects.`,
        related: [
          { at: other.origin('/metadata/name'), message: `${other.kind} ${other.namespace}/${other.name}` },
          ...others.map((more) => ({ at: more.referrer.origin(more.namePointer), message: `${more.by} waits for it, too` })),
        ],
      };
    }
  },
});
