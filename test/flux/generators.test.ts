import { expect, it } from 'vitest';
import { evaluateWorkspace } from '../../src/analyze.ts';
import type { ClusterView } from '../../src/graph/clusters/cluster-view.ts';
import { type Texts, workspaceOf } from '../fixture.ts';

const instance = `
apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.9.x, registry: ghcr.io/fluxcd }
  sync: { kind: GitRepository, url: "https://github.com/example/fleet", ref: refs/heads/main, path: clusters/production }
`;

const clusterOf = (texts: Texts): ClusterView => {
  const { graph } = evaluateWorkspace(workspaceOf({ 'clusters/production/flux.yaml': instance, ...texts }));
  const [cluster] = graph.clusters.all;
  if (!cluster) throw new Error('no cluster');
  return cluster;
};

const labels = (cluster: ClusterView): readonly string[] => cluster.objects.map(({ label }) => label);

const set = (name: string, spec: string): string => `
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: ${name}, namespace: flux-system }
spec:
${spec}`;

const tenants = set(
  'tenants',
  `  inputs: [{ tenant: "\${FIRST:=billing}" }, { tenant: search }]
  resources:
    - apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: << inputs.tenant >>, namespace: flux-system }
      spec:
        path: ./tenants/<< inputs.tenant >>
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
`,
);

it('builds the Kustomizations that a ResourceSet makes, and substitutes in the set first', () => {
  const cluster = clusterOf({
    'clusters/production/apps.yaml': `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: sets, namespace: flux-system }
spec:
  path: ./sets
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild: { substitute: { FIRST: orders } }
`,
    'sets/tenants.yaml': tenants,
    'tenants/orders/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: orders }\n',
    'tenants/search/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: search }\n',
  });
  expect(cluster.kustomizations.map(({ id }) => id)).toEqual([
    'flux-system/flux-system',
    'flux-system/sets',
    'flux-system/orders',
    'flux-system/search',
  ]);
  expect(labels(cluster)).toEqual(expect.arrayContaining(['ConfigMap/orders/a', 'ConfigMap/search/a', 'Kustomization/flux-system/orders']));
});

it('expands what a ResourceSet makes that is one itself, with a provider that comes with it', () => {
  const cluster = clusterOf({
    'clusters/production/outer.yaml': set(
      'outer',
      `  resourcesTemplate: |
    apiVersion: fluxcd.controlplane.io/v1
    kind: ResourceSet
    metadata: { name: inner, namespace: flux-system }
    spec:
      inputsFrom: [{ name: teams }]
      resources:
        - apiVersion: v1
          kind: Namespace
          metadata: { name: << "<< inputs.team >>" >> }
    ---
    apiVersion: fluxcd.controlplane.io/v1
    kind: ResourceSetInputProvider
    metadata: { name: teams, namespace: flux-system }
    spec: { type: Static, defaultValues: { team: checkout } }
`,
    ),
  });
  expect(labels(cluster)).toContain('Namespace/checkout');
});

it('ends where ResourceSets make each other', () => {
  const level = (depth: number): string =>
    `{ apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSet, metadata: { name: s${depth}, namespace: a }, spec: { resources: [${depth === 0 ? '' : level(depth - 1)}] } }`;
  expect(labels(clusterOf({ 'clusters/production/deep.yaml': `${level(15)}\n` })).length).toBeLessThan(14);
});

it('has one object for what only the cluster can name', () => {
  const cluster = clusterOf({
    'clusters/production/previews.yaml': `
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: prs, namespace: flux-system }
spec: { type: GitHubPullRequest, url: "https://github.com/example/app" }
---${set(
      'previews',
      `  inputsFrom: [{ name: prs }]
  resources:
    - { apiVersion: v1, kind: Namespace, metadata: { name: preview-<< inputs.id >> } }
`,
    )}`,
  });
  expect(labels(cluster)).toContain('Namespace/preview-(unknown)');
});

it('makes nothing where the operator fails', () => {
  const cluster = clusterOf({
    'clusters/production/broken.yaml': set(
      'broken',
      `  inputs: [{ a: x }, {}]
  resources:
    - { apiVersion: v1, kind: Namespace, metadata: { name: << inputs.a >> } }
`,
    ),
  });
  expect(labels(cluster)).not.toContain('Namespace/x');
});

it('finds the clusters whose FluxInstance a ResourceSet makes', () => {
  const texts = {
    'fleet/instances.yaml': set(
      'instances',
      `  inputs: [{ cluster: europe }, { cluster: america }]
  resources:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: << inputs.cluster >>, namespace: flux-system }
      spec:
        chart: { spec: { chart: flux-instance, sourceRef: { kind: HelmRepository, name: flux-operator } } }
        values:
          instance:
            distribution: { version: 2.9.x }
            sync: { kind: GitRepository, url: "https://github.com/example/fleet", ref: refs/heads/main, path: clusters/<< inputs.cluster >> }
`,
    ),
    'clusters/europe/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n',
    'clusters/america/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n',
  };
  const { graph } = evaluateWorkspace(workspaceOf(texts));
  expect(graph.clusters.all.map(({ name }) => name)).toEqual(['america', 'europe']);
});

