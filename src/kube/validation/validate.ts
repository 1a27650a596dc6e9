/**
 * What the API server refuses in an object of Kubernetes' own kinds, though every field by itself is of the right type: its
 * validation (not admission) of a new object, as far as no cluster is needed for it. Each function is named after its source
 * in k8s.io/kubernetes. Only what all supported minors refuse is refused here.
 */
import { memo } from '../../model/memo.ts';
import { child, type MapNode, stringAt } from '../../yaml/node.ts';
import { validateApiService } from './api-service.ts';
import { validateAutoscaler } from './autoscaling.ts';
import { validateClaimSpec } from './claims.ts';
import { validateLease, validateNamespace, validatePriorityClass, validateRuntimeClass } from './cluster-kinds.ts';
import { validateCustomResourceDefinition } from './custom-resource-definition.ts';
import { validateConfigMap, validateSecret } from './data.ts';
import { validateEndpointSlice, validateEndpoints } from './endpoints.ts';
import { field, type Place, rootPlace } from './field/place.ts';
import type { Refusal, Refusals } from './field/refusal.ts';
import { validateFlowSchema, validatePriorityLevel } from './flow-control.ts';
import { validateCronJob, validateJob } from './jobs.ts';
import { validateMetadata } from './metadata.ts';
import { validateIngress, validateIngressClass, validateNetworkPolicy } from './networking.ts';
import { validatePodSpec, validatePodTemplate } from './pod/pod-spec.ts';
import { validateLimitRange, validateResourceQuota } from './quota.ts';
import { validateClusterRole, validateClusterRoleBinding, validateRole, validateRoleBinding } from './rbac.ts';
import { validateService } from './service.ts';
import { validateCsiDriver, validatePersistentVolume, validateStorageClass, validateVolumeAttachment } from './storage.ts';
import { validateWebhooks } from './webhooks.ts';
import {
  validateDaemonSet,
  validateDeployment,
  validateDisruptionBudget,
  validateReplicaSet,
  validateReplicationController,
  validateStatefulSet,
} from './workloads.ts';

/** What is unknown is never refused. What is encrypted is unknown as a whole. */
export const refusalsOf = memo((root: MapNode): readonly Refusal[] => {
  if (child(root, 'sops') !== undefined) return [];
  const place = rootPlace(root);
  const validate = validators.get(`${stringAt(root, 'apiVersion')}/${stringAt(root, 'kind')}`);
  return [...validateMetadata(place), ...(validate?.(place) ?? [])];
});

/** By `apiVersion/kind`. */
const validators: ReadonlyMap<string, (root: Place) => Refusals> = new Map<string, (root: Place) => Refusals>([
  ['v1/Pod', (root) => validatePodSpec(field(root, 'spec'))],
  ['v1/PodTemplate', (root) => validatePodTemplate(field(root, 'template'))],
  ['v1/Namespace', validateNamespace],
  ['v1/ReplicationController', validateReplicationController],
  ['v1/Service', validateService],
  ['v1/ConfigMap', validateConfigMap],
  ['v1/Secret', validateSecret],
  ['v1/PersistentVolumeClaim', (root) => validateClaimSpec(field(root, 'spec'))],
  ['v1/PersistentVolume', validatePersistentVolume],
  ['v1/LimitRange', validateLimitRange],
  ['v1/ResourceQuota', validateResourceQuota],
  ['v1/Endpoints', validateEndpoints],
  ['apps/v1/Deployment', validateDeployment],
  ['apps/v1/StatefulSet', validateStatefulSet],
  ['apps/v1/DaemonSet', validateDaemonSet],
  ['apps/v1/ReplicaSet', validateReplicaSet],
  ['batch/v1/Job', validateJob],
  ['batch/v1/CronJob', validateCronJob],
  ['networking.k8s.io/v1/Ingress', validateIngress],
  ['networking.k8s.io/v1/IngressClass', validateIngressClass],
  ['networking.k8s.io/v1/NetworkPolicy', validateNetworkPolicy],
  ['autoscaling/v1/HorizontalPodAutoscaler', validateAutoscaler],
  ['autoscaling/v2/HorizontalPodAutoscaler', validateAutoscaler],
  ['policy/v1/PodDisruptionBudget', validateDisruptionBudget],
  ['scheduling.k8s.io/v1/PriorityClass', validatePriorityClass],
  ['node.k8s.io/v1/RuntimeClass', validateRuntimeClass],
  ['coordination.k8s.io/v1/Lease', validateLease],
  ['discovery.k8s.io/v1/EndpointSlice', validateEndpointSlice],
  ['storage.k8s.io/v1/StorageClass', validateStorageClass],
  ['storage.k8s.io/v1/VolumeAttachment', validateVolumeAttachment],
  ['storage.k8s.io/v1/CSIDriver', validateCsiDriver],
  ['rbac.authorization.k8s.io/v1/Role', validateRole],
  ['rbac.authorization.k8s.io/v1/ClusterRole', validateClusterRole],
  ['rbac.authorization.k8s.io/v1/RoleBinding', validateRoleBinding],
  ['rbac.authorization.k8s.io/v1/ClusterRoleBinding', validateClusterRoleBinding],
  ['admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration', validateWebhooks],
  ['admissionregistration.k8s.io/v1/MutatingWebhookConfiguration', validateWebhooks],
  ['apiregistration.k8s.io/v1/APIService', validateApiService],
  ['flowcontrol.apiserver.k8s.io/v1/FlowSchema', validateFlowSchema],
  ['flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration', validatePriorityLevel],
  ['apiextensions.k8s.io/v1/CustomResourceDefinition', validateCustomResourceDefinition],
]);
