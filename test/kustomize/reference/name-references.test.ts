import { describe, expect, it } from 'vitest';
import { builtinNameReferences, mergeNameReferences } from '../../../src/kustomize/field/name-reference-specs.ts';
import { fixNameReferences } from '../../../src/kustomize/reference/name-references.ts';
import { currentId, type Resource } from '../../../src/kustomize/resource/resource.ts';
import { isClusterScoped } from '../../../src/kustomize/resource/scope.ts';
import { scalarNode, withEntry } from '../../../src/yaml/edit.ts';
import { child, isMap, toValue } from '../../../src/yaml/node.ts';
import { resources } from '../manifests.ts';

const origin = { span: { path: 'kustomization.yaml', start: 12, end: 14 }, via: [] };

interface Level {
  readonly prefix?: string;
  readonly namespace?: string;
}

/** As a level of overlays renames: each object remembers what it was called. */
const through = (all: readonly Resource[], { prefix = '', namespace }: Level): readonly Resource[] =>
  all.map((resource) => {
    const metadata = child(resource.root, 'metadata');
    if (!isMap(metadata)) throw new Error('the test needs metadata');
    const id = currentId(resource);
    const named = withEntry(metadata, 'name', scalarNode(prefix + id.name, origin));
    const placed = namespace === undefined || isClusterScoped(id) ? named : withEntry(named, 'namespace', scalarNode(namespace, origin));
    return {
      ...resource,
      root: withEntry(resource.root, 'metadata', placed),
      previous: [...resource.previous, id],
      prefixes: prefix === '' ? resource.prefixes : [...resource.prefixes, prefix],
    };
  });

const fixed = (all: readonly Resource[]) => {
  const { resources: result, problems } = fixNameReferences(all, builtinNameReferences);
  expect(problems).toEqual([]);
  return result;
};

const at = (all: readonly Resource[], kind: string, ...keys: readonly (string | number)[]) => {
  const found = all.find((resource) => currentId(resource).kind === kind);
  const node = child(found?.root, ...keys);
  return node && toValue(node);
};

