import { defineRule, readable, yaml } from '../../src/rule.ts';

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
    for (const release of cluster.releases) {
      const isWatched = readable(() => ['enabled', 'warn'].includes(release.spec.driftDetection?.mode ?? 'disabled'));
      if (isWatched !== false) continue;
      yield {
        at: release.origin('/spec/driftDetection/mode'),
        message: `What is changed by hand in release ${release.id} stays so until its next upgrade: drift is not looked for.`,
        hint: 'Set driftDetection.mode: enabled, or warn to be told only.',
      };
    }
  },
});
