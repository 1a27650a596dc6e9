import { defineRule, readable, yaml } from '../../src/rule.ts';

export const releaseCreatesNamespace = defineRule({
  id: 'reliability/release-creates-namespace',
  severity: 'info',
  summary: 'A namespace that a chart creates and nobody owns',
  why: `\`createNamespace\` makes the namespace with the first install and forgets it: it carries no labels for policies or tenants,
    is part of no Kustomization, and stays when the release goes.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#install-configuration',
  examples: {
    bad: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
        targetNamespace: billing
        install:
          createNamespace: true # expect: reliability/release-creates-namespace
    `,
    good: yaml`
      apiVersion: v1
      kind: Namespace
      metadata: { name: billing }
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
        targetNamespace: billing
        install:
          createNamespace: true
    `,
  },

  *cluster(cluster, { graph }) {
    for (const release of cluster.releases) {
      const created = readable(() => (release.spec.install?.createNamespace === true ? release.spec.targetNamespace : undefined));
      if (created === undefined || graph.clusters.namesakes(cluster.name, 'Namespace', created).length > 0) continue;
      yield {
        at: release.origin('/spec/install/createNamespace'),
        message: `The first install of ${release.id} creates namespace ${created}; nothing labels it, and nothing deletes it with the release.`,
        hint: `Commit a Namespace ${created} beside the release.`,
      };
    }
  },
});