const base = resources(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      serviceAccountName: sa
      imagePullSecrets: [{name: s}, {name: other}]
      initContainers: [{name: c, envFrom: [{secretRef: {name: s}}]}]
      containers:
        - name: c
          envFrom: [{configMapRef: {name: cm}}]
          env: [{name: x, valueFrom: {configMapKeyRef: {name: cm, key: a}}}]
      volumes: [{configMap: {name: cm}}, {secret: {secretName: s}}, {projected: {sources: [{configMap: {name: cm}}]}}]
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: sa}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: cm}}
---
{apiVersion: v1, kind: Secret, metadata: {name: s}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: rb}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects: [{kind: ServiceAccount, name: sa}, {kind: ServiceAccount, name: sa, namespace: other}, {kind: User, name: sa}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r}
rules: [{resources: [configmaps], resourceNames: [cm, x]}]
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: cr}}
---
{apiVersion: v1, kind: Service, metadata: {name: svc}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: vw}
webhooks: [{clientConfig: {service: {name: svc, namespace: x}}}, {clientConfig: {service: {name: svc}}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i, annotations: {nginx.ingress.kubernetes.io/auth-secret: s}}
spec: {ingressClassName: ic, tls: [{secretName: s}], rules: [{http: {paths: [{backend: {service: {name: svc}}}]}}]}
---
{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: ic}}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: hr}
spec: {valuesFrom: [{kind: ConfigMap, name: cm}]}
`);

describe('fixNameReferences', () => {
  const result = fixed(through(base, { prefix: 'p-', namespace: 'ns' }));

  it('follows names into pods', () => {
    expect(at(result, 'Deployment', 'spec', 'template', 'spec')).toEqual({
      serviceAccountName: 'p-sa',
      imagePullSecrets: [{ name: 'p-s' }, { name: 'other' }],
      initContainers: [{ name: 'c', envFrom: [{ secretRef: { name: 'p-s' } }] }],
      containers: [
        {
          name: 'c',
          envFrom: [{ configMapRef: { name: 'p-cm' } }],
          env: [{ name: 'x', valueFrom: { configMapKeyRef: { name: 'p-cm', key: 'a' } } }],
        },
      ],
      volumes: [
        { configMap: { name: 'p-cm' } },
        { secret: { secretName: 'p-s' } },
        { projected: { sources: [{ configMap: { name: 'p-cm' } }] } },
      ],
    });
  });

  it('follows accounts with their namespace, also for a user of the same name', () => {
    expect(at(result, 'RoleBinding', 'subjects')).toEqual([
      { kind: 'ServiceAccount', name: 'p-sa', namespace: 'ns' },
      { kind: 'ServiceAccount', name: 'sa', namespace: 'other' },
      { kind: 'User', name: 'p-sa', namespace: 'ns' },
    ]);
  });

  it('takes the role of the kind that roleRef names', () => {
    expect(at(result, 'RoleBinding', 'roleRef', 'name')).toBe('p-r');
  });

  it('follows names in lists of names, in annotations and into webhooks', () => {
    expect(at(result, 'Role', 'rules', 0, 'resourceNames')).toEqual(['p-cm', 'x']);
    expect(at(result, 'Ingress', 'metadata', 'annotations')).toEqual({ 'nginx.ingress.kubernetes.io/auth-secret': 'p-s' });
    expect(at(result, 'ValidatingWebhookConfiguration', 'webhooks')).toEqual([
      { clientConfig: { service: { name: 'svc', namespace: 'x' } } },
      { clientConfig: { service: { name: 'p-svc', namespace: 'ns' } } },
    ]);
  });

  it('knows no class of an Ingress and no field of a custom resource', () => {
    expect(at(result, 'Ingress', 'spec', 'ingressClassName')).toBe('ic');
    expect(at(result, 'HelmRelease', 'spec', 'valuesFrom', 0, 'name')).toBe('cm');
  });

  it('says who renamed, and where the reference is', () => {
    const deployment = result.find((resource) => currentId(resource).kind === 'Deployment');
    const node = child(deployment?.root, 'spec', 'template', 'spec', 'serviceAccountName');
    expect(node).toMatchObject({
      span: origin.span,
      via: [{ type: 'transformer', at: { path: 'manifests.yaml' }, field: 'nameReference' }],
    });
  });

  it('leaves everything as it is where nothing was renamed', () => {
    expect(fixNameReferences(base, builtinNameReferences).resources).toBe(base);
  });

  it('shares what does not change', () => {
    const before = through(base, { namespace: 'ns' });
    const after = fixed(before);
    const changed = after.filter((resource, index) => resource !== before[index]).map((resource) => currentId(resource).kind);
    expect(changed).toEqual(['RoleBinding', 'ValidatingWebhookConfiguration']);
  });
});

describe('several candidates', () => {
  const pod = resources('{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {volumes: [{configMap: {name: cm}}]}}');
  const map = resources('{apiVersion: v1, kind: ConfigMap, metadata: {name: cm}}');

  it('takes the one that went through the same prefixes', () => {
    const a = through([...pod, ...map], { prefix: 'a-' });
    const b = through([...pod, ...map], { prefix: 'b-' });
    const result = fixed(through([...a, ...b], { prefix: 'all-' }));
    expect([result[0], result[2]].map((each) => each && at([each], 'Pod', 'spec', 'volumes', 0, 'configMap', 'name'))).toEqual([
      'all-a-cm',
      'all-b-cm',
    ]);
  });

  it('takes the one in the namespace of the referrer', () => {
    const result = fixed([
      ...through([...pod, ...map], { prefix: 'a-', namespace: 'a' }),
      ...through(map, { prefix: 'b-', namespace: 'b' }),
    ]);
    expect(at(result, 'Pod', 'spec', 'volumes', 0, 'configMap', 'name')).toBe('a-cm');
  });

  it('rejects two with different names', () => {
    const patched = (prefix: string) => through(map, { prefix }).map((resource) => ({ ...resource, prefixes: [] }));
    const all = [...pod, ...patched('a-'), ...patched('b-')];
    const result = fixNameReferences(all, builtinNameReferences);
    expect(result.resources).toBe(all);
    expect(result.problems).toMatchObject([
      {
        at: { span: { path: 'manifests.yaml', start: 87, end: 89 } },
        message: expect.stringMatching(
          /^updating name reference in 'spec\/volumes\/configMap\/name' field of 'Pod.*found multiple possible referrals: ConfigMap.v1.\[noGrp\]\/a-cm.\[noNs\], ConfigMap.*b-cm/,
        ),
      },
    ]);
  });
});

it.each([
  ['{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {volumes: text}}', 'expected sequence or mapping node'],
  [
    '{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: x}, subjects: [{kind: ServiceAccount, name: a, namespace: null}]}',
    'Invalid Input: namespace is blank for resource "RoleBinding.v1.rbac.authorization.k8s.io/x.[noNs]"',
  ],
  [
    '{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: x}, subjects: [{kind: User}]}',
    "path config error; no 'name' field in node",
  ],
])('rejects %s', (text, message) => {
  expect(fixNameReferences(resources(text), builtinNameReferences).problems).toMatchObject([{ message: expect.stringContaining(message) }]);
});

it('learns references from a configuration', () => {
  const referrer = { group: '', version: '', kind: 'HelmRelease', path: 'spec/valuesFrom/name', create: false };
  const table = mergeNameReferences(builtinNameReferences, [{ group: '', version: 'v1', kind: 'ConfigMap', referrers: [referrer] }]);
  if ('type' in table) throw new Error(table.message);
  expect(table).toHaveLength(builtinNameReferences.length);
  const { resources: result } = fixNameReferences(through(base, { prefix: 'p-' }), table);
  expect(at(result, 'HelmRelease', 'spec', 'valuesFrom', 0, 'name')).toBe('p-cm');
});
