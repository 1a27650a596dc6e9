/**
 * What kustomize takes for cluster-scoped: the kinds of the Kubernetes 1.21.2 schema it embeds, by exact apiVersion
 * (kyaml/openapi, `precomputedIsNamespaceScoped`). Every kind it does not know counts as namespaced, so it writes a
 * namespace on cluster-scoped custom resources, too.
 */
import type { ResourceId } from '../build.ts';
export const isClusterScoped = ({ group, version, kind }: Pick<ResourceId, 'group' | 'version' | 'kind'>): boolean =>
  clusterScoped.get(kind)?.includes(group === '' ? version : `${group}/${version}`) === true;

const versions = (group: string, ...names: readonly string[]) => names.map((name) => `${group}/${name}`);

const clusterScoped: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    APIService: versions('apiregistration.k8s.io', 'v1', 'v1beta1'),
    CSIDriver: versions('storage.k8s.io', 'v1', 'v1beta1'),
    CSINode: versions('storage.k8s.io', 'v1', 'v1beta1'),
    CertificateSigningRequest: versions('certificates.k8s.io', 'v1', 'v1beta1'),
    ClusterRole: versions('rbac.authorization.k8s.io', 'v1', 'v1beta1'),
    ClusterRoleBinding: versions('rbac.authorization.k8s.io', 'v1', 'v1beta1'),
    ComponentStatus: ['v1'],
    CustomResourceDefinition: versions('apiextensions.k8s.io', 'v1', 'v1beta1'),
    FlowSchema: versions('flowcontrol.apiserver.k8s.io', 'v1beta1'),
    IngressClass: versions('networking.k8s.io', 'v1', 'v1beta1'),
    MutatingWebhookConfiguration: versions('admissionregistration.k8s.io', 'v1', 'v1beta1'),
    Namespace: ['v1'],
    Node: ['v1'],
    NodeProxyOptions: ['v1'],
    PersistentVolume: ['v1'],
    PodSecurityPolicy: versions('policy', 'v1beta1'),
    PriorityClass: versions('scheduling.k8s.io', 'v1', 'v1beta1'),
    PriorityLevelConfiguration: versions('flowcontrol.apiserver.k8s.io', 'v1beta1'),
    RuntimeClass: versions('node.k8s.io', 'v1', 'v1beta1'),
    StorageClass: versions('storage.k8s.io', 'v1', 'v1beta1'),
    ValidatingWebhookConfiguration: versions('admissionregistration.k8s.io', 'v1', 'v1beta1'),
    VolumeAttachment: versions('storage.k8s.io', 'v1', 'v1beta1'),
  }),
);