const previews = (spec: string): Texts => ({
  'clusters/production/previews.yaml': `
apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSetInputProvider
metadata: { name: requests, namespace: flux-system }
spec: { type: GitHubPullRequest, url: "https://github.com/example/shop" }
---${set(
    'previews',
    `  inputsFrom: [{ name: requests }]
  resources:
    - apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: "shop-<< inputs.id >>", namespace: flux-system }
      spec:
        path: ./preview
        prune: true
        sourceRef: { kind: GitRepository, name: flux-system }
${spec}`,
  )}`,
  'preview/a.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec: { template: { spec: { containers: [{ name: shop, image: shop }] } } }\n`,
});

it('builds once what a Kustomization for every pull request applies, with what only the cluster knows in it', () => {
  const cluster = clusterOf(
    previews(`        targetNamespace: "shop-<< inputs.id >>"
        images: [{ name: shop, newTag: << inputs.sha >> }]
        patches:
          - patch: |
              - { op: add, path: /metadata/labels, value: { branch: << inputs.branch >> } }
            target: { kind: Deployment }
`),
  );
  expect(cluster.kustomizations.map(({ id, content }) => [id, content.type])).toEqual([
    ['flux-system/flux-system', 'built'],
    ['flux-system/shop-(unknown)', 'built'],
  ]);
  const deployment = cluster.objects.find(({ kind }) => kind === 'Deployment');
  const stateOf = (pointer: string) => deployment?.state(pointer);
  expect(deployment?.node('/metadata/namespace')).toMatchObject({ type: 'unknown', text: 'shop-(unknown)' });
  expect(stateOf('/metadata/labels/branch')).toBe('unknown');
  expect(deployment?.node('/spec/template/spec/containers/0/image')).toMatchObject({ type: 'unknown', text: 'shop:(unknown)' });
  expect(stateOf('/metadata/name')).toBe('present');
});

it.each([
  ['what a patch changes', '        patches: [{ target: { name: "<< inputs.branch >>" }, patch: "[]" }]\n'],
  ['where it is deployed', '        kubeConfig: { secretRef: { name: "<< inputs.branch >>" } }\n'],
])('builds nothing where only the cluster knows %s', (_, spec) => {
  const [, preview] = clusterOf(previews(spec)).kustomizations;
  expect(preview?.content).toMatchObject({ type: 'unknown', why: 'what requests finds is known in the cluster alone' });
});

it.each([1, 40])('ends where sets make sets, %i at a time', (count) => {
  const inputs = Array.from({ length: count }, (_, index) => `{ name: "<< inputs.name >>${index}", text: << inputs.text >> }`).join(', ');
  const template = `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: << inputs.name >>, namespace: flux-system }
spec:
  inputs: [${inputs}]
  resourcesTemplate: << inputs.text | b64dec | toJson >>
`;
  const text = Buffer.from(template).toString('base64');
  const indented = template.replace(/^/gm, '    ');
  const first = set('first', `  inputs: [{ name: a, text: ${text} }]\n  resourcesTemplate: |\n${indented}`);
  const { graph } = evaluateWorkspace(workspaceOf({ 'clusters/production/flux.yaml': instance, 'clusters/production/first.yaml': first }));
  expect(graph.evaluation.problems).toMatchObject([
    { ruleId: 'build/cycle', message: expect.stringContaining('ResourceSets that make each other') },
  ]);
});

it('leaves out what a composite resource puts on another cluster, also where a ResourceSet makes the ProviderConfig', () => {
  const platform = `
apiVersion: apiextensions.crossplane.io/v2
kind: CompositeResourceDefinition
metadata: { name: xtenants.acme.example }
spec:
  group: acme.example
  scope: Cluster
  names: { kind: XTenant, plural: xtenants }
  versions: [{ name: v1, referenceable: true, schema: { openAPIV3Schema: { properties: { spec: { properties: {} } } } } }]
---
apiVersion: apiextensions.crossplane.io/v1
kind: Composition
metadata: { name: tenant }
spec:
  compositeTypeRef: { apiVersion: acme.example/v1, kind: XTenant }
  mode: Pipeline
  pipeline:
    - step: compose
      functionRef: { name: function-patch-and-transform }
      input:
        apiVersion: pt.fn.crossplane.io/v1beta1
        kind: Resources
        resources:
          - name: namespace
            base:
              apiVersion: kubernetes.crossplane.io/v1alpha2
              kind: Object
              metadata: { name: billing }
              spec:
                providerConfigRef: { name: workload }
                forProvider: { manifest: { apiVersion: v1, kind: Namespace, metadata: { name: billing } } }
---
apiVersion: acme.example/v1
kind: XTenant
metadata: { name: billing }
spec: {}
`;
  const config = `
apiVersion: kubernetes.crossplane.io/v1alpha1
kind: ProviderConfig
metadata: { name: workload }
spec: { credentials: { source: Secret } }
`;
  const made = set('configs', `  resources:\n    -${config.trimEnd().replaceAll('\n', '\n      ')}\n`);
  const namespaces = (texts: Texts) =>
    labels(clusterOf({ 'clusters/production/platform.yaml': platform, ...texts })).filter((label) => /^Namespace/.test(label));
  expect(namespaces({})).toContain('Namespace/billing');
  expect(namespaces({ 'clusters/production/config.yaml': config })).not.toContain('Namespace/billing');
  expect(namespaces({ 'clusters/production/config.yaml': made })).not.toContain('Namespace/billing');
});
