/** `why` of a directory, of an object and of one of its fields. */
import { expect, it } from 'vitest';
import { repositoryOf } from '../repository.ts';
import { runMain } from '../run-main.ts';

const kustomization = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, path: ./${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;

const shop = `apiVersion: v1
kind: ConfigMap
metadata:
  name: shop
  namespace: shop
data:
  colour: red
  password: hunter2
---
apiVersion: v1
kind: Secret
metadata: { name: shop, namespace: shop }
stringData: { pin: "4711-secret" }
`;

const fleet = () =>
  repositoryOf({
    '.flux-lint.yaml': `root: true
clusters:
  - { name: blue, path: clusters/blue, environment: production }
  - { name: green, path: clusters/green, environment: staging }
`,
    'clusters/blue/apps.yaml': kustomization('apps/blue'),
    'clusters/green/apps.yaml': kustomization('apps/green'),
    'apps/base/kustomization.yaml': 'resources: [shop.yaml]\n',
    'apps/base/shop.yaml': shop,
    'apps/blue/kustomization.yaml': `resources: [../base]
patches:
  - path: colour.yaml
`,
    'apps/blue/colour.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: shop, namespace: shop }
data:
  colour: blue
`,
    'apps/green/kustomization.yaml': 'resources: [../base]\n',
  }).root;

const why = async (words: readonly string[], cwd = fleet()) => runMain(['why', ...words], { cwd });

it('tells the value of a field in each cluster, who wrote it and what it replaced', async () => {
  const { code, stdout } = await why(['ConfigMap/shop/shop', '/data/colour']);
  expect(code).toBe(0);
  expect(stdout).toBe(`/data/colour of ConfigMap/shop/shop is in 2 clusters: blue, green

blue (production): blue
  ConfigMap/shop/shop, applied by Kustomization flux-system/apps
    written at apps/base/shop.yaml:7:11  red
    written at apps/blue/colour.yaml:5:11  blue
    patched by apps/blue/kustomization.yaml:3:11  patches

green (staging): red
  ConfigMap/shop/shop, applied by Kustomization flux-system/apps
    written at apps/base/shop.yaml:7:11
    taken by apps/base/kustomization.yaml:1:13  resources
    taken by apps/green/kustomization.yaml:1:13  resources
`);
});

it('tells of an object what changed which fields of it', async () => {
  const { stdout } = await why(['ConfigMap/shop/shop']);
  expect(stdout).toMatch(/patched by apps\/blue\/kustomization\.yaml:3:11 {2}patches {2}\/data\/colour/);
});

it('takes a name without its kind, and a path of words for a pointer', async () => {
  expect((await why(['flux-system/apps', 'spec.interval'])).stdout).toContain('blue (production): 10m');
});

it('says the same as JSON', async () => {
  const report = JSON.parse((await why(['flux-system/apps', '/spec/path', '--format', 'json'])).stdout);
  expect(report).toMatchObject({ version: 1, object: 'flux-system/apps', pointer: '/spec/path' });
  expect(report.objects.map(({ field }: { field: object }) => field)).toEqual([
    { state: 'present', value: './apps/blue' },
    { state: 'present', value: './apps/green' },
  ]);
});

it.each([
  ['Secret/shop/shop', '/stringData/pin'],
  ['Secret/shop/shop', '/stringData'],
  ['ConfigMap/shop/shop', '/data/password'],
  ['ConfigMap/shop/shop', '/data'],
])('keeps %s %s to itself', async (object, pointer) => {
  for (const format of ['text', 'json']) {
    const { code, stdout } = await why([object, pointer, '--format', format]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/hunter2|4711/);
  }
});

it('tells of a base which clusters build from it', async () => {
  expect((await why(['apps/base'])).stdout).toMatch(/^apps\/base reaches 2 clusters: blue, green:/);
  expect((await why(['apps/base/shop.yaml'])).stdout).toMatch(/^apps\/base\/shop\.yaml reaches 2 clusters: blue, green:/);
});

it.each([
  ['apps/bse/shop.yaml', 'apps/base/shop.yaml'],
  ['apps/bse', 'apps/base'],
  ['ConfigMap/shop/shp', 'ConfigMap/shop/shop'],
  ['shop/shoop', 'shop/shop'],
])('knows what was meant by %s', async (given, meant) => {
  expect(await why([given])).toMatchObject({ code: 2, stderr: expect.stringContaining(`Did you mean "${meant}"?`) });
});

it('follows a file of a chart to the releases that install it', async () => {
  const { root } = repositoryOf({
    'clusters/blue/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    'clusters/blue/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: shop }
spec:
  interval: 1h
  chart:
    spec:
      chart: ./charts/shop
      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
`,
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'charts/shop/templates/deployment.yaml': 'kind: Deployment\n',
  });
  for (const asked of ['charts/shop/templates/deployment.yaml', 'charts/shop']) {
    const { stdout } = await why([asked, '--root', '.'], root);
    expect(stdout).toContain(`${asked} reaches 1 cluster: blue`);
    expect(stdout).toContain('HelmRelease/shop/shop  clusters/blue/release.yaml:8');
  }
});

it.each([['why', 'apps'], ['graph'], ['build', 'production'], ['expand']])(
  '%s refuses a directory that neither git nor a configuration bounds',
  async (...argv) => {
    const { root } = repositoryOf({ 'apps/shop.yaml': shop });
    const { code, stderr } = await runMain(argv, { cwd: root });
    expect(code).toBe(2);
    expect(stderr).toContain('is in no git work tree and has no .flux-lint.yaml');
  },
);
