import { describe, expect, it } from 'vitest';
import { refusalsOf } from '../../../src/kube/validation/validate.ts';
import type { MapNode, Node } from '../../../src/yaml/node.ts';
import { rootOf, seeds } from './seeds.ts';

/** The seed of a kind with other values at some pointers; undefined takes a field away. */
const changed = (kind: string, changes: Readonly<Record<string, unknown>>): MapNode => {
  const object = structuredClone(seeds.get(kind));
  if (!object) throw new Error(`no seed of ${kind}`);
  for (const [pointer, value] of Object.entries(changes)) set(object, pointer.slice(1).split('/'), value);
  return rootOf(object);
};

const set = (place: object, [key = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length === 0) Object.assign(place, { [key]: value });
  else {
    const inside: unknown = Object.entries(place).find(([name]) => name === key)?.[1] ?? {};
    if (typeof inside !== 'object' || inside === null) throw new Error(`${key} holds nothing`);
    Object.assign(place, { [key]: inside });
    set(inside, rest, value);
  }
};

const container = '/spec/template/spec/containers/0';

/** What is changed in a seed, and where it is refused, with a part of the words. */
const cases: readonly (readonly [kind: string, changes: Readonly<Record<string, unknown>>, pointer: string, words: string])[] = [
  [
    'Deployment',
    { '/spec/template/metadata/labels/app': 'other' },
    '/spec/template/metadata/labels/app',
    'does not match spec.selector.matchLabels.app',
  ],
  ['Deployment', { '/spec/template/metadata/labels': undefined }, '/spec/template/metadata/labels/app', 'does not match'],
  ['Deployment', { '/spec/template/metadata/labels/tier': 'db' }, '/spec/template/metadata/labels/tier', 'does not match'],
  ['Deployment', { '/spec/strategy/type': 'Recreate' }, '/spec/strategy/rollingUpdate', 'where the type is Recreate'],
  [
    'Deployment',
    { '/spec/strategy/rollingUpdate': { maxSurge: 0, maxUnavailable: '0%' } },
    '/spec/strategy/rollingUpdate/maxUnavailable',
    'must not be 0',
  ],
  ['Deployment', { '/spec/minReadySeconds': 300 }, '/spec/progressDeadlineSeconds', 'more than minReadySeconds'],
  ['Deployment', { '/spec/template/spec/restartPolicy': 'Never' }, '/spec/template/spec/restartPolicy', 'must be Always'],
  ['Deployment', { [`${container}/image`]: undefined }, `${container}/image`, 'is required'],
  [
    'Deployment',
    { [`${container}/name`]: 'proxy' },
    '/spec/template/spec/containers/1/name',
    'is the same as spec.template.spec.containers[0].name',
  ],
  ['Deployment', { [`${container}/ports/0/name`]: 'prometheus-metrics' }, `${container}/ports/0/name`, 'at most 15'],
  ['Deployment', { [`${container}/ports/1/name`]: 'http' }, `${container}/ports/1/name`, 'is the same as'],
  ['Deployment', { [`${container}/ports/0/name`]: '8080' }, `${container}/ports/0/name`, 'a letter'],
  ['Deployment', { [`${container}/env/0/valueFrom`]: {} }, `${container}/env/0/valueFrom`, 'one of fieldRef'],
  ['Deployment', { [`${container}/env/1/value`]: 'x' }, `${container}/env/1/valueFrom`, 'beside a value'],
  [
    'Deployment',
    { [`${container}/env/2/valueFrom/fieldRef/fieldPath`]: 'spec.node' },
    `${container}/env/2/valueFrom/fieldRef/fieldPath`,
    'must be',
  ],
  ['Deployment', { [`${container}/livenessProbe/tcpSocket`]: { port: 1 } }, `${container}/livenessProbe/tcpSocket`, 'beside httpGet'],
  ['Deployment', { [`${container}/livenessProbe/httpGet`]: undefined }, `${container}/livenessProbe`, 'one of exec'],
  ['Deployment', { [`${container}/livenessProbe/successThreshold`]: 2 }, `${container}/livenessProbe/successThreshold`, 'must be 1'],
  ['Deployment', { [`${container}/resources/requests/cpu`]: '1100m' }, `${container}/resources/requests/cpu`, 'not be more than'],
  ['Deployment', { [`${container}/resources/limits/gpu`]: '1' }, `${container}/resources/limits/gpu`, 'is not a resource of containers'],
  ['Deployment', { [`${container}/volumeMounts/0/name`]: 'nowhere' }, `${container}/volumeMounts/0/name`, 'no volume of that name'],
  ['Deployment', { [`${container}/volumeMounts/1/mountPath`]: '/data' }, `${container}/volumeMounts/1/mountPath`, 'is the same as'],
  ['Deployment', { '/spec/template/spec/volumes/1/name': 'data' }, '/spec/template/spec/volumes/1/name', 'is the same as'],
  [
    'Deployment',
    { '/spec/template/spec/volumes/0/secret': { secretName: 'x' } },
    '/spec/template/spec/volumes/0/secret',
    'beside emptyDir',
  ],
  [
    'Deployment',
    { '/spec/template/spec/tolerations/0/tolerationSeconds': 5 },
    '/spec/template/spec/tolerations/0/effect',
    'must be NoExecute',
  ],
  [
    'Deployment',
    { '/spec/template/spec/initContainers/0/livenessProbe': { exec: { command: ['a'] } } },
    '/spec/template/spec/initContainers/0/livenessProbe',
    'init container',
  ],
  ['Deployment', { '/metadata/annotations/big': 'x'.repeat(270_000) }, '/metadata/annotations', 'bytes'],
  ['StatefulSet', { [`${container}/volumeMounts/0/name`]: 'other' }, `${container}/volumeMounts/0/name`, 'no volume of that name'],
  [
    'StatefulSet',
    { '/spec/volumeClaimTemplates/0/spec/resources': undefined },
    '/spec/volumeClaimTemplates/0/spec/resources/requests/storage',
    'is required',
  ],
  ['StatefulSet', { '/spec/updateStrategy/type': 'OnDelete' }, '/spec/updateStrategy/rollingUpdate', 'where the type is OnDelete'],
  [
    'DaemonSet',
    { '/spec/updateStrategy/rollingUpdate/maxSurge': 1 },
    '/spec/updateStrategy/rollingUpdate/maxSurge',
    'unless maxUnavailable is 0',
  ],
  ['DaemonSet', { [`${container}/ports/0/hostPort`]: 9200 }, `${container}/ports/0/hostPort`, 'must be 9100'],
  [
    'DaemonSet',
    { [`${container}/securityContext`]: { privileged: true, allowPrivilegeEscalation: false } },
    `${container}/securityContext/allowPrivilegeEscalation`,
    'privileged',
  ],
  ['Job', { '/spec/template/spec/restartPolicy': undefined }, '/spec/template/spec/restartPolicy', 'OnFailure or Never'],
  ['Job', { '/spec/selector': { matchLabels: { app: 'import' } } }, '/spec/selector', 'manualSelector'],
  ['Job', { '/spec/completions': undefined }, '/spec/completions', 'where completionMode is Indexed'],
  ['CronJob', { '/spec/schedule': '0 25 * * *' }, '/spec/schedule', 'must be a schedule'],
  ['CronJob', { '/spec/schedule': 'TZ=UTC 0 5 * * *' }, '/spec/schedule', 'timeZone does'],
  ['CronJob', { '/spec/timeZone': 'Europe/Berlim' }, '/spec/timeZone', 'time zone'],
  ['CronJob', { '/spec/timeZone': 'europe/berlin' }, '/spec/timeZone', 'time zone'],
  ['Service', { '/spec/ports/1/name': undefined }, '/spec/ports/1/name', 'several ports'],
  ['Service', { '/spec/ports/1/port': 80 }, '/spec/ports/1', 'is the same as spec.ports[0]'],
  ['Service', { '/spec/type': 'LoadBalancer', '/spec/clusterIP': 'None' }, '/spec/clusterIP', 'may not be None'],
  ['Service', { '/spec/type': 'ExternalName', '/spec/ipFamilyPolicy': undefined }, '/spec/externalName', 'is required'],
  ['Service', { '/spec/ports/0/nodePort': 30080 }, '/spec/ports/0/nodePort', 'type ClusterIP'],
  ['Ingress', { '/spec/rules': undefined, '/spec/defaultBackend': undefined }, '/spec', 'rules or a defaultBackend'],
  ['Ingress', { '/spec/rules/0/host': '10.0.0.1' }, '/spec/rules/0/host', 'not an address'],
  ['Ingress', { '/spec/rules/0/http/paths/0/path': 'x' }, '/spec/rules/0/http/paths/0/path', 'begin with "/"'],
  ['Ingress', { '/spec/defaultBackend/service': { name: 'x', port: { number: 80 } } }, '/spec/defaultBackend', 'only one of'],
  ['NetworkPolicy', { '/spec/ingress/0/from/0': {} }, '/spec/ingress/0/from/0', 'podSelector'],
  ['NetworkPolicy', { '/spec/egress/0/ports/0/port': 'dns' }, '/spec/egress/0/ports/0/endPort', 'unless port is a number'],
  ['HorizontalPodAutoscaler', { '/spec/minReplicas': 11 }, '/spec/maxReplicas', 'less than minReplicas'],
  ['HorizontalPodAutoscaler', { '/spec/metrics/0/type': 'Pods' }, '/spec/metrics/0/resource', 'where the type is Pods'],
  ['PodDisruptionBudget', { '/spec/maxUnavailable': 1 }, '/spec/maxUnavailable', 'beside minAvailable'],
  ['PersistentVolumeClaim', { '/spec/accessModes': [] }, '/spec/accessModes', 'is required'],
  ['PersistentVolume', { '/spec/hostPath': { path: '/x' } }, '/spec/nfs', 'beside hostPath'],
  ['PersistentVolume', { '/spec/capacity/cpu': '1' }, '/spec/capacity/cpu', 'storage alone'],
  ['StorageClass', { '/provisioner': undefined }, '/provisioner', 'is required'],
  ['ConfigMap', { '/data/a b': 'x' }, '/data/a b', 'has a key that'],
  ['ConfigMap', { '/data/logo': 'x' }, '/binaryData/logo', 'stands in data'],
  ['ConfigMap', { '/data/big': 'x'.repeat(1_100_000) }, '/data', 'bytes'],
  ['Secret', { '/data/tls.key': undefined }, '/data/tls.key', 'kubernetes.io/tls'],
  ['Role', { '/rules/0/verbs': [] }, '/rules/0/verbs', 'is required'],
  ['Role', { '/rules/0/nonResourceURLs': ['/x'] }, '/rules/0/nonResourceURLs', 'ClusterRoles only'],
  ['RoleBinding', { '/roleRef/apiGroup': 'rbac' }, '/roleRef/apiGroup', 'must be'],
  ['ClusterRoleBinding', { '/roleRef/kind': 'Role' }, '/roleRef/kind', 'must be "ClusterRole"'],
  ['ClusterRoleBinding', { '/subjects/1/namespace': undefined }, '/subjects/1/namespace', 'for a ServiceAccount'],
  ['Namespace', { '/spec/finalizers/0': 'mine' }, '/spec/finalizers/0', 'must be "kubernetes"'],
  ['LimitRange', { '/spec/limits/0/min/cpu': '3' }, '/spec/limits/0/min/cpu', 'not be more than'],
  ['LimitRange', { '/spec/limits/1/type': 'Container' }, '/spec/limits/1/type', 'is the same as'],
  ['ResourceQuota', { '/spec/hard/pods': '1500m' }, '/spec/hard/pods', 'whole number'],
  ['PriorityClass', { '/value': 1_000_000_001 }, '/value', 'not be more than'],
  ['RuntimeClass', { '/handler': 'run_sc' }, '/handler', 'holds "_"'],
  ['Endpoints', { '/subsets/0/addresses/0/ip': '127.0.0.1' }, '/subsets/0/addresses/0/ip', 'other machines'],
  ['EndpointSlice', { '/endpoints/0/addresses/0': '2001:db8::1' }, '/endpoints/0/addresses/0', 'type IPv4'],
  ['ValidatingWebhookConfiguration', { '/webhooks/0/sideEffects': 'Some' }, '/webhooks/0/sideEffects', 'must be'],
  ['ValidatingWebhookConfiguration', { '/webhooks/0/name': 'pods' }, '/webhooks/0/name', 'three parts'],
  ['MutatingWebhookConfiguration', { '/webhooks/0/clientConfig/url': 'http://x' }, '/webhooks/0/clientConfig/url', 'https://'],
  ['CustomResourceDefinition', { '/metadata/name': 'invoices' }, '/metadata/name', 'must be invoices.billing.example.com'],
  ['CustomResourceDefinition', { '/spec/versions/1/storage': true }, '/spec/versions', 'exactly one'],
  ['APIService', { '/spec/version': 'v2' }, '/metadata/name', 'must be v2.metrics.example.com'],
  ['FlowSchema', { '/spec/matchingPrecedence': 1 }, '/spec/matchingPrecedence', '"exempt" only'],
  ['PriorityLevelConfiguration', { '/spec/limited': undefined }, '/spec/limited', 'where the type is Limited'],
];

