/**
 * Which lists a strategic merge patch merges by key, instead of replacing them: the lists of the Kubernetes 1.21.2
 * schema (the one kustomize 5.8 embeds) with a patch strategy of `merge`, and the way to them. All else is replaced.
 */

import type { ResourceId } from '../build.ts';
import { currentId, type Resource } from '../resource/resource.ts';
export interface MergeSchema {
  /** Maps on the way to such a list, by field; `*` stands for every field. */
  readonly maps: Readonly<Record<string, MergeSchema>>;
  readonly lists: Readonly<Record<string, MergeList>>;
}

export interface MergeList {
  /** The fields that name an element; none where the elements are scalars and name themselves. */
  readonly keys: readonly string[];
  readonly element: MergeSchema | undefined;
}

/** Finds the schema of a kind of object; undefined where there is none. */
export type MergeSchemas = (id: Pick<ResourceId, 'group' | 'version' | 'kind'>) => MergeSchema | undefined;

export const mapSchema = (schema: MergeSchema | undefined, field: string): MergeSchema | undefined =>
  schema && (own(schema.maps, field) ?? own(schema.maps, '*'));

export const listSchema = (schema: MergeSchema | undefined, field: string): MergeList | undefined =>
  schema && (own(schema.lists, field) ?? own(schema.lists, '*'));

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

const schema = (maps: MergeSchema['maps'], lists: MergeSchema['lists'] = {}): MergeSchema => ({ maps, lists });

const by = (...keys: readonly string[]): MergeList => ({ keys, element: undefined });

const metadata = schema({}, { finalizers: by(), ownerReferences: by('uid') });
const plain = schema({ metadata });
const conditions = schema({}, { conditions: by('type') });
const withConditions = schema({ metadata, status: conditions });

const ephemeralContainer = schema({}, { env: by('name'), volumeDevices: by('devicePath'), volumeMounts: by('mountPath') });
const container = schema({}, { ...ephemeralContainer.lists, ports: by('containerPort', 'protocol') });
const containers: MergeList = { keys: ['name'], element: container };

const podSpec = schema(
  {},
  {
    containers,
    initContainers: containers,
    ephemeralContainers: { keys: ['name'], element: ephemeralContainer },
    hostAliases: by('ip'),
    imagePullSecrets: by('name'),
    topologySpreadConstraints: by('topologyKey', 'whenUnsatisfiable'),
    volumes: { keys: ['name'], element: schema({ ephemeral: schema({ volumeClaimTemplate: plain }) }) },
  },
);
const template = schema({ metadata, spec: podSpec });
const workload = schema({ metadata, spec: schema({ template }), status: conditions });
const cronJob = schema({ metadata, spec: schema({ jobTemplate: schema({ metadata, spec: schema({ template }) }) }) });
const webhooks = schema({ metadata }, { webhooks: by('name') });
const csiNode = schema({ metadata, spec: schema({}, { drivers: by('name') }) });

