import {
  type ClusterView,
  child,
  defineRule,
  type Graph,
  groupOf,
  isSameRepository,
  isWithin,
  normalise,
  type ObjectView,
  readable,
  stringAt,
} from '../../src/rule.ts';

const markedDeployment = (marker: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: billing, namespace: billing }\nspec:\n  template:\n    spec:\n      containers:\n        - name: billing\n          image: registry.example.com/billing:1.0.0 # ${marker}\n`;
const sync =
  'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { path: ./clusters/production, sourceRef: { kind: GitRepository, name: flux-system } }\n';
const automation = (push: string) =>
  `apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageUpdateAutomation\nmetadata: { name: images, namespace: flux-system }\nspec:\n  interval: 30m\n  sourceRef: { kind: GitRepository, name: flux-system }\n  git:\n    checkout: { ref: { branch: main } }\n    push:\n      ${push}\n  update: { path: ./clusters/production, strategy: Setters }\n`;

export const automationReachesProduction = defineRule({
  id: 'blast-radius/automation-reaches-production',
  severity: 'warning',
  summary: "An image automation writes to production's files, on the branch that production follows",
  why: `The controller commits the new tag, production pulls the commit a minute later: whoever can push an image deploys to
    production, and no person has looked at it. In other environments that is what automation is for.`,
  reference: 'https://fluxcd.io/flux/components/image/imageupdateautomations/#push',
  hint: 'Push to a branch of its own and open a pull request from it, or leave production out of update.path.',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': sync,
      'clusters/production/billing.yaml': markedDeployment('{"$imagepolicy": "flux-system:billing"}'),
      'clusters/production/images.yaml': automation('branch: main # expect: blast-radius/automation-reaches-production'),
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': sync,
      'clusters/production/billing.yaml': markedDeployment('{"$imagepolicy": "flux-system:billing"}'),
      'clusters/production/images.yaml': automation('branch: flux/image-updates'),
    },
  },

  kinds: ['ImageUpdateAutomation'],
  *object(object, { graph }) {
    if (groupOf(object.apiVersion) !== 'image.toolkit.fluxcd.io') return;
    const pushed = pushedTo(object, graph);
    if (!pushed) return;
    const directory = normalise(stringAt(object.root, 'spec', 'update', 'path') ?? '') ?? '';
    const written = graph.clusters.all.flatMap((cluster) => {
      if (!followsIt(cluster, pushed, graph)) return [];
      return graph.images.markersOf(cluster).filter((marker) => marker.namespace === object.namespace && isWithin(marker.path, directory));
    });
    const [first] = new Map(written.map((marker) => [`${marker.at.span.path}:${marker.at.span.start}`, marker])).values();
    if (!first) return;
    const files = new Set(written.map(({ path }) => path));
    yield {
      at: object.origin('/spec/git/push/branch'),
      message: `${object.name} writes new tags to ${files.size === 1 ? first.path : `${files.size} files`} that production builds, and pushes to ${pushed.branch}, which production follows. Whoever pushes an image deploys it.`,
      related: [...files].slice(0, 5).flatMap((path) => {
        const marker = written.find((candidate) => candidate.at.span.path === path);
        return marker ? [{ at: marker.at, message: 'it writes here' }] : [];
      }),
    };
  },
});

interface Pushed {
  readonly url: string;
  readonly branch: string;
}

/** push.branch, else the branch that is checked out, else the source's (image-automation-controller). */
const pushedTo = (object: ObjectView, graph: Graph): Pushed | undefined => {
  const namespace = stringAt(object.root, 'spec', 'sourceRef', 'namespace') ?? object.namespace;
  const source = graph.clusters
    .get(object.cluster)
    ?.sources.find(
      ({ kind, name, namespace: own }) =>
        kind === 'GitRepository' && name === stringAt(object.root, 'spec', 'sourceRef', 'name') && own === namespace,
    );
  const url = source && readable(() => source.spec.url);
  const written = child(object.root, 'spec', 'git', 'push', 'branch');
  // A branch that only the cluster knows is some branch, and not the one that is checked out.
  if (written && (written.type !== 'scalar' || written.text.includes('${'))) return undefined;
  const branch =
    stringAt(written) ??
    stringAt(object.root, 'spec', 'git', 'checkout', 'ref', 'branch') ??
    (source && readable(() => source.spec.ref?.branch));
  return url === undefined || branch === undefined ? undefined : { url, branch };
};

/** A protected cluster whose own root comes from that branch of that repository. */
const followsIt = (cluster: ClusterView, { url, branch }: Pushed, graph: Graph): boolean => {
  const environment = cluster.environment?.environment;
  if (environment === undefined || !graph.environments.isProtected(environment)) return false;
  const root = cluster.kustomizations.find(({ parent }) => parent === undefined);
  const source = root && graph.sources.of(root);
  return source?.url !== undefined && isSameRepository(source.url, url) && source.revision === `branch ${branch}`;
};
