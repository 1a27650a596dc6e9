import { servedKind } from './served-versions.ts';

export type Scope = 'Namespaced' | 'Cluster';

/**
 * Whether objects of a kind lie in a namespace. Undefined for kinds of others, which their definitions know.
 *
 * Source: `kubectl api-resources` of Kubernetes 1.36, and of older releases for what they had besides.
 */
export const scopeOf = (group: string, kind: string): Scope | undefined => {
  if (servedKind(group, kind)) return 'Namespaced';
  const clusterScoped = builtIn.get(group);
  if (!clusterScoped) return undefined;
  return clusterScoped.includes(kind) ? 'Cluster' : 'Namespaced';
};

/** Every group of the API server itself, with those of its kinds that lie in no namespace. */
const builtIn: ReadonlyMap<string, readonly string[]> = new Map([
  ['', ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume']],
  [
    'admissionregistration.k8s.io',
    [
      'MutatingAdmissionPolicy',
      'MutatingAdmissionPolicyBinding',
      'MutatingWebhookConfiguration',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
      'ValidatingWebhookConfiguration',
    ],
  ],
  ['apiextensions.k8s.io', ['CustomResourceDefinition']],
  ['apiregistration.k8s.io', ['APIService']],
  ['apps', []],
  ['authentication.k8s.io', ['SelfSubjectReview', 'TokenReview']],
  ['authorization.k8s.io', ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview']],
  ['autoscaling', []],
  ['batch', []],
  ['certificates.k8s.io', ['CertificateSigningRequest', 'ClusterTrustBundle']],
  ['coordination.k8s.io', []],
  ['discovery.k8s.io', []],
  ['events.k8s.io', []],
  ['extensions', ['PodSecurityPolicy']],
  ['flowcontrol.apiserver.k8s.io', ['FlowSchema', 'PriorityLevelConfiguration']],
  ['internal.apiserver.k8s.io', ['StorageVersion']],
  ['networking.k8s.io', ['ClusterCIDR', 'IngressClass', 'IPAddress', 'ServiceCIDR']],
  ['node.k8s.io', ['RuntimeClass']],
  ['policy', ['PodSecurityPolicy']],
  ['rbac.authorization.k8s.io', ['ClusterRole', 'ClusterRoleBinding']],
  ['resource.k8s.io', ['DeviceClass', 'DeviceTaintRule', 'ResourceClass', 'ResourceSlice']],
  ['scheduling.k8s.io', ['PriorityClass']],
  ['storage.k8s.io', ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass']],
  ['storagemigration.k8s.io', ['StorageVersionMigration']],
]);
