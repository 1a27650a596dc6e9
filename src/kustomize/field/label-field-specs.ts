/** Where labels and annotations of a kustomization go (kustomize: `builtinpluginconsts`). */
import type { FieldSpec } from './field-spec.ts';

const spec = (path: string, create: boolean, kind = '', { group = '', version = '' } = {}): FieldSpec => ({
  group,
  version,
  kind,
  path,
  create,
});

const apps = { group: 'apps' };
const batch = { group: 'batch' };
const networking = { group: 'networking.k8s.io' };

/** The object's own labels and those of what it makes. */
export const templateLabelFieldSpecs: readonly FieldSpec[] = [
  spec('metadata/labels', true),
  spec('spec/template/metadata/labels', true, 'ReplicationController', { version: 'v1' }),
  spec('spec/template/metadata/labels', true, 'Deployment'),
  spec('spec/template/metadata/labels', true, 'ReplicaSet'),
  spec('spec/template/metadata/labels', true, 'DaemonSet'),
  spec('spec/template/metadata/labels', true, 'StatefulSet', apps),
  spec('spec/volumeClaimTemplates[]/metadata/labels', true, 'StatefulSet', apps),
  spec('spec/template/metadata/labels', true, 'Job', batch),
  spec('spec/jobTemplate/metadata/labels', true, 'CronJob', batch),
  spec('spec/jobTemplate/spec/template/metadata/labels', true, 'CronJob', batch),
];

const podSelectors = [
  'affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'topologySpreadConstraints/labelSelector/matchLabels',
].map((path) => `spec/template/spec/${path}`);

/** Those, and the selectors. */
export const commonLabelFieldSpecs: readonly FieldSpec[] = [
  spec('spec/selector', true, 'Service', { version: 'v1' }),
  spec('spec/selector', true, 'ReplicationController', { version: 'v1' }),
  spec('spec/selector/matchLabels', true, 'Deployment'),
  ...podSelectors.map((path) => spec(path, false, 'Deployment', apps)),
  spec('spec/selector/matchLabels', true, 'ReplicaSet'),
  spec('spec/selector/matchLabels', true, 'DaemonSet'),
  spec('spec/selector/matchLabels', true, 'StatefulSet', apps),
  ...podSelectors.map((path) => spec(path, false, 'StatefulSet', apps)),
  spec('spec/selector/matchLabels', false, 'Job', batch),
  spec('spec/jobTemplate/spec/selector/matchLabels', false, 'CronJob', batch),
  spec('spec/selector/matchLabels', false, 'PodDisruptionBudget', { group: 'policy' }),
  spec('spec/podSelector/matchLabels', false, 'NetworkPolicy', networking),
  spec('spec/ingress/from/podSelector/matchLabels', false, 'NetworkPolicy', networking),
  spec('spec/egress/to/podSelector/matchLabels', false, 'NetworkPolicy', networking),
  ...templateLabelFieldSpecs,
];

export const annotationFieldSpecs: readonly FieldSpec[] = [
  spec('metadata/annotations', true),
  spec('spec/template/metadata/annotations', true, 'ReplicationController', { version: 'v1' }),
  spec('spec/template/metadata/annotations', true, 'Deployment'),
  spec('spec/template/metadata/annotations', true, 'ReplicaSet'),
  spec('spec/template/metadata/annotations', true, 'DaemonSet'),
  spec('spec/template/metadata/annotations', true, 'StatefulSet'),
  spec('spec/template/metadata/annotations', true, 'Job', batch),
  spec('spec/jobTemplate/metadata/annotations', true, 'CronJob', batch),
  spec('spec/jobTemplate/spec/template/metadata/annotations', true, 'CronJob', batch),
];
