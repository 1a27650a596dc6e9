import { defineRule, didYouMean, yaml } from '../../src/rule.ts';

export const unknownServiceAccount = defineRule({
  id: 'references/unknown-service-account',
  severity: 'error',
  summary: 'A Kustomization or HelmRelease impersonates an account that nothing creates',
  why: `Flux acts as \`system:serviceaccount:<namespace>:<name>\`, in the namespace of the Kustomization or HelmRelease. An
    account that does not exist has no rights: every apply fails with \`Forbidden: User "system:serviceaccount:…" cannot …\`,
    and when the account goes away later, Flux leaves behind what it should delete.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#service-account-reference',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        serviceAccountName: shop-deployer # expect: references/unknown-service-account
    `,
    good: yaml`
      apiVersion: v1
      kind: ServiceAccount
      metadata: { name: shop-deployer, namespace: flux-system }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./clusters
        sourceRef: { kind: GitRepository, name: flux-system }
        serviceAccountName: shop-deployer
    `,
  },

  *cluster(cluster, { graph }) {
    const missing = graph.references.missing(cluster, 'service-account');
    for (const { wanted, first, others, isProven, why, namesakes, meant, renamed, related } of missing) {
      if (renamed) continue;
      const count = others.length === 0 ? '' : ` So do ${others.length} more.`;
      yield {
        at: first.referrer.origin(first.namePointer),
        message: isProven
          ? `${first.by} acts as ServiceAccount ${wanted.namespace}/${wanted.name}, which nothing on its cluster creates.${count} Flux fails with "Forbidden".`
          : `${first.by} acts as ServiceAccount ${wanted.namespace}/${wanted.name}, which is not in this repository.${count} It may come from elsewhere: ${why}.`,
        hint: namesakes.length > 0 ? `Flux looks for it in ${wanted.namespace}: create it there.` : didYouMean(meant),
        related,
        atMost: isProven ? undefined : 'info',
      };
    }
  },
});
