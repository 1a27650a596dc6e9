import { addToGroup, defineRule, type HelmReleaseView, isTrue, type Problem, yaml } from '../../src/rule.ts';

export const sharedRelease = defineRule({
  id: 'blast-radius/shared-release',
  severity: 'error',
  summary: 'Two HelmReleases of a cluster are one release to Helm',
  why: `Helm knows a release by its name and by the namespace that holds its record, and by nothing else: the target namespace is
    no part of it. Two HelmReleases with both in common upgrade each other's objects away, time after time, and when one of
    them is removed, Helm uninstalls what the other wants. Data has been lost that way.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#release-name',
  remedy: 'Give each HelmRelease a releaseName or storageNamespace of its own.',
  examples: {
    bad: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop-blue, namespace: shop }
      spec:
        interval: 1h
        releaseName: shop
        chart: { spec: { chart: shop, version: 1.4.2, sourceRef: { kind: HelmRepository, name: charts } } }
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop-green, namespace: shop }
      spec:
        interval: 1h
        releaseName: shop # expect: blast-radius/shared-release
        chart: { spec: { chart: shop, version: 1.5.0, sourceRef: { kind: HelmRepository, name: charts } } }
    `,
    good: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop-blue, namespace: shop }
      spec:
        interval: 1h
        chart: { spec: { chart: shop, version: 1.4.2, sourceRef: { kind: HelmRepository, name: charts } } }
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: shop-green, namespace: shop }
      spec:
        interval: 1h
        chart: { spec: { chart: shop, version: 1.5.0, sourceRef: { kind: HelmRepository, name: charts } } }
    `,
  },

  *cluster(cluster, { graph }) {
    // Nothing shows that what no root reaches is installed in one cluster.
    if (cluster.cluster.root.evidence === 'unreached') return;
    const byRecord = new Map<string, [HelmReleaseView, ...HelmReleaseView[]]>();
    for (const release of cluster.releases) {
      const storage = graph.releases.storageOf(release);
      if (storage) addToGroup(byRecord, `${storage.namespace}/${storage.name}`, release);
    }
    for (const [record, [first, ...others]] of byRecord) {
      const told = new Set([first.id]);
      for (const other of others) {
        // One that two Kustomizations apply has two owners, which is told as such.
        if (told.has(other.id)) continue;
        told.add(other.id);
        yield problem(record, first, other);
      }
    }
  },
});

const problem = (record: string, first: HelmReleaseView, other: HelmReleaseView): Problem => ({
  at: nameOf(other),
  message: `HelmRelease ${other.id} and HelmRelease ${first.id} are one release to Helm, ${record}: each upgrades what the other installed, and removing one uninstalls the other's objects.`,
  related: [{ at: nameOf(first), message: `${first.id} has the same release name and storage namespace` }],
  atMost: isSuspended(first) || isSuspended(other) ? 'warning' : undefined,
});

const nameOf = (release: HelmReleaseView) =>
  release.origin(release.state('/spec/releaseName') === 'absent' ? '/metadata/name' : '/spec/releaseName');

const isSuspended = (release: HelmReleaseView): boolean => isTrue(release.node('/spec/suspend'));
