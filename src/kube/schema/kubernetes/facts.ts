/**
 * What the OpenAPI of Kubernetes leaves unsaid: the choices and bounds that the API server's own validation holds single fields to,
 * and the fields that it lets pass though the OpenAPI calls them required. Over all minors that are judged: a value is
 * missing here only where none of them takes it.
 *
 * Source: k8s.io/kubernetes 1.30 to 1.37, pkg/apis/GROUP/validation/validation.go, and pkg/apis/apiextensions/validation of
 * k8s.io/apiextensions-apiserver. The functions are named where they are not the type's own `ValidateTYPE`.
 */
import type { Schema } from '../schema.ts';

/** Choices and bounds of a type's field. */
export const factsOf = (type: string, field: string): Schema | undefined => facts.get(type)?.[field];

/**
 * Whether the API server refuses an object without a field that its OpenAPI calls required. Not in types that are no API yet or
 * that hardly anybody writes: nobody has looked there.
 */
export const isEnforced = (type: string, field: string): boolean => judged.test(type) && !optional.has(`${type}.${field}`);

/** An empty text counts as none: defaults come before validation. */
const choice = (...values: readonly string[]): Schema => ({
  type: 'string',
  enum: [...values, ''],
  words: values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.join(', ')}`,
});
const choices = (...values: readonly string[]): Schema => ({ type: 'array', items: choice(...values) });

const between = (minimum: number, maximum?: number): Schema => ({ minimum, ...(maximum === undefined ? {} : { maximum }) });
/** apimachinery: pkg/util/validation (`IsValidPortNum`). */
const port = between(1, 65535);
/** 0 is "none". */
const perhapsPort = between(0, 65535);
/** core: `validateVolumeSource`, "must be a number between 0 and 0777 (octal)". */
const mode: Schema = { ...between(0, 0o777), words: 'a file mode from 0 to 0777 (octal), which is 511' };
/** apimachinery: pkg/api/validation (`ValidateNonnegativeField`). */
const count = between(0);

const protocol: Schema = { ...choice('TCP', 'UDP', 'SCTP'), default: 'TCP' };
const pullPolicy = choice('Always', 'IfNotPresent', 'Never');
const container = { imagePullPolicy: pullPolicy, terminationMessagePolicy: choice('File', 'FallbackToLogsOnError') };
const accessModes = choices('ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod');
const volumeMode = choice('Block', 'Filesystem');
const profile = { type: choice('Localhost', 'RuntimeDefault', 'Unconfined') };
/** core: `validateRunAsUser` and its like (apimachinery: `IsValidUserID`). */
const userId = between(0, 2 ** 31 - 1);
const webhook = {
  failurePolicy: choice('Ignore', 'Fail'),
  sideEffects: choice('None', 'NoneOnDryRun'),
  matchPolicy: choice('Exact', 'Equivalent'),
  timeoutSeconds: between(1, 30),
};

const facts: ReadonlyMap<string, Readonly<Record<string, Schema>>> = new Map<string, Readonly<Record<string, Schema>>>([
  ['core.v1.ContainerPort', { containerPort: port, hostPort: perhapsPort, protocol }],
  ['core.v1.ServicePort', { port, nodePort: perhapsPort, protocol }],
  ['core.v1.EndpointPort', { port, protocol }],
  ['core.v1.GRPCAction', { port }],
  ['core.v1.HTTPGetAction', { scheme: choice('HTTP', 'HTTPS') }],
  [
    'core.v1.Probe',
    {
      initialDelaySeconds: count,
      timeoutSeconds: count,
      periodSeconds: count,
      successThreshold: count,
      failureThreshold: count,
      terminationGracePeriodSeconds: between(1),
    },
  ],
  ['core.v1.Container', container],
  ['core.v1.EphemeralContainer', container],
  ['core.v1.ContainerResizePolicy', { resourceName: choice('cpu', 'memory'), restartPolicy: choice('NotRequired', 'RestartContainer') }],
  [
    'core.v1.PodSpec',
    {
      restartPolicy: choice('Always', 'OnFailure', 'Never'),
      dnsPolicy: choice('ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'),
      preemptionPolicy: choice('PreemptLowerPriority', 'Never'),
      terminationGracePeriodSeconds: count,
      activeDeadlineSeconds: between(1, 2 ** 31 - 1),
    },
  ],
  ['core.v1.LocalObjectReference', { name: { type: 'string', default: '' } }],
  ['core.v1.PodOS', { name: choice('linux', 'windows') }],
  [
    'core.v1.PodSecurityContext',
    {
      fsGroupChangePolicy: choice('OnRootMismatch', 'Always'),
      supplementalGroupsPolicy: choice('Merge', 'Strict'),
      runAsUser: userId,
      runAsGroup: userId,
      fsGroup: userId,
    },
  ],
  ['core.v1.SecurityContext', { procMount: choice('Default', 'Unmasked'), runAsUser: userId, runAsGroup: userId }],
  ['core.v1.SeccompProfile', profile],
  ['core.v1.AppArmorProfile', profile],
  [
    'core.v1.Toleration',
    { operator: choice('Exists', 'Equal', 'Lt', 'Gt'), effect: choice('NoSchedule', 'PreferNoSchedule', 'NoExecute') },
  ],
  ['core.v1.NodeSelectorRequirement', { operator: choice('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt') }],
  ['core.v1.WeightedPodAffinityTerm', { weight: between(1, 100) }],
  ['core.v1.PreferredSchedulingTerm', { weight: between(1, 100) }],
  [
    'core.v1.TopologySpreadConstraint',
    {
      maxSkew: between(1),
      whenUnsatisfiable: choice('DoNotSchedule', 'ScheduleAnyway'),
      nodeAffinityPolicy: choice('Honor', 'Ignore'),
      nodeTaintsPolicy: choice('Honor', 'Ignore'),
    },
  ],
  [
    'core.v1.VolumeMount',
    {
      mountPropagation: choice('None', 'HostToContainer', 'Bidirectional'),
      recursiveReadOnly: choice('Disabled', 'IfPossible', 'Enabled'),
    },
  ],
  [
    'core.v1.HostPathVolumeSource',
    { type: choice('DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice') },
  ],
  ['core.v1.ConfigMapVolumeSource', { defaultMode: mode }],
  ['core.v1.SecretVolumeSource', { defaultMode: mode }],
  ['core.v1.ProjectedVolumeSource', { defaultMode: mode }],
  ['core.v1.DownwardAPIVolumeSource', { defaultMode: mode }],
  ['core.v1.DownwardAPIVolumeFile', { mode }],
  ['core.v1.KeyToPath', { mode }],
  ['core.v1.PersistentVolumeClaimSpec', { accessModes, volumeMode }],
  ['core.v1.PersistentVolumeSpec', { accessModes, volumeMode, persistentVolumeReclaimPolicy: choice('Delete', 'Recycle', 'Retain') }],
  [
    'core.v1.ServiceSpec',
    {
      type: choice('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
      sessionAffinity: choice('None', 'ClientIP'),
      externalTrafficPolicy: choice('Cluster', 'Local'),
      internalTrafficPolicy: choice('Cluster', 'Local'),
      ipFamilies: choices('IPv4', 'IPv6'),
      ipFamilyPolicy: choice('SingleStack', 'PreferDualStack', 'RequireDualStack'),
    },
  ],
  ['meta.v1.LabelSelectorRequirement', { operator: choice('In', 'NotIn', 'Exists', 'DoesNotExist') }],
  ['apps.v1.DeploymentSpec', { replicas: count, minReadySeconds: count, revisionHistoryLimit: count, progressDeadlineSeconds: count }],
  ['apps.v1.DeploymentStrategy', { type: choice('Recreate', 'RollingUpdate') }],
  ['apps.v1.ReplicaSetSpec', { replicas: count, minReadySeconds: count }],
  ['apps.v1.StatefulSetSpec', { replicas: count, minReadySeconds: count, podManagementPolicy: choice('OrderedReady', 'Parallel') }],
  ['apps.v1.StatefulSetUpdateStrategy', { type: choice('RollingUpdate', 'OnDelete') }],
  ['apps.v1.DaemonSetSpec', { minReadySeconds: count, revisionHistoryLimit: count }],
  ['apps.v1.DaemonSetUpdateStrategy', { type: choice('RollingUpdate', 'OnDelete') }],
  [
    'batch.v1.JobSpec',
    {
      parallelism: count,
      completions: count,
      backoffLimit: count,
      activeDeadlineSeconds: count,
      ttlSecondsAfterFinished: count,
      completionMode: choice('NonIndexed', 'Indexed'),
      podReplacementPolicy: choice('Failed', 'TerminatingOrFailed'),
    },
  ],
  ['batch.v1.PodFailurePolicyRule', { action: choice('FailJob', 'FailIndex', 'Ignore', 'Count') }],
  [
    'batch.v1.CronJobSpec',
    {
      concurrencyPolicy: choice('Allow', 'Forbid', 'Replace'),
      startingDeadlineSeconds: count,
      successfulJobsHistoryLimit: count,
      failedJobsHistoryLimit: count,
    },
  ],
  ['autoscaling.v1.HorizontalPodAutoscalerSpec', { minReplicas: count, maxReplicas: between(1) }],
  ['autoscaling.v2.HorizontalPodAutoscalerSpec', { minReplicas: count, maxReplicas: between(1) }],
  ['autoscaling.v2.MetricSpec', { type: choice('Object', 'Pods', 'Resource', 'ContainerResource', 'External') }],
  ['autoscaling.v2.MetricTarget', { type: choice('Utilization', 'Value', 'AverageValue') }],
  ['autoscaling.v2.HPAScalingPolicy', { type: choice('Pods', 'Percent'), value: between(1), periodSeconds: between(1, 1800) }],
  ['autoscaling.v2.HPAScalingRules', { selectPolicy: choice('Max', 'Min', 'Disabled'), stabilizationWindowSeconds: between(0, 3600) }],
  ['discovery.v1.EndpointSlice', { addressType: choice('IPv4', 'IPv6', 'FQDN') }],
  ['networking.v1.HTTPIngressPath', { pathType: choice('Exact', 'Prefix', 'ImplementationSpecific') }],
  ['networking.v1.ServiceBackendPort', { number: perhapsPort }],
  ['networking.v1.NetworkPolicySpec', { policyTypes: choices('Ingress', 'Egress') }],
  ['networking.v1.NetworkPolicyPort', { protocol: choice('TCP', 'UDP', 'SCTP') }],
  ['policy.v1.PodDisruptionBudgetSpec', { unhealthyPodEvictionPolicy: choice('IfHealthyBudget', 'AlwaysAllow') }],
  // rbac: `ValidateRoleBindingSubject`, `ValidateRoleBinding`.
  ['rbac.v1.Subject', { kind: choice('ServiceAccount', 'User', 'Group') }],
  ['rbac.v1.RoleRef', { kind: choice('Role', 'ClusterRole') }],
  ['scheduling.v1.PriorityClass', { preemptionPolicy: choice('PreemptLowerPriority', 'Never') }],
  [
    'storage.v1.StorageClass',
    { reclaimPolicy: choice('Delete', 'Retain'), volumeBindingMode: choice('Immediate', 'WaitForFirstConsumer') },
  ],
  ['admissionregistration.v1.ValidatingWebhook', webhook],
  ['admissionregistration.v1.MutatingWebhook', { ...webhook, reinvocationPolicy: choice('Never', 'IfNeeded') }],
  [
    'admissionregistration.v1.RuleWithOperations',
    { operations: choices('*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'), scope: choice('*', 'Cluster', 'Namespaced') },
  ],
  ['apiextensions.v1.CustomResourceDefinitionSpec', { scope: choice('Cluster', 'Namespaced') }],
  ['apiextensions.v1.CustomResourceConversion', { strategy: choice('None', 'Webhook') }],
  ['apiextensions.v1.CustomResourceColumnDefinition', { type: choice('integer', 'number', 'string', 'boolean', 'date') }],
  ['apiregistration.v1.APIServiceSpec', { groupPriorityMinimum: between(1, 20000), versionPriority: between(1, 1000) }],
]);

/** Versions that are an API, and the volumes of `core.v1` that the trees of cloud providers have not taken away. */
const judged =
  /^(admissionregistration|apiextensions|apiregistration|apps|autoscaling|batch|core|discovery|meta|networking|node|rbac|storage)\.v\d+\.(?!(AWS|Azure|Ceph|Cinder|Flex|Flocker|GCE|Gluster|Photon|Portworx|Quobyte|RBD|ScaleIO|Vsphere))/;

/** The API server takes an object without them, whatever its OpenAPI says. */
const optional: ReadonlySet<string> = new Set([
  // What is empty is fine.
  'core.v1.HTTPHeader.value',
  'core.v1.Sysctl.value',
  'core.v1.PreferredSchedulingTerm.preference',
  'core.v1.LimitRangeSpec.limits',
  'core.v1.SleepAction.seconds',
  'apiextensions.v1.CustomResourceDefinitionVersion.served',
  'apiextensions.v1.CustomResourceDefinitionVersion.storage',
  'storage.v1.CSIDriver.spec',
  'storage.v1.CSINode.spec',
  'storage.v1.CSINodeSpec.drivers',
  'batch.v1.PodFailurePolicy.rules',
  'batch.v1.SuccessPolicy.rules',
  'storage.v1.TokenRequest.audience',
  // A claim's source without its kind is dropped (core: pkg/registry/core/persistentvolumeclaim, `dropDisabledFields`).
  'core.v1.TypedLocalObjectReference.kind',
  'core.v1.TypedLocalObjectReference.name',
  // What no manifest brings.
  'core.v1.Event.involvedObject',
  'core.v1.Event.metadata',
  'core.v1.ComponentCondition.status',
  'core.v1.ComponentCondition.type',
]);
