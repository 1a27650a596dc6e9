import {
  type ApiVerdict,
  apiVersionOf,
  defineRule,
  type Graph,
  grouped,
  minorName,
  type Outdated,
  outdatedIn,
  type Problem,
  placesOf,
  subjectOf,
  upgradesOf,
  yaml,
} from '../../src/rule.ts';

export const deprecatedApi = defineRule({
  id: 'schema/deprecated-api',
  severity: 'warning',
  summary: 'An API version that a later Flux or Kubernetes no longer serves',
  why: `The Flux on the cluster still serves this version of the API, and says at most in a log line that it will not for long.
    The first upgrade that drops it fails every Kustomization that still brings such an object:
    \`no matches for kind "HelmRelease" in version "helm.toolkit.fluxcd.io/v2beta2"\`.`,
  reference: 'https://fluxcd.io/flux/installation/upgrade/',
  remedy: 'Write the version that the message names.',
  unless: 'Not on clusters that stay on their Flux until they are replaced.',
  fixable: 'safe',
  examples: {
    bad: {
      'clusters/example/flux-system/gotk-components.yaml': '# Flux Version: v2.7.5\n',
      'clusters/example/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/example/billing.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2beta2 # expect: schema/deprecated-api
        kind: HelmRelease
        metadata: { name: billing, namespace: billing }
        spec:
          interval: 1h
          chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
      `,
    },
    good: {
      'clusters/example/flux-system/gotk-components.yaml': '# Flux Version: v2.7.5\n',
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
    for (const group of outdatedIn(graph, isDeprecated)) {
      const [{ verdict }] = group;
      yield {
        ...placesOf(group, graph),
        message: `${subjectOf(group)} is deprecated, and gone with ${verdict.written.removedIn && minorName(verdict.written.removedIn)}: from that upgrade on, Flux applies nothing of what brings it.`,
        hint: `Write ${apiVersionOf(verdict.kind, verdict.newest)}.`,
        fix: upgradesOf(group, graph),
      };
    }
    const behind = outdatedIn(graph, isBehind).flat();
    for (const group of grouped(behind, ({ object }) => graph.clusters.versionBeforeTwo(object.cluster) ?? '').values()) {
      yield untilUpgrade(group, graph);
    }
  },
});

type Verdict<Type extends ApiVerdict['type']> = Extract<ApiVerdict, { readonly type: Type }>;

const isDeprecated = (verdict: ApiVerdict): verdict is Verdict<'deprecated'> => verdict.type === 'deprecated';
const isBehind = (verdict: ApiVerdict): verdict is Verdict<'behind'> => verdict.type === 'behind';

/** There is nothing to write until Flux itself is newer: that is one step, whatever it concerns. */
const untilUpgrade = (group: readonly [Outdated<Verdict<'behind'>>, ...Outdated<Verdict<'behind'>>[]], graph: Graph): Problem => {
  const [{ object }] = group;
  const { cluster, apiVersion, kind } = object;
  const clusters = new Set(group.map((one) => one.object.cluster)).size;
  const version = graph.clusters.versionBeforeTwo(cluster);
  const where = clusters === 1 ? 'this cluster runs' : `${clusters} clusters run`;
  const flux = version === undefined ? `The Flux that ${where}` : `Flux ${version}, which ${where},`;
  const count = group.length === 1 ? '1 object is' : `${group.length} objects are`;
  return {
    ...placesOf(group, graph),
    message: `${flux} serves nothing newer than ${apiVersion} of ${kind}, which later ones do not know. ${count} to be moved once Flux is newer.`,
    hint: 'Upgrade Flux first, one version that serves both after the other; then write what replaces it.',
  };
};
