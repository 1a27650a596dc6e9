import { addField, defineRule, type Graph, type KustomizationView, nearest, yaml } from '../../src/rule.ts';

export const unknownDependency = defineRule({
  id: 'references/unknown-dependency',
  severity: 'error',
  fixable: 'safe',
  summary: 'A Kustomization depends on one that its cluster does not apply',
  why: `Flux holds a Kustomization back until those it depends on are ready. One that does not exist never is, so nothing of
    this Kustomization is ever deployed, while every manifest looks right on its own. Flux says:
    \`dependency 'ns/name' not found\`. Without a namespace, a dependency is looked for in the Kustomization's own.`,
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
          - name: databases # expect: references/unknown-dependency
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
    for (const [index, dependency] of (kustomization.spec.dependsOn ?? []).entries()) {
      const name = dependency.name ?? '';
      const namespace = dependency.namespace ?? kustomization.namespace;
      const { answer } = graph.couldExist(kustomization.cluster, { kind: 'Kustomization', namespace, name });
      if (answer === 'exists') continue;

      const namesakes = graph.kustomizationsNamed(kustomization.cluster, name);
      const meant = misspelt(kustomization, name, graph);
      const field = `/spec/dependsOn/${index}`;
      const [only, ...others] = namesakes;
      yield {
        at: kustomization.origin(`${field}/name`),
        message: `${kustomization.id} waits for ${namespace}/${name}, which is not on its cluster. Flux never deploys it.`,
        hint: meant === undefined || only ? undefined : `Did you mean ${meant}?`,
        related: namesakes.map((other) => ({ at: other.origin('/metadata/name'), message: `${other.id} has the same name` })),
        // Content that is not at hand may bring it, unless something here shows what was meant.
        atMost: answer === 'unknown' && !only && meant === undefined ? 'info' : undefined,
        // A single namesake is what the author meant; among several it would be a guess.
        fix:
          only && others.length === 0 && dependency.namespace === undefined
            ? addField(kustomization, `${field}/namespace`, only.namespace)
            : undefined,
      };
    }
  },
});

const misspelt = (kustomization: KustomizationView, name: string, graph: Graph): string | undefined => {
  const names = (graph.cluster(kustomization.cluster)?.kustomizations ?? []).map((other) => other.name);
  return nearest(
    name,
    names.filter((other) => other !== kustomization.name),
  );
};
