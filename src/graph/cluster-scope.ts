import { isClusterScoped } from '../kustomize/scope.ts';
import { memo } from '../model/memo.ts';
import { stringAt } from '../yaml/node.ts';
import type { ClusterView } from './graph.ts';
import type { AppliedView } from './views.ts';

/** Kinds that came after the schema which kustomize embeds, with the rest of their groups: always cluster-scoped. */
const newer = new Set([
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterTrustBundle',
  'CustomResourceDefinition',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeSnapshotClass',
]);

/** Whether an object belongs to the whole cluster: by Kubernetes' own kinds, or by a CRD that the cluster gets. */
export const createClusterScope = (clusterNamed: (name: string) => ClusterView | undefined): ((object: AppliedView) => boolean) => {
  const scopesOf = memo(definedScopes);
  return ({ cluster: name, apiVersion, kind }) => {
    const [version = '', group = ''] = apiVersion.split('/').toReversed();
    if (newer.has(kind) || isClusterScoped({ group, version, kind })) return true;
    const cluster = clusterNamed(name);
    return cluster !== undefined && scopesOf(cluster).has(`${group}/${kind}`);
  };
};

const definedScopes = (cluster: ClusterView): ReadonlySet<string> =>
  new Set(
    cluster.cluster.objects.flatMap(({ root }) => {
      if (stringAt(root, 'kind') !== 'CustomResourceDefinition' || stringAt(root, 'spec', 'scope') !== 'Cluster') return [];
      return [`${stringAt(root, 'spec', 'group') ?? ''}/${stringAt(root, 'spec', 'names', 'kind') ?? ''}`];
    }),
  );
