import Range from 'semver/classes/range.js';
import validRange from 'semver/ranges/valid.js';
import { defineRule, groupOf, type HelmReleaseView, type ObjectView, type Origin, readable, type SourceView } from '../../src/rule.ts';

export const floatingVersion = defineRule({
  id: 'blast-radius/floating-version',
  severity: 'warning',
  summary: 'A version of a chart, an OCI artifact or an image policy in production may jump by itself',
  why: `A version \`*\`, an open range or one as wide as a major takes whatever is published next, in production as early as
    anywhere else, without a commit. What was deployed yesterday cannot be read from the repository, and a revert does not
    bring it back.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#chart-template',
  unless: 'Not where a range is the way in which patches reach production, and somebody watches them arrive.',
  hint: 'Name the version, or a range within one minor such as 1.4.x, and let a bot raise it in pull requests.',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/redis.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: redis, namespace: shop }\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: redis\n      version: ">=17.0.0" # expect: blast-radius/floating-version\n      sourceRef: { kind: HelmRepository, name: charts }\n',
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
      'clusters/production/redis.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: redis, namespace: shop }\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: redis\n      version: 17.3.x\n      sourceRef: { kind: HelmRepository, name: charts }\n',
    },
  },

  *cluster(cluster, { graph }) {
    const environment = cluster.environment?.environment;
    if (environment === undefined || !graph.environments.isProtected(environment)) return;
    const floating = [
      ...cluster.releases.flatMap((release) => ofChart(release) ?? []),
      ...cluster.sources.flatMap((source) => ofArtifact(source) ?? []),
      ...cluster.objects.flatMap((object) => ofPolicy(object) ?? []),
    ];
    for (const { at, what, how, atMost } of floating) {
      yield { at, message: `${what} ${how}: ${environment} takes it without a commit.`, atMost };
    }
  },
});

interface Floating {
  readonly at: Origin;
  readonly what: string;
  readonly how: string;
  /** A range that is written out for an artifact is how deliveries are meant to arrive: whoever publishes decides. */
  readonly atMost?: 'info';
}

/** Charts from Git and buckets have no versions to choose from. */
const ofChart = (release: HelmReleaseView): Floating | undefined => {
  const chart = readable(() => {
    const spec = release.spec.chart?.spec;
    return spec && { name: spec.chart, kind: spec.sourceRef?.kind, version: spec.version };
  });
  if (chart?.kind !== 'HelmRepository') return undefined;
  const how = widthOf(chart.version ?? '*');
  return how === undefined
    ? undefined
    : { at: release.origin('/spec/chart/spec/version'), what: `Chart ${chart.name ?? ''} of HelmRelease ${release.original.name}`, how };
};

const ofArtifact = (source: SourceView): Floating | undefined => {
  if (source.kind !== 'OCIRepository') return undefined;
  const ref = readable(() => ({ digest: source.spec.ref?.digest, semver: source.spec.ref?.semver, tag: source.spec.ref?.tag }));
  if (!ref || ref.digest !== undefined) return undefined;
  const what = `OCIRepository ${source.original.name}`;
  if (ref.semver !== undefined) {
    const how = widthOf(ref.semver);
    return how === undefined ? undefined : { at: source.origin('/spec/ref/semver'), what, how, atMost: 'info' };
  }
  if (ref.tag !== undefined && ref.tag !== 'latest') return undefined;
  return { at: source.origin('/spec/ref/tag'), what, how: 'follows latest, whatever that is' };
};

const ofPolicy = (object: ObjectView): Floating | undefined => {
  if (object.kind !== 'ImagePolicy' || groupOf(object.apiVersion) !== 'image.toolkit.fluxcd.io') return undefined;
  const range = object.node('/spec/policy/semver/range');
  const how = range?.type === 'scalar' ? widthOf(range.text) : undefined;
  return how === undefined
    ? undefined
    : { at: object.origin('/spec/policy/semver/range'), what: `ImagePolicy ${object.original.name}`, how };
};

/** What a range lets in beyond the minor it starts with; undefined for pinned and narrow ones, and for what is no range. */
const widthOf = (written: string): string | undefined => {
  // Helm and Flux separate conditions by commas, too (Masterminds/semver).
  const range = validRange(written.replaceAll(',', ' '));
  if (range === null) return undefined;
  const versions = new Range(range);
  if (versions.test('999999.0.0')) return `takes any newer version (${written})`;
  const starts = versions.set.map(([first]) => first?.semver.major ?? 0);
  return starts.some((major) => versions.test(`${major}.999999.0`)) ? `takes any minor of its major (${written})` : undefined;
};
