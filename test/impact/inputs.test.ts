/** What Flux is told counts like any manifest: generated content, variables, a new kustomization file. */
import { afterEach, expect, it } from 'vitest';
import { analyzeImpact } from '../../src/analyze-change.ts';
import type { Texts } from '../fixture.ts';
import { removeDirectory, repositoryOf, write } from '../git-repository.ts';
import { linesOf } from './lines.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach(removeDirectory));

const kustomization = (extra = '') =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  path: ./shop\n  prune: true\n${extra}  sourceRef: { kind: GitRepository, name: flux-system }\n`;
const configMap = (name: string, value: string, namespace = 'shop') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  colour: ${value}\n`;
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  volumes:\n    - name: c\n      configMap:\n        name: settings\n';
const sync = { 'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n' };

const impactOf = async (before: Texts, after: Texts) => {
  const cwd = repositoryOf({ ...sync, ...before });
  made.push(cwd);
  write(cwd, after);
  const request = { paths: [], root: cwd, clusters: [], only: [], rules: {}, repositories: {}, reportUnusedSuppressions: false } as const;
  return analyzeImpact({ ...request, cwd, plugins: false, fixes: [], baseline: undefined }, { type: 'since', revision: 'HEAD' });
};

it('a literal of a generated ConfigMap is one changed object, and a change of what mounts it', async () => {
  const overlay = (colour: string) =>
    `namespace: shop\nresources:\n  - pod.yaml\nconfigMapGenerator:\n  - name: settings\n    literals:\n      - colour=${colour}\n`;
  const result = await impactOf(
    { 'clusters/production/shop.yaml': kustomization(), 'shop/kustomization.yaml': overlay('red'), 'shop/pod.yaml': pod },
    { 'shop/kustomization.yaml': overlay('green') },
  );
  const lines = linesOf(result).map((line) => line.replace(/-[a-z0-9]{10}\b/g, '-HASH'));
  expect(lines).toEqual([
    'production flux-system/shop ~ ConfigMap shop/settings-HASH from settings-HASH /data/colour',
    'production flux-system/shop ~ Pod shop/web /spec/volumes/0/configMap/name',
  ]);
});

it('a variable in a ConfigMap that substitution reads changes what it is put into', async () => {
  const result = await impactOf(
    {
      'clusters/production/shop.yaml': kustomization('  postBuild:\n    substituteFrom:\n      - { kind: ConfigMap, name: variables }\n'),
      'clusters/production/variables.yaml': configMap('variables', 'red', 'flux-system'),
      'shop/settings.yaml': configMap('settings', '${colour}'),
    },
    { 'clusters/production/variables.yaml': configMap('variables', 'green', 'flux-system') },
  );
  expect(linesOf(result)).toEqual([
    'production flux-system/flux-system ~ ConfigMap flux-system/variables /data/colour',
    'production flux-system/shop ~ ConfigMap shop/settings /data/colour',
  ]);
  const changes = result.impact.clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ changed }) => changed));
  expect(changes.map(({ causedBy }) => causedBy)).toEqual([['clusters/production/variables.yaml'], ['clusters/production/variables.yaml']]);
});

it('a new kustomization.yaml removes what it does not list', async () => {
  const result = await impactOf(
    { 'clusters/production/shop.yaml': kustomization(), 'shop/a.yaml': configMap('a', 'red'), 'shop/b.yaml': configMap('b', 'red') },
    { 'shop/kustomization.yaml': 'resources:\n  - a.yaml\n' },
  );
  expect(linesOf(result)).toEqual(['production flux-system/shop - ConfigMap shop/b pruned']);
  const removed = result.impact.clusters.flatMap(({ kustomizations }) => kustomizations.flatMap((each) => each.removed));
  expect(removed.map(({ causedBy }) => causedBy)).toEqual([['shop/kustomization.yaml']]);
});

it('what is suspended is listed as held back, and nothing of it is pruned', async () => {
  const result = await impactOf(
    { 'clusters/production/shop.yaml': kustomization('  suspend: true\n'), 'shop/a.yaml': configMap('a', 'red') },
    { 'shop/a.yaml': configMap('b', 'red') },
  );
  expect(linesOf(result)).toEqual([
    'production flux-system/shop (held) - ConfigMap shop/a',
    'production flux-system/shop (held) + ConfigMap shop/b from a',
  ]);
});

