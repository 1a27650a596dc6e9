import { type ClusterView, defineRule, type Graph, type HelmReleaseView, isTrue, readable, stringAt } from '../../src/rule.ts';

const sync = '# written by flux bootstrap\n';
const edge =
  'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: edge, namespace: flux-system }\nspec:\n  path: ./edge\n  prune: true\n  kubeConfig: { secretRef: { name: edge } }\n  sourceRef: { kind: GitRepository, name: flux-system }\n';
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: health }\n';
const release = (more: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: probes\n  namespace: flux-system\nspec:\n  interval: 1h\n  chart: { spec: { chart: probes, sourceRef: { kind: HelmRepository, name: charts } } }\n  targetNamespace: health\n${more}  kubeConfig: { secretRef: { name: edge } }\n`;

export const unknownStorageNamespace = defineRule({
  id: 'references/unknown-storage-namespace',
  severity: 'error',
  summary: 'The record of a release goes to a namespace that its cluster does not have',
  why: `Helm writes the record of a release into the storage namespace of the cluster that it installs into: the HelmRelease's own
    namespace, unless \`storageNamespace\` says otherwise. With \`kubeConfig\` that is another cluster, where the namespace of
    Flux need not exist, and \`createNamespace\` makes the target namespace only. The install fails with
    \`namespaces "x" not found\` before anything is installed.`,
  reference: 'https://fluxcd.io/flux/components/helm/helmreleases/#storage-namespace',
  remedy: 'Set storageNamespace to a namespace that the cluster has, such as the target namespace, or commit the Namespace for it.',
  unless: 'Not where Namespaces are made outside of git: list them in `external`.',
  examples: {
    bad: {
      'clusters/hub/flux-system/gotk-sync.yaml': sync,
      'clusters/hub/edge.yaml': edge,
      'edge/namespace.yaml': namespace,
      'clusters/hub/probes.yaml': release('').replace(
        '  name: probes\n',
        '  name: probes # expect: references/unknown-storage-namespace\n',
      ),
    },
    good: {
      'clusters/hub/flux-system/gotk-sync.yaml': sync,
      'clusters/hub/edge.yaml': edge,
      'edge/namespace.yaml': namespace,
      'clusters/hub/probes.yaml': release('  storageNamespace: health\n'),
    },
  },

  *cluster(cluster, { graph }) {
    if (cluster.cluster.root.evidence === 'unreached') return;
    for (const release of cluster.releases) {
      const storage = graph.releases.storageOf(release);
      const targetNamespace = readable(() => release.spec.targetNamespace ?? '');
      const isWritten = release.state('/spec/storageNamespace') !== 'absent';
      const isRemote = release.cluster !== cluster.name;
      // Helm makes the target namespace, or it is told as such; its own namespace a local release cannot be without.
      if (!storage || targetNamespace === undefined || targetNamespace === storage.namespace || !(isWritten || isRemote)) continue;
      const doubt = doubtOf(storage.namespace, release, cluster, graph);
      if (doubt === 'there') continue;
      yield {
        at: release.origin(isWritten ? '/spec/storageNamespace' : '/metadata/name'),
        message: `HelmRelease ${release.id} keeps its record in namespace ${storage.namespace} of cluster ${cluster.name}, which nothing here creates there. Where it does not exist already, Helm installs nothing and says: namespaces "${storage.namespace}" not found.`,
        hint: isWritten || targetNamespace === '' ? undefined : `Set storageNamespace: ${targetNamespace}.`,
        atMost: doubt === 'none' ? (isRemote ? undefined : 'warning') : 'info',
      };
    }
  },
});

/** Whether the namespace is there, or may be. */
const doubtOf = (name: string, release: HelmReleaseView, cluster: ClusterView, graph: Graph): 'there' | 'some' | 'none' => {
  const { answer } = graph.existence.of(cluster.name, { group: '', kind: 'Namespace', namespace: undefined, name });
  if (answer === 'no') return 'none';
  // Of a cluster that a hub deploys to never all is known: there the namespaces that it gets from here must speak.
  if (answer === 'exists' || release.cluster === cluster.name || cluster.releases.some((other) => makesNamespace(other, name)))
    return 'there';
  const arriving = graph.clusters.all.flatMap(({ kustomizations }) => kustomizations.filter(({ target }) => target === cluster.name));
  const isWhole = arriving.every(({ content }) => content.type === 'built' && !content.failed);
  const getsNamespaces = cluster.objects.some(({ kind }) => kind === 'Namespace') || isTrue(release.node('/spec/install/createNamespace'));
  return isWhole && getsNamespaces ? 'none' : 'some';
};

const makesNamespace = (release: HelmReleaseView, name: string): boolean =>
  isTrue(release.node('/spec/install/createNamespace')) && stringAt(release.root, 'spec', 'targetNamespace') === name;
