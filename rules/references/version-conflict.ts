import { addToGroup, type ClusterView, defineRule, isSameRepository, readable, type SourceView, withoutEnd, yaml } from '../../src/rule.ts';

export const versionConflict = defineRule({
  id: 'references/version-conflict',
  severity: 'warning',
  summary: 'Two sources of one cluster follow the same URL at different versions',
  why: `Kustomizations of one cluster build from one repository in two versions. What they share, such as definitions and
    bases, is applied twice, and each reconciliation undoes the other. Most often one of the two was forgotten in an upgrade.`,
  reference: 'https://fluxcd.io/flux/components/source/gitrepositories/#reference',
  hint: 'Let both Kustomizations name one source, or upgrade both.',
  examples: {
    bad: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { interval: 5m, url: https://git.example.com/acme/shop, ref: { tag: v1.1.0 } }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop-jobs, namespace: flux-system }
      spec:
        interval: 5m
        url: https://git.example.com/acme/shop.git
        ref: { tag: v1.0.0 } # expect: references/version-conflict
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec: { interval: 1h, path: ./deploy, prune: true, sourceRef: { kind: GitRepository, name: shop } }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop-jobs, namespace: flux-system }
      spec: { interval: 1h, path: ./jobs, prune: true, sourceRef: { kind: GitRepository, name: shop-jobs } }
    `,
    good: yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: shop, namespace: flux-system }
      spec: { interval: 5m, url: https://git.example.com/acme/shop, ref: { tag: v1.1.0 } }
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: shop, namespace: flux-system }
      spec: { interval: 1h, path: ./deploy, prune: true, sourceRef: { kind: GitRepository, name: shop } }
    `,
  },

  *cluster(cluster, { graph }) {
    const built = new Set(
      graph.references
        .of(cluster)
        .flatMap(({ referrer, role, wanted }) =>
          role === 'source' && referrer.kind === 'Kustomization' ? [`${wanted.kind}/${wanted.namespace}/${wanted.name}`] : [],
        ),
    );
    const byName = new Map<string, [Followed, ...Followed[]]>();
    for (const source of cluster.sources) {
      const followed = built.has(source.label) && !isRoot(source, cluster) ? follow(source) : undefined;
      if (!followed) continue;
      const key = withoutEnd(followed.url.toLowerCase(), '/').replace(/\.git$/, '');
      const name = key.slice(key.lastIndexOf('/') + 1);
      addToGroup(byName, name, followed);
    }
    for (const group of byName.values()) {
      for (const [index, later] of group.entries()) {
        const earlier = group.slice(0, index).find((other) => isSameRepository(other.url, later.url) && other.ref !== later.ref);
        if (!earlier) continue;
        yield {
          at: later.source.origin('/spec/ref'),
          message: `${later.source.kind} ${later.source.id} follows ${later.url} at ${later.ref}, and ${earlier.source.id} the same one at ${earlier.ref}: the cluster gets two versions of it.`,
          related: [{ at: earlier.source.origin('/spec/ref'), message: `${earlier.source.id} follows ${earlier.ref}` }],
        };
      }
    }
  },
});

interface Followed {
  readonly source: SourceView;
  readonly url: string;
  /** In words. */
  readonly ref: string;
}

/** The root's source may well serve a tenant from another branch of the same repository. */
const isRoot = (source: SourceView, { cluster }: ClusterView): boolean =>
  source.namespace === cluster.root.sync.namespace && source.name === cluster.root.sync.name;

const follow = (source: SourceView): Followed | undefined =>
  readable(() => {
    const { url, ref } = source.spec;
    const words = (['commit', 'name', 'digest', 'tag', 'semver', 'branch'] as const).flatMap((field) =>
      ref?.[field] === undefined ? [] : [`${field} ${ref[field]}`],
    );
    return url === undefined ? undefined : { source, url, ref: words[0] ?? 'its default' };
  });
