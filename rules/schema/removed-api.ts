import {
  type ApiVerdict,
  apiVersionOf,
  type ClusterView,
  defineRule,
  isBefore,
  minorName,
  type Outdated,
  outdatedIn,
  type Problem,
  placesOf,
  subjectOf,
  upgradesOf,
  yaml,
} from '../../src/rule.ts';

export const removedApi = defineRule({
  id: 'schema/removed-api',
  severity: 'error',
  summary: 'An API version that the cluster does not serve',
  why: `The API server knows nothing of the version, so the object cannot be applied: Flux fails with \`no matches for kind
    "HelmRelease" in version "helm.toolkit.fluxcd.io/v2beta1"\`, and with it the whole Kustomization. Objects that are already in
    the cluster stay, and nothing in the repository reaches them any more. So it is with versions of Flux's kinds, by the Flux on the
    cluster, and with those of Kubernetes, by its minor: where that is not known, what no Kubernetes of the last eight minors serves is
    an error, and what only some of them serve is a warning.`,
  reference: 'https://fluxcd.io/flux/installation/upgrade/',
  remedy: 'Write the version that the message names, before the upgrade.',
  fixable: 'safe',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-components.yaml': '# Flux Version: v2.8.1\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2beta2 # expect: schema/removed-api
        kind: HelmRelease
        metadata: { name: billing, namespace: billing }
        spec:
          interval: 1h
          chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
      `,
    },
    good: {
      'clusters/example/flux-system/gotk-components.yaml': '# Flux Version: v2.8.1\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: billing, namespace: billing }
        spec:
          interval: 1h
          chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
      `,
    },
  },

  *graph(graph) {
    const reasonOf = ({ object, verdict }: Outdated<RemovedApi>) => reason(verdict, graph.clusters.versionBeforeTwo(object.cluster));
    const limitOf = ({ object, verdict }: Outdated<RemovedApi>) => atMostOf(graph.clusters.get(object.cluster), verdict.isProven);
    const apart = (one: Outdated<RemovedApi>) => `${reasonOf(one)} ${one.verdict.isProven} ${limitOf(one)}`;
    for (const group of outdatedIn(graph, isRemoved, apart)) {
      const [first] = group;
      const { kind, newest, isProven } = first.verdict;
      yield {
        ...placesOf(group, graph),
        fix: upgradesOf(group, graph),
        message: `${subjectOf(group)} ${reasonOf(first)}${isProven ? '. Flux' : ': from there on, Flux'} fails with "no matches for kind" and applies nothing of what brings it.`,
        hint: newest && `Write ${apiVersionOf(kind, newest)}.`,
        atMost: limitOf(first),
      };
    }
  },
});

const isRemoved = (verdict: ApiVerdict): verdict is RemovedApi => verdict.type === 'removed';

/** Where nothing applies it, it hurts nobody yet. */
const atMostOf = (view: ClusterView | undefined, isProven: boolean): Problem['atMost'] => {
  if (view?.cluster.root.evidence === 'unreached') return 'info';
  return isProven ? undefined : 'warning';
};

type RemovedApi = Extract<ApiVerdict, { type: 'removed' }>;

/** @param before the Flux on the cluster, where it is older than 2.0 */
const reason = ({ written, kind, newest, minor, isProven }: RemovedApi, before: string | undefined): string => {
  if (before !== undefined && newest) return `is not served yet by Flux ${before}, which this cluster runs`;
  if (before !== undefined) return `came with Flux ${written.since}, and this cluster runs Flux ${before}`;
  if (minor === undefined && isProven && kind.product === 'Flux')
    return 'is not among the versions that the definition on this cluster serves';
  const { removedIn } = written;
  if (minor === undefined) return `is gone since ${removedIn && minorName(removedIn)}`;
  if (removedIn !== undefined && !isBefore(minor, removedIn))
    return `is gone since ${minorName(removedIn)}, and this cluster runs ${minorName(minor)}`;
  return `came with ${minorName(written.since)}, and this cluster runs ${minorName(minor)}`;
};
