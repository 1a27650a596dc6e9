import {
  addToGroup,
  type ClusterView,
  defineRule,
  type FollowedSource,
  type Graph,
  type KustomizationView,
  readable,
} from '../../src/rule.ts';

const source = (branch: string) =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: billing, namespace: flux-system }\nspec:\n  interval: 5m\n  url: https://git.example.com/acme/billing\n  ref:\n    ${branch}\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: billing, namespace: flux-system }\nspec: { path: ./deploy, sourceRef: { kind: GitRepository, name: billing } }\n`;

export const followsBranch = defineRule({
  id: 'blast-radius/follows-branch',
  severity: 'warning',
  summary: 'Production follows a branch of another repository that other environments follow, too',
  why: `A commit on the branch is deployed to all of them within the same interval. What staging is there for, seeing a change
    before production does, does not happen: there is no commit in your own repository either, so nobody reviews it and
    no revert takes it back.`,
  reference: 'https://fluxcd.io/flux/components/source/gitrepositories/#reference',
  hint: 'Let production follow a tag, a commit or a range of versions, and move that when the others have proven it.',
  examples: {
    bad: {
      'clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/staging/billing.yaml': source('branch: main'),
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/billing.yaml': source('branch: main # expect: blast-radius/follows-branch'),
    },
    good: {
      'clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/staging/billing.yaml': source('branch: main'),
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/billing.yaml': source('tag: v1.4.0'),
    },
  },

  *graph(graph) {
    for (const followers of followersByBranch(graph).values()) {
      const first = followers.find(({ environment }) => graph.environments.isProtected(environment));
      const environments = graph.environments.inPromotionOrder(followers.map(({ environment }) => environment));
      if (!first?.source.view || environments.length < 2) continue;
      const { view, url, revision } = first.source;
      const others = environments.filter((environment) => environment !== first.environment);
      yield {
        at: view.origin('/spec/ref/branch'),
        message: `${first.environment} follows ${revision} of ${url}, and so does ${others.join(', ')}. A commit there is deployed to both at once, with no step between them.`,
        related: otherSources(followers, first),
        clusters: [...new Set(followers.map(({ cluster }) => cluster.name))],
      };
    }
  },
});

interface Follower {
  readonly cluster: ClusterView;
  readonly environment: string;
  readonly source: FollowedSource;
}

/** Kustomizations of one path on one moving branch. Paths of their own per environment are a step between them. */
const followersByBranch = (graph: Graph): ReadonlyMap<string, readonly Follower[]> => {
  const branches = new Map<string, [Follower, ...Follower[]]>();
  for (const cluster of graph.clusters.all) {
    for (const kustomization of cluster.kustomizations) {
      const follower = followerOf(kustomization, graph);
      if (!follower) continue;
      const path = readable(() => kustomization.spec.path) ?? '';
      const key = [follower.source.url, follower.source.revision, path].join(' ');
      addToGroup(branches, key, follower);
    }
  }
  return branches;
};

const followerOf = (kustomization: KustomizationView, graph: Graph): Follower | undefined => {
  const source = graph.sources.of(kustomization);
  if (!source || source.isRoot || !source.isMoving || source.url === undefined || source.view?.kind !== 'GitRepository') return undefined;
  const cluster = graph.clusters.get(kustomization.target);
  const environment = cluster?.environment?.environment;
  return cluster && environment !== undefined ? { cluster, environment, source } : undefined;
};

const otherSources = (followers: readonly Follower[], first: Follower) => {
  const seen = new Set([placeOf(first)]);
  return followers.flatMap((follower) => {
    const place = placeOf(follower);
    if (seen.has(place) || !follower.source.view) return [];
    seen.add(place);
    return [{ at: follower.source.view.origin('/spec/ref/branch'), message: `${follower.environment} follows it here` }];
  });
};

const placeOf = ({ source: { view } }: Follower): string => {
  const span = view?.origin('/spec/ref/branch').span;
  return span ? `${span.path}:${span.start}` : '';
};
