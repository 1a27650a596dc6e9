import { defineRule, didYouMean, type Missing, type Problem, yaml } from '../../src/rule.ts';

export const unknownSource = defineRule({
  id: 'references/unknown-source',
  severity: 'error',
  summary: 'A Kustomization or HelmRelease names a source that its cluster does not get',
  why: `Flux finds a source by kind, name and namespace; without a namespace, in the referrer's own. Where one of the three is
    off, the Kustomization fails with \`gitrepositories.source.toolkit.fluxcd.io "x" not found\` and deploys nothing, and a
    HelmRelease waits for its chart for ever. So it is with what image automation, artifact generators and alerts refer to.`,
  reference: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { url: https://git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./deploy
        sourceRef:
          kind: GitRepository
          name: shops # expect: references/unknown-source
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { url: https://git.example.com/acme/shop, interval: 5m }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec:
        path: ./deploy
        sourceRef:
          kind: GitRepository
          name: shop
    `,
  },

  *cluster(cluster, { graph }) {
    for (const missing of graph.references.missing(cluster, 'source')) if (!missing.renamed) yield problem(missing);
  },
});

const problem = ({ wanted, first, others, namesakes, meant, isProven, why, related }: Missing): Problem => {
  const id = `${wanted.kind} ${wanted.namespace}/${wanted.name}`;
  const count = others.length === 0 ? '' : ` So do ${others.length} more.`;
  return {
    at: first.referrer.origin(first.namePointer),
    message: isProven
      ? `${first.by} needs ${id}, which is not on its cluster.${count} ${consequence(first.referrer.kind)}`
      : `${first.by} needs ${id}, which is not in this repository.${count} It may come from elsewhere: ${why}.`,
    hint: namesakes.length === 0 ? didYouMean(meant) : undefined,
    related,
    atMost: isProven ? undefined : 'info',
  };
};

const consequence = (kind: string): string => {
  switch (kind) {
    case 'Kustomization':
      return 'Flux deploys nothing of it and says "not found".';
    case 'HelmRelease':
      return 'Flux installs nothing and says "could not get Source object".';
    case 'Alert':
      return 'Flux sends nothing.';
    default:
      return 'Flux says "not found" and does nothing.';
  }
};
