import type { Failure } from '../resource/failure.ts';
import { type FieldSpec, type Gvk, mergeFieldSpecs } from './field-spec.ts';

/** Objects whose names are written elsewhere, and the fields of others that hold them. */
export interface NameReference extends Gvk {
  readonly referrers: readonly FieldSpec[];
}

/** One table and another: fields for the same kind are joined, new kinds come last (kustomize: `nbrSlice.mergeAll`). */
export const mergeNameReferences = (
  table: readonly NameReference[],
  added: readonly NameReference[],
): readonly NameReference[] | Failure => {
  const merged = [...table];
  for (const reference of added) {
    const index = merged.findIndex((other) => gvkKey(other) === gvkKey(reference));
    const known = merged[index];
    if (!known) {
      merged.push(reference);
      continue;
    }
    const referrers = mergeFieldSpecs(known.referrers, reference.referrers);
    if ('type' in referrers) return referrers;
    merged[index] = { ...known, referrers };
  }
  return merged;
};

const gvkKey = ({ group, version, kind }: Gvk): string => `${group}/${version}/${kind}`;

const spec = (kind: string, path: string, gvk: Partial<Gvk> = {}): FieldSpec => ({
  group: '',
  version: '',
  ...gvk,
  kind,
  path,
  create: false,
});

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';

/** Where a pod is described, by the kind that does. */
const podPaths: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Pod: 'spec',
    PodTemplate: 'template/spec',
    Deployment: 'spec/template/spec',
    ReplicaSet: 'spec/template/spec',
    ReplicationController: 'spec/template/spec',
    DaemonSet: 'spec/template/spec',
    StatefulSet: 'spec/template/spec',
    Job: 'spec/template/spec',
    CronJob: 'spec/jobTemplate/spec/template/spec',
  }),
);

const inPods = (kinds: readonly string[], ...paths: readonly string[]): readonly FieldSpec[] =>
  kinds.flatMap((kind) => paths.map((path) => spec(kind, `${podPaths.get(kind)}/${path}`)));

const configuredKinds = ['Pod', 'PodTemplate', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job', 'CronJob'];
const runningKinds = ['Pod', 'StatefulSet', 'Deployment', 'ReplicationController', 'CronJob', 'Job', 'DaemonSet'];

const environment = (name: 'configMap' | 'secret'): readonly string[] =>
  ['containers', 'initContainers'].flatMap((list) => [`${list}/env/valueFrom/${name}KeyRef/name`, `${list}/envFrom/${name}Ref/name`]);

/**
 * The references that kustomize knows of by itself (`builtinpluginconsts/namereference.go`), in the order in which it
 * mends them. No field of a custom resource is among them, and IngressClass never matches (its group there is not one).
 */
export const builtinNameReferences: readonly NameReference[] = [
  {
    group: 'storage.k8s.io',
    version: 'v1',
    kind: 'StorageClass',
    referrers: [
      spec('PersistentVolume', 'spec/storageClassName'),
      spec('PersistentVolumeClaim', 'spec/storageClassName'),
      spec('StatefulSet', 'spec/volumeClaimTemplates/spec/storageClassName'),
    ],
  },
  {
    group: '',
    version: 'v1',
    kind: 'ServiceAccount',
    referrers: [
      spec('RoleBinding', 'subjects', { group: rbac }),
      spec('ClusterRoleBinding', 'subjects', { group: rbac }),
      ...inPods(runningKinds, 'serviceAccountName'),
    ],
  },
  { group: rbac, version: '', kind: 'Role', referrers: [spec('RoleBinding', 'roleRef/name', { group: rbac })] },
  {
    group: rbac,
    version: '',
    kind: 'ClusterRole',
    referrers: [spec('RoleBinding', 'roleRef/name', { group: rbac }), spec('ClusterRoleBinding', 'roleRef/name', { group: rbac })],
  },
  {
    group: '',
    version: 'v1',
    kind: 'ConfigMap',
    referrers: [
      ...inPods(configuredKinds, 'volumes/configMap/name', 'volumes/projected/sources/configMap/name', ...environment('configMap')),
      spec('Node', 'spec/configSource/configMap'),
      spec('Role', 'rules/resourceNames'),
      spec('ClusterRole', 'rules/resourceNames'),
      spec('Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap'),
    ],
  },
  {
    group: '',
    version: 'v1',
    kind: 'Secret',
    referrers: [
      ...inPods(
        configuredKinds,
        'volumes/secret/secretName',
        'volumes/projected/sources/secret/name',
        'imagePullSecrets/name',
        ...environment('secret'),
      ),
      spec('Ingress', 'spec/tls/secretName'),
      spec('Ingress', 'metadata/annotations/ingress.kubernetes.io\\/auth-secret'),
      spec('Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret'),
      spec('Ingress', 'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret'),
      spec('ServiceAccount', 'imagePullSecrets/name'),
      ...['secretName', 'adminSecretName', 'userSecretName', 'secretRef'].map((key) => spec('StorageClass', `parameters/${key}`)),
      spec('Role', 'rules/resourceNames'),
      spec('ClusterRole', 'rules/resourceNames'),
      spec('Service', 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name', { group: 'serving.knative.dev', version: 'v1' }),
      spec('PersistentVolume', 'spec/azureFile/secretName'),
    ],
  },
  {
    group: '',
    version: 'v1',
    kind: 'Service',
    referrers: [
      spec('StatefulSet', 'spec/serviceName', { group: 'apps' }),
      spec('Ingress', 'spec/rules/http/paths/backend/serviceName'),
      spec('Ingress', 'spec/backend/serviceName'),
      spec('Ingress', 'spec/rules/http/paths/backend/service/name'),
      spec('Ingress', 'spec/defaultBackend/service/name'),
      spec('APIService', 'spec/service/name', { group: 'apiregistration.k8s.io' }),
      spec('ValidatingWebhookConfiguration', 'webhooks/clientConfig/service', { group: admission }),
      spec('MutatingWebhookConfiguration', 'webhooks/clientConfig/service', { group: admission }),
    ],
  },
  { group: 'scheduling.k8s.io', version: 'v1', kind: 'PriorityClass', referrers: inPods(runningKinds, 'priorityClassName') },
  {
    group: '',
    version: 'v1',
    kind: 'PersistentVolume',
    referrers: [spec('PersistentVolumeClaim', 'spec/volumeName'), spec('ClusterRole', 'rules/resourceNames')],
  },
  { group: '', version: 'v1', kind: 'PersistentVolumeClaim', referrers: inPods(runningKinds, 'volumes/persistentVolumeClaim/claimName') },
  ...['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].map((kind) => ({
    group: '',
    version: '',
    kind,
    referrers: [spec('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name')],
  })),
  {
    group: admission,
    version: '',
    kind: 'ValidatingAdmissionPolicy',
    referrers: [spec('ValidatingAdmissionPolicyBinding', 'spec/policyName', { group: admission })],
  },
  {
    group: 'networking.k8s.io/v1',
    version: 'v1',
    kind: 'IngressClass',
    referrers: [spec('Ingress', 'spec/ingressClassName')],
  },
];
