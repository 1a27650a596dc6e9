import { addField, defineRule, didYouMean, type Missing, type Problem, yaml } from '../../src/rule.ts';

export const unknownDependency = defineRule({
  id: 'references/unknown-dependency',
  severity: 'error',
  fixable: 'safe',
  summary: 'A Kustomization or HelmRelease depends on one that its cluster does not apply',
  why: `Flux holds a Kustomization back until those it depends on are ready. One that does not exist never is, so nothing of
    this Kustomization is ever deployed, while every manifest looks right on its own. Flux says:
    \`dependency 'ns/name' not found\`, of a HelmRelease \`unable to get 'ns/name' dependency\`. Without a namespace, a
    dependency is looked for in the dependent's own.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn:
          - name: databases # expect: references/unknown-dependency
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: apps, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        dependsOn:
          - name: databases
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: databases, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
    `,
  },

  *cluster(cluster, { graph }) {
    for (const missing of graph.references.missing(cluster, 'dependency')) {
      if (missing.renamed || graph.references.otherKindOf(missing)) continue;
      yield problem(missing);
    }
  },
});

const problem = ({ wanted, first, others, namesakes, meant, isProven, why, related }: Missing): Problem => {
  const id = `${wanted.namespace}/${wanted.name}`;
  const count = others.length === 0 ? '' : ` So do ${others.length} more.`;
  const [only, ...more] = namesakes;
  return {
    at: first.referrer.origin(first.namePointer),
    message: isProven
      ? `${first.by} waits for ${id}, which is not on its cluster.${count} Flux never deploys it.`
      : `${first.by} waits for ${id}, which is not in this repository.${count} It may come from elsewhere: ${why}.`,
    hint: only ? undefined : didYouMean(meant),
    related,
    atMost: isProven ? undefined : 'info',
    // A single namesake is what the author meant; among several it would be a guess.
    fix: only?.namespace !== undefined && more.length === 0 ? fix([first, ...others], only.namespace) : undefined,
  };
};

const fix = (references: readonly Missing['first'][], namespace: string): Problem['fix'] => {
  const fixes = references.map(({ referrer, pointer }) =>
    referrer.node(`${pointer}/namespace`) === undefined ? addField(referrer, `${pointer}/namespace`, namespace) : undefined,
  );
  const [first] = fixes;
  return first && { ...first, edits: fixes.flatMap((one) => one?.edits ?? []) };
};
