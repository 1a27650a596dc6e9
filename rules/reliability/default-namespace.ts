import { type ClusterView, defineRule, grouped, type Origin, yaml } from '../../src/rule.ts';

export const defaultNamespace = defineRule({
  id: 'reliability/default-namespace',
  severity: 'warning',
  summary: 'Workloads go to the namespace default',
  why: `Everything that forgets its namespace ends up in \`default\`, so nothing there can be told apart: no quota, policy or role
    fits, two teams overwrite one another's objects of the same name, and nobody dares to clean up.`,
  reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces',
  examples: {
    bad: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        targetNamespace: default # expect: reliability/default-namespace
    `,
    good: yaml`
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
        targetNamespace: billing
    `,
  },

  // Who uses it does so for one reason: that is one decision of a cluster, however many workloads follow it.
  *cluster(cluster) {
    for (const [target, sites] of grouped(sitesIn(cluster), (site) => site.target)) {
      const [first, ...others] = distinct(sites);
      if (!first) continue;
      const who = others.length === 0 ? `${first.who} deploys` : `${first.who} and ${others.length} more deploy`;
      yield {
        at: first.at,
        message: `${who} to the namespace default, where no quota, policy or role keeps it apart from anything else.`,
        hint: 'Give it a namespace of its own.',
        related: others.map(({ at, who }) => ({ at, message: `${who} does, too` })),
        clusters: [target],
      };
    }
  },
});

/** A line that sends something to the namespace. */
interface Site {
  readonly at: Origin;
  readonly who: string;
  readonly target: string;
}

/** Policies, accounts and quotas are there to keep the namespace shut. */
const workloads = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod', 'HelmRelease'];

const sitesIn = ({ name, kustomizations, objects, ownReleases }: ClusterView): readonly Site[] => [
  ...kustomizations
    .filter(({ spec }) => spec.targetNamespace === 'default')
    .map((kustomization) => ({ at: kustomization.origin('/spec/targetNamespace'), who: kustomization.id, target: kustomization.target })),
  ...objects
    .filter(({ kind, namespace }) => workloads.includes(kind) && namespace === 'default')
    .map((object) => ({ at: object.origin('/metadata/namespace'), who: object.label, target: name })),
  ...ownReleases
    .filter(({ spec, namespace }) => spec.targetNamespace === 'default' && namespace !== 'default')
    .map((release) => ({ at: release.origin('/spec/targetNamespace'), who: release.label, target: name })),
];

/** The first of each line: a kustomization.yaml sends many at once. */
const distinct = (sites: readonly Site[]): readonly Site[] =>
  [...grouped(sites, ({ at }) => `${at.span.path}:${at.span.start}`)].map(([, [first]]) => first);
