import { type Affected, defineRule, type HelmReleaseView, readable, toldAtFirst, yaml } from '../../src/rule.ts';

export const targetWithoutStorageNamespace = defineRule({
  id: 'reliability/target-without-storage-namespace',
  severity: 'info',
  summary: 'The history of a release lies in another namespace than its objects',
  why: `Helm keeps its record of a release in the storage namespace, which is the HelmRelease's own unless \`storageNamespace\` says
    otherwise. \`helm -n\` in the target namespace then shows no release, and whoever deletes the namespace of the
    HelmRelease deletes the record with it: the objects stay, and belong to no release any more.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace',
  examples: {
    bad: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
        targetNamespace: billing # expect: reliability/target-without-storage-namespace
    `,
    good: yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: billing, namespace: flux-system }
      spec:
        interval: 1h
        chart: { spec: { chart: billing, sourceRef: { kind: HelmRepository, name: charts } } }
        targetNamespace: billing
        storageNamespace: billing
    `,
  },

  *cluster(cluster) {
    const affected = cluster.releases.flatMap((release) => readable(() => judge(release)) ?? []);
    yield* toldAtFirst(affected, (count, first) => ({
      message: `${count} HelmReleases, such as ${first}, install into one namespace and keep their record in another: helm finds no release beside the objects.`,
      hint: 'Set storageNamespace to the target namespace. On a release that is installed, that uninstalls it and installs it anew.',
    }));
  },
});

const judge = (release: HelmReleaseView): Affected | undefined => {
  const { targetNamespace, storageNamespace } = release.spec;
  if (targetNamespace === undefined || storageNamespace !== undefined || targetNamespace === release.namespace) return undefined;
  return {
    object: release,
    problem: {
      at: release.origin('/spec/targetNamespace'),
      message: `HelmRelease ${release.id} installs into ${targetNamespace} and keeps its record in ${release.namespace}: helm finds no release beside the objects, and the record goes with the wrong namespace.`,
      hint: `Set storageNamespace: ${targetNamespace}. On a release that is installed, that uninstalls it and installs it anew.`,
    },
  };
};