it('an entry of a list that another one takes the place of is one change', async () => {
  const mounting = (volume: string) => ({ 'shop/pod.yaml': pod.replace('- name: c', `- name: ${volume}`) });
  const before = { 'clusters/production/shop.yaml': kustomization(), 'shop/settings.yaml': configMap('settings', 'red') };
  const result = await impactOf({ ...before, ...mounting('c') }, mounting('config'));
  expect(linesOf(result)).toEqual(['production flux-system/shop ~ Pod shop/web /spec/volumes/0/name']);
});

it.each([
  { name: 'with a new version', version: '1.1.0', strategy: 'ChartVersion', values: 'replicas: 2\n', isUpgraded: true },
  { name: 'under the same version', version: '1.0.0', strategy: 'ChartVersion', values: 'replicas: 2\n', isUpgraded: false },
  { name: 'that follows revisions', version: '1.0.0', strategy: 'Revision', values: 'replicas: 2\n', isUpgraded: true },
  { name: 'of which only the notes differ', version: '1.0.0', strategy: 'Revision', values: 'replicas: 1\n', isUpgraded: false },
])('a change of a chart $name', async ({ version, strategy, values, isUpgraded }) => {
  const chart = (number: string) => `apiVersion: v2\nname: shop\nversion: ${number}\n`;
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop, namespace: shop }\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: ./charts/shop\n      reconcileStrategy: ${strategy}\n      valuesFiles: [values/shop.yaml]\n      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }\n`;
  const result = await impactOf(
    {
      'clusters/production/release.yaml': release,
      'charts/shop/Chart.yaml': chart('1.0.0'),
      'charts/shop/README.md': 'Shop\n',
      'values/shop.yaml': 'replicas: 1\n',
    },
    { 'charts/shop/Chart.yaml': chart(version), 'charts/shop/README.md': 'The shop\n', 'values/shop.yaml': values },
  );
  expect(linesOf(result)).toEqual(isUpgraded ? ['production flux-system/flux-system ~ HelmRelease shop/shop /spec/chart/spec/chart'] : []);
  expect(result.impact.changedFiles.find(({ path }) => path === 'values/shop.yaml')?.reaches ?? false).toBe(isUpgraded);
});

it('an edit of a Composition changes what every claim makes, whoever applies the claim', async () => {
  const composition = (interval: string) => `apiVersion: apiextensions.crossplane.io/v1
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
          - name: source
            base:
              apiVersion: source.toolkit.fluxcd.io/v1
              kind: GitRepository
              metadata: { namespace: flux-system }
              spec: { interval: ${interval}, url: "https://git.example.com/apps" }
            patches:
              - { fromFieldPath: spec.team, toFieldPath: metadata.name }
`;
  const definition = `apiVersion: apiextensions.crossplane.io/v2
kind: CompositeResourceDefinition
metadata: { name: xtenants.acme.example }
spec:
  group: acme.example
  names: { kind: XTenant, plural: xtenants }
  scope: Cluster
  versions:
    - { name: v1, referenceable: true, schema: { openAPIV3Schema: { properties: { spec: { properties: { team: { type: string } } } } } } }
`;
  const claim = (team: string) => `apiVersion: acme.example/v1\nkind: XTenant\nmetadata: { name: ${team} }\nspec: { team: ${team} }\n`;
  const result = await impactOf(
    {
      'clusters/production/shop.yaml': kustomization(),
      'clusters/production/definition.yaml': definition,
      'clusters/production/composition.yaml': composition('5m'),
      'shop/billing.yaml': claim('billing'),
      'shop/search.yaml': claim('search'),
    },
    { 'clusters/production/composition.yaml': composition('1h') },
  );
  expect(linesOf(result).filter((line) => line.includes('flux-system/shop'))).toEqual([
    'production flux-system/shop ~ GitRepository flux-system/billing /spec/interval',
    'production flux-system/shop ~ GitRepository flux-system/search /spec/interval',
  ]);
});
