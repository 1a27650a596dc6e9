import { defineRule, didYouMean, yaml } from '../../src/rule.ts';

export const unknownSubstituteSource = defineRule({
  id: 'references/unknown-substitute-source',
  severity: 'error',
  summary: 'Variables come from a ConfigMap or Secret that nothing creates',
  why: `Before it applies anything, Flux reads every object under \`postBuild.substituteFrom\`, in the namespace of the
    Kustomization. If one is not there and not \`optional\`, the Kustomization fails with
    \`substitute from 'ConfigMap/name' error: … not found\`, and nothing of it is deployed. People, operators and Terraform make
    ConfigMaps and Secrets outside of git all the time: that git has none is an info, unless it has one of almost that name, of
    the other kind or in another namespace.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  hint: 'If it is made outside of git, list it under external in .flux-lint.yaml, with its keys.',
  examples: {
    bad: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-setting, namespace: flux-system }
      data: { region: eu-west-1 }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        postBuild:
          substituteFrom:
            - kind: ConfigMap
              name: cluster-settings # expect: references/unknown-substitute-source
    `,
    good: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-settings, namespace: flux-system }
      data: { region: eu-west-1 }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        postBuild:
          substituteFrom:
            - kind: ConfigMap
              name: cluster-settings
    `,
  },

  *cluster(cluster, { graph }) {
    const missing = graph.references.missing(cluster, 'substitute');
    for (const { wanted, first, others, isProven, why, namesakes, meant, renamed, related } of missing) {
      if (renamed) continue;
      const id = `${wanted.kind} ${wanted.namespace}/${wanted.name}`;
      const count = others.length === 0 ? '' : ` So do ${others.length} more.`;
      yield {
        at: first.referrer.origin(first.namePointer),
        message: isProven
          ? `${first.by} takes variables from ${id}, which nothing on its cluster creates.${count} Flux fails with "substitute from '${wanted.kind}/${wanted.name}' error".`
          : `${first.by} takes variables from ${id}, which is not in this repository.${count} It may come from elsewhere: ${why}.`,
        hint: namesakes.length > 0 ? `Flux looks for it in ${wanted.namespace} only: create it there, too.` : didYouMean(meant),
        related,
        atMost: isProven ? undefined : 'info',
      };
    }
  },
});
