import {
  type ApiVerdict,
  apiVersionOf,
  defineRule,
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
  summary: 'An API version that a later Flux no longer serves',
  why: `The Flux on the cluster still serves this version of the API, and says at most in a log line that it will not for long.
    The first upgrade that drops it fails every Kustomization that still brings such an object:
    \`no matches for kind "HelmRelease" in version "helm.toolkit.fluxcd.io/v2beta2"\`.`,
  reference: 'https://fluxcd.io/flux/installation/upgrade/',
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

  *cluster(cluster, { graph }) {
    for (const group of outdatedIn(cluster, graph, isDeprecated)) {
      const [{ verdict }] = group;
      yield {
        ...placesOf(group),
        message: `${subjectOf(group)} is deprecated, and gone with Flux ${verdict.written.removedIn}: from that upgrade on, Flux applies nothing of what brings it.`,
        hint: `Write ${apiVersionOf(verdict.kind, verdict.newest)}.`,
        fix: upgradesOf(group, graph),
      };
    }
    yield* behind(outdatedIn(cluster, graph, isBehind).flat(), graph.clusters.versionBeforeTwo(cluster.name));
  },
});

type Verdict<Type extends ApiVerdict['type']> = Extract<ApiVerdict, { readonly type: Type }>;

const isDeprecated = (verdict: ApiVerdict): verdict is Verdict<'deprecated'> => verdict.type === 'deprecated';
const isBehind = (verdict: ApiVerdict): verdict is Verdict<'behind'> => verdict.type === 'behind';

/** There is nothing to write until Flux itself is newer: that is one step, whatever it concerns. */
const behind = function* (objects: readonly Outdated<Verdict<'behind'>>[], version: string | undefined): Generator<Problem> {
  const [first, ...others] = objects;
  if (!first) return;
  const flux = version === undefined ? 'The Flux on this cluster' : `Flux ${version}, which this cluster runs,`;
  const count = objects.length === 1 ? '1 object is' : `${objects.length} objects are`;
  yield {
    ...placesOf([first, ...others]),
    message: `${flux} serves nothing newer than ${first.object.apiVersion} of ${first.object.kind}, which later ones do not know. ${count} to be moved once Flux is newer.`,
    hint: 'Upgrade Flux first, one version that serves both after the other; then write what replaces it.',
  };
};
