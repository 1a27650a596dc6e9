/** Random objects: names and labels from few words, so that references, patches and selectors meet. */
import type { Random } from './random.ts';
import { type Content, raw } from './text.ts';

export interface RandomObject {
  readonly [key: string]: Content;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly [key: string]: Content; readonly name: string };
}

export const names = ['web', 'api', 'db', 'worker', 'config'] as const;
export const namespaces = ['shop', 'pay', 'default'] as const;
export const labelKeys = ['app', 'team', 'app.kubernetes.io/name'] as const;

/** Texts that some reader of YAML takes for something else. */
export const words = ['1', 'true', 'yes', 'on', '1.10', 'null', '', 'a b', 'x: y', '# no', 'trailing ', "it's", '2024-01-01', 'é'] as const;

const rawScalars = [
  '010',
  '0x1F',
  '1_000',
  '1e3',
  '1.50',
  '~',
  '2024-01-01',
  '12345678901234567890',
  'yes',
  'off',
  '0o17',
  '!!str 5',
] as const;

const blocks = ['one\n  two\nthree\n', 'one\n\ntwo\n', 'one two\nthree', '  lead\nline\n'] as const;

export const scalar = (random: Random): Content => {
  if (random.chance(0.01)) return raw(random.one(['.inf', '.nan']));
  if (random.chance(0.2)) return raw(random.one(rawScalars));
  if (random.chance(0.1)) return random.one(blocks);
  if (random.chance(0.2)) return random.one([1, 8080, 1.5, true, false, null]);
  return random.one(words);
};

export const pairs = (random: Random, keys: readonly string[]): { readonly [key: string]: string } =>
  Object.fromEntries(random.some(keys, 0.4).map((key) => [key, random.one(['a', 'b', '1', 'true', 'web'])]));

const metadata = (random: Random): RandomObject['metadata'] => ({
  name: random.one(names),
  ...(random.chance(0.3) && { namespace: random.one(namespaces) }),
  ...(random.chance(0.4) && { labels: pairs(random, labelKeys) }),
  ...(random.chance(0.3) && { annotations: { note: random.one(words), ...pairs(random, ['owner']) } }),
});

const container = (random: Random, name: string): Content => ({
  name,
  image: random.one(['nginx', 'nginx:1.25', 'registry.example.com/shop/api:1.0', `redis@sha256:${'a'.repeat(64)}`]),
  ...(random.chance(0.3) && { args: ['--verbose', scalar(random)] }),
  ...(random.chance(0.3) && {
    env: [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: random.one(names), key: 'mode' } } }],
  }),
  ...(random.chance(0.3) && {
    ports: [{ containerPort: random.one([80, 443]), ...(random.chance(0.5) && { protocol: 'TCP' }) }],
  }),
});

const podSpec = (random: Random): Content => ({
  containers: [container(random, 'main'), ...(random.chance(0.3) ? [container(random, 'proxy')] : [])],
  ...(random.chance(0.3) && { volumes: [{ name: 'v', configMap: { name: random.one(names) } }] }),
  ...(random.chance(0.2) && { serviceAccountName: random.one(names) }),
  ...(random.chance(0.2) && { tolerations: [{ key: 'dedicated', operator: 'Exists' }] }),
});

const workload = (random: Random): Content => ({
  ...(random.chance(0.6) && { replicas: random.one([1, 2]) }),
  selector: { matchLabels: pairs(random, labelKeys) },
  template: { metadata: { labels: pairs(random, labelKeys) }, spec: podSpec(random) },
});

const kinds: readonly [(random: Random) => RandomObject, ...((random: Random) => RandomObject)[]] = [
  (random) => ({
    apiVersion: 'apps/v1',
    kind: random.one(['Deployment', 'StatefulSet']),
    metadata: metadata(random),
    spec: workload(random),
  }),
  (random) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata(random),
    data: {
      mode: scalar(random),
      'app.yaml': random.one(['port: 8080\nhost: web\n', '{"port": 8080}', 'text']),
      ...pairs(random, ['key']),
    },
  }),
  (random) => ({ apiVersion: 'v1', kind: 'Secret', metadata: metadata(random), type: 'Opaque', data: { key: 'YQ==' } }),
  (random) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(random),
    spec: { selector: pairs(random, labelKeys), ports: [{ port: 80, name: 'http' }, { port: 443 }] },
  }),
  (random) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: metadata(random),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: random.one(names) },
    subjects: [{ kind: 'ServiceAccount', name: random.one(['default', 'web']), namespace: random.one(namespaces) }],
  }),
  (random) => ({ apiVersion: 'v1', kind: random.one(['Namespace', 'ServiceAccount']), metadata: metadata(random) }),
  (random) => ({
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: metadata(random),
    spec: { size: scalar(random), list: [{ name: 'a', v: scalar(random) }, { name: 'b' }], nested: { deep: { value: scalar(random) } } },
  }),
];

export const object = (random: Random): RandomObject => random.one(kinds)(random);