describe('an object of Kubernetes', () => {
  it.each([...seeds])('%s: nothing is refused that a real API server takes', (_, object) => {
    expect(refusalsOf(rootOf(object))).toEqual([]);
  });

  it.each(cases)('%s: %j', (kind, changes, pointer, words) => {
    const found = refusalsOf(changed(kind, changes));
    expect(found.map((refusal) => refusal.pointer)).toContain(pointer);
    expect(found.find((refusal) => refusal.pointer === pointer)?.message).toContain(words);
  });

  it.each([...seeds])('%s: nothing is refused for what is not known', (_, object) => {
    const root = rootOf(object);
    const refused = [...withoutOne(root)].flatMap((partly) => (partly.type === 'map' ? refusalsOf(partly) : []));
    expect(refused).toEqual([]);
  });

  it('says nothing of what is encrypted', () => {
    expect(refusalsOf(changed('Secret', { '/data/tls.key': undefined, '/sops': { mac: 'x' } }))).toEqual([]);
  });
});

/** A tree once for each of its nodes, with that one unknown. What says which kind it is stays. */
const withoutOne = function* (node: Node, depth = 0): Generator<Node> {
  if (depth > 0) yield { type: 'unknown', why: 'only the cluster knows', span: node.span, via: node.via };
  if (node.type === 'map') {
    for (const [index, { key, value }] of node.entries.entries()) {
      if (depth === 0 && ['apiVersion', 'kind'].includes(key.text)) continue;
      for (const other of withoutOne(value, depth + 1)) yield { ...node, entries: node.entries.with(index, { key, value: other }) };
    }
  }
  if (node.type === 'list') {
    for (const [index, item] of node.items.entries()) {
      for (const other of withoutOne(item, depth + 1)) yield { ...node, items: node.items.with(index, other) };
    }
  }
};

it('the settings of a session affinity that a Service does not have are dropped, not refused', () => {
  const without = changed('Service', {
    '/spec/sessionAffinity': undefined,
    '/spec/sessionAffinityConfig': { clientIP: { timeoutSeconds: 0 } },
  });
  expect(refusalsOf(without)).toEqual([]);
  const having = changed('Service', {
    '/spec/sessionAffinity': 'ClientIP',
    '/spec/sessionAffinityConfig': { clientIP: { timeoutSeconds: 0 } },
  });
  expect(refusalsOf(having)).toHaveLength(1);
});
