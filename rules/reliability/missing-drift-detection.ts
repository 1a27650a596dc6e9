import { type Affected, defineRule, type HelmReleaseView, readable, toldOnce, yaml } from '../../src/rule.ts';

export const missingDriftDetection = defineRule({
  id: 'reliability/missing-drift-detection',
  severity: 'info',
  summary: 'Nobody notices when a release in production is changed by hand',
  why: `helm-controller compares a release with the cluster only when its chart or values change. What someone edits or deletes by
    hand in between stays so, and is overwritten by surprise with the next upgrade. With drift detection it is corrected, or
    at least reported, every interval.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#drift-detection',
  examples: {
    bad: {
      'clusters/production/flux-system/gotk-sync.yaml': yaml`
        # written by flux bootstrap
      `,
      'clusters/production/billing.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: billing, namespace: billing }
        spec: # expect: reliability/missing-drift-detection
          interval: 1h
          chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
      `,
    },
    good: {
      'clusters/production/flux-system/gotk-sync.yaml': yaml`
        # written by flux bootstrap
      `,
      'clusters/production/billing.yaml': yaml`
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: { name: billing, namespace: billing }
        spec:
          interval: 1h
          chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
          driftDetection: { mode: enabled }
      `,
    },
  },

  *cluster(cluster, { graph }) {
    if (!graph.clusters.isProtected(cluster.name)) return;
    const affected = cluster.releases.flatMap((release) => (readable(() => isDecided(release)) === false ? affectedBy(release) : []));
    yield* toldOnce(affected, (count, first) => ({
      message: `What is changed by hand in ${count} releases, such as ${first}, stays so until their next upgrade: drift is not looked for.`,
      hint,
    }));
  },
});

const hint = 'Set driftDetection.mode: enabled, or warn to be told only.';

/** Written out, `disabled` is a decision. */
const isDecided = ({ spec }: HelmReleaseView): boolean => spec.driftDetection?.mode !== undefined;

const affectedBy = (release: HelmReleaseView): Affected => ({
  object: release,
  problem: {
    at: release.origin('/spec/driftDetection/mode'),
    message: `What is changed by hand in release ${release.id} stays so until its next upgrade: drift is not looked for.`,
    hint,
  },
});