const kinds: Readonly<Record<string, Readonly<Record<string, MergeSchema>>>> = {
  '/v1': {
    Binding: plain,
    ComponentStatus: schema({ metadata }, { conditions: by('type') }),
    ConfigMap: plain,
    Endpoints: plain,
    Event: plain,
    LimitRange: plain,
    Namespace: withConditions,
    Node: schema({
      metadata,
      spec: schema({}, { podCIDRs: by() }),
      status: schema({}, { addresses: by('type'), conditions: by('type') }),
    }),
    PersistentVolume: plain,
    PersistentVolumeClaim: withConditions,
    Pod: schema({ metadata, spec: podSpec, status: schema({}, { conditions: by('type'), podIPs: by('ip') }) }),
    PodTemplate: schema({ metadata, template }),
    ReplicationController: workload,
    ResourceQuota: plain,
    Secret: plain,
    Service: schema({ metadata, spec: schema({}, { ports: by('port', 'protocol') }), status: conditions }),
    ServiceAccount: schema({ metadata }, { secrets: by('name') }),
  },
  'admissionregistration.k8s.io/v1': { MutatingWebhookConfiguration: webhooks, ValidatingWebhookConfiguration: webhooks },
  'admissionregistration.k8s.io/v1beta1': { MutatingWebhookConfiguration: webhooks, ValidatingWebhookConfiguration: webhooks },
  'apiextensions.k8s.io/v1': { CustomResourceDefinition: plain },
  'apiextensions.k8s.io/v1beta1': { CustomResourceDefinition: plain },
  'apiregistration.k8s.io/v1': { APIService: withConditions },
  'apiregistration.k8s.io/v1beta1': { APIService: withConditions },
  'apps/v1': {
    ControllerRevision: plain,
    DaemonSet: workload,
    Deployment: workload,
    ReplicaSet: workload,
    StatefulSet: workload,
  },
  'autoscaling/v1': { HorizontalPodAutoscaler: plain, Scale: plain },
  'autoscaling/v2beta1': { HorizontalPodAutoscaler: plain },
  'autoscaling/v2beta2': { HorizontalPodAutoscaler: plain },
  'batch/v1': { CronJob: cronJob, Job: workload },
  'batch/v1beta1': { CronJob: cronJob },
  'certificates.k8s.io/v1': { CertificateSigningRequest: plain },
  'certificates.k8s.io/v1beta1': { CertificateSigningRequest: plain },
  'coordination.k8s.io/v1': { Lease: plain },
  'coordination.k8s.io/v1beta1': { Lease: plain },
  'discovery.k8s.io/v1': { EndpointSlice: plain },
  'discovery.k8s.io/v1beta1': { EndpointSlice: plain },
  'events.k8s.io/v1': { Event: plain },
  'events.k8s.io/v1beta1': { Event: plain },
  'extensions/v1beta1': { Ingress: plain },
  'flowcontrol.apiserver.k8s.io/v1beta1': { FlowSchema: plain, PriorityLevelConfiguration: plain },
  'networking.k8s.io/v1': { Ingress: plain, IngressClass: plain, NetworkPolicy: plain },
  'networking.k8s.io/v1beta1': { Ingress: plain, IngressClass: plain },
  'node.k8s.io/v1': { RuntimeClass: plain },
  'node.k8s.io/v1beta1': { RuntimeClass: plain },
  'policy/v1': { PodDisruptionBudget: withConditions },
  'policy/v1beta1': { Eviction: plain, PodDisruptionBudget: withConditions, PodSecurityPolicy: plain },
  'rbac.authorization.k8s.io/v1': { ClusterRole: plain, ClusterRoleBinding: plain, Role: plain, RoleBinding: plain },
  'rbac.authorization.k8s.io/v1beta1': { ClusterRole: plain, ClusterRoleBinding: plain, Role: plain, RoleBinding: plain },
  'scheduling.k8s.io/v1': { PriorityClass: plain },
  'scheduling.k8s.io/v1beta1': { PriorityClass: plain },
  'storage.k8s.io/v1': { CSIDriver: plain, CSINode: csiNode, StorageClass: plain, VolumeAttachment: plain },
  'storage.k8s.io/v1beta1': {
    CSIDriver: plain,
    CSINode: csiNode,
    CSIStorageCapacity: plain,
    StorageClass: plain,
    VolumeAttachment: plain,
  },
};

const specOf: Readonly<Record<string, MergeSchema>> = {
  Container: container,
  EphemeralContainer: ephemeralContainer,
  PodSpec: podSpec,
  PodTemplateSpec: template,
  ServiceSpec: schema({}, { ports: by('port', 'protocol') }),
  DaemonSetSpec: schema({ template }),
  DeploymentSpec: schema({ template }),
  ReplicaSetSpec: schema({ template }),
  ReplicationControllerSpec: schema({ template }),
  StatefulSetSpec: schema({ template }),
  JobSpec: schema({ template }),
  JobTemplateSpec: schema({ metadata, spec: schema({ template }) }),
};

/**
 * What a definition of the embedded schema says about lists, by the name that references use
 * (`io.k8s.api.core.v1.PodTemplateSpec`); undefined where it says nothing.
 */
export const builtinDefinition = (name: string): MergeSchema | undefined => {
  if (name === 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta') return metadata;
  const [, group, version, kind] = /^io\.k8s\.api\.(\w+)\.(\w+)\.(\w+)$/.exec(name) ?? [];
  if (group === undefined || version === undefined || kind === undefined) return undefined;
  const part = own(specOf, kind);
  if (part) return part;
  const prefix = group === 'core' ? '' : group;
  const groupVersion = Object.keys(kinds).find((each) => each.split('/')[0]?.split('.')[0] === prefix && each.endsWith(`/${version}`));
  return groupVersion === undefined ? undefined : own(kinds[groupVersion] ?? {}, kind);
};

/** The schemas that kustomize embeds. */
export const builtinSchemas: MergeSchemas = ({ group, version, kind }) => {
  const ofGroup = own(kinds, `${group}/${version}`);
  return ofGroup && own(ofGroup, kind);
};

/** Whether some object is of a kind that the embedded schema lacks: to ask for its scope kustomize loads all of it. */
export const hasUnknown = (resources: readonly Resource[]): boolean =>
  resources.some((resource) => builtinSchemas(currentId(resource)) === undefined);
