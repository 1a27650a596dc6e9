/** From names to what they mean and back, for every kind of reference, and what a rename changes or refuses. */
import { describe, expect, it } from 'vitest';
import type { Range, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { playRepository, sync } from './played.ts';

const apps = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/shop
  prune: true
  serviceAccountName: deployer
  sourceRef:
    kind: GitRepository
    name: flux-system
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: web
      namespace: shop
  postBuild:
    substitute:
      COLOUR: blue
    substituteFrom:
      - kind: ConfigMap
        name: fleet
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: reports
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/reports
  prune: true
  dependsOn:
    - name: shop
  sourceRef:
    kind: GitRepository
    name: flux-system
  deletionPolicy: Orphan
`;

const platform = `apiVersion: v1
kind: ConfigMap
metadata:
  name: fleet
  namespace: flux-system
data:
  REGION: eu-west-1
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: deployer
  namespace: flux-system
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: deployer
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: admin
subjects:
  - kind: ServiceAccount
    name: deployer
    namespace: flux-system
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata:
  name: chat
  namespace: flux-system
spec:
  type: slack
  address: https://hooks.example.com/fleet
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Alert
metadata:
  name: failures
  namespace: flux-system
spec:
  providerRef:
    name: chat
  eventSources:
    - kind: Kustomization
      name: "shop"
`;

const artifacts = `apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: bundles
  namespace: flux-system
spec:
  sources:
    - alias: fleet
      kind: GitRepository
      name: flux-system
  artifacts:
    - name: edge
      copy:
        - from: "@fleet/apps/edge/**"
          to: "@artifact/"
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: edge
  namespace: flux-system
spec:
  interval: 10m
  path: ./
  prune: true
  sourceRef:
    kind: ExternalArtifact
    name: edge
`;

const release = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: web
  namespace: shop
spec:
  interval: 1h
  url: oci://ghcr.io/example/charts/web
  ref:
    tag: 1.0.0
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: web
  namespace: shop
  labels:
    region: \${REGION}
spec:
  interval: 1h
  chartRef:
    kind: OCIRepository
    name: web
  valuesFrom:
    - kind: ConfigMap
      name: web-values
  values:
    colour: \${COLOUR}
    replicas: 1
`;

const cache = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: cache
  namespace: shop
spec:
  interval: 1h
  chart:
    spec:
      chart: ./charts/cache
      sourceRef:
        kind: GitRepository
        name: flux-system
        namespace: flux-system
`;

const replicas = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: web
  namespace: shop
spec:
  values:
    replicas: 3
`;

const { ask, at, definitions, references, hover, changesOf, client } = playRepository({
  'clusters/production/flux-system/gotk-sync.yaml': sync('production'),
  'clusters/production/apps.yaml': apps,
  'clusters/production/artifacts.yaml': artifacts,
  'clusters/production/platform.yaml': platform,
  'apps/shop/kustomization.yaml':
    'resources: [release.yaml, cache.yaml, notes.yaml]\n\ncomponents:\n  - ../replicas\npatches:\n  - path: large.yaml\nconfigMapGenerator:\n  - name: web-values\n    namespace: shop\n    files:\n      - values.yaml=web.yaml\n    options:\n      disableNameSuffixHash: true\n',
  'apps/shop/release.yaml': release,
  'apps/shop/large.yaml': replicas,
  'apps/shop/web.yaml': 'size: large\n',
  'apps/shop/notes.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\n  namespace: shop\ndata:\n  notes: |\n    two lines,\n    ${REGION}${COLOUR}\n',
  'apps/replicas/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations:\n  team: shop\n',
  'apps/reports/daily.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: daily\n  namespace: shop\n',
  'apps/reports/weekly.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: weekly\n  namespace: shop\n',
  'apps/shop/cache.yaml': cache,
  'charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
  'apps/reports/pin.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: pin\n  namespace: shop\nstringData:\n  pin: abc\n',
  'apps/edge/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: edge\n  namespace: shop\n',
});

describe('definitions', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['a source', 'clusters/production/apps.yaml', ['sourceRef', 'name: flux-system'], ['clusters/production/flux-system/gotk-sync.yaml:1']],
    ['a dependency', 'clusters/production/apps.yaml', ['dependsOn', 'name: shop'], ['clusters/production/apps.yaml:1']],
    ['an account', 'clusters/production/apps.yaml', ['serviceAccountName', 'deployer'], ['clusters/production/platform.yaml:9']],
    [
      'variables from elsewhere',
      'clusters/production/apps.yaml',
      ['substituteFrom', 'name: fleet'],
      ['clusters/production/platform.yaml:1'],
    ],
    ['what is waited for', 'clusters/production/apps.yaml', ['healthChecks', 'name: web'], ['apps/shop/release.yaml:12']],
    ['a directory with a kustomization file', 'clusters/production/apps.yaml', ['./apps/shop'], ['apps/shop/kustomization.yaml:1']],
    [
      'a directory without one',
      'clusters/production/apps.yaml',
      ['./apps/reports'],
      ['apps/reports/daily.yaml:1', 'apps/reports/pin.yaml:1', 'apps/reports/weekly.yaml:1'],
    ],
    ['a provider', 'clusters/production/platform.yaml', ['providerRef', 'name: chat'], ['clusters/production/platform.yaml:28']],
    ['an event source', 'clusters/production/platform.yaml', ['eventSources', '"shop"'], ['clusters/production/apps.yaml:1']],
    ['a subject', 'clusters/production/platform.yaml', ['subjects', 'name: deployer'], ['clusters/production/platform.yaml:9']],
    [
      'an artifact that is made',
      'clusters/production/artifacts.yaml',
      ['sourceRef', 'name: edge'],
      ['clusters/production/artifacts.yaml:12'],
    ],
    [
      'what it is made of',
      'clusters/production/artifacts.yaml',
      ['sources', 'name: flux-system'],
      ['clusters/production/flux-system/gotk-sync.yaml:1'],
    ],
    ['a chart', 'apps/shop/release.yaml', ['chartRef', 'name: web'], ['apps/shop/release.yaml:1']],
    ['a chart of this repository', 'apps/shop/cache.yaml', ['./charts/cache'], ['charts/cache/Chart.yaml:1']],
    ['generated values', 'apps/shop/release.yaml', ['valuesFrom', 'name: web-values'], ['apps/shop/kustomization.yaml:8']],
    ['a variable', 'apps/shop/release.yaml', ['${COLOUR}'], ['clusters/production/apps.yaml:21']],
    ['a variable in a block text', 'apps/shop/notes.yaml', ['${REGION'], ['clusters/production/platform.yaml:7']],
    ['a variable right behind another', 'apps/shop/notes.yaml', ['${COLOUR'], ['clusters/production/apps.yaml:21']],
    ['a variable of a ConfigMap', 'apps/shop/release.yaml', ['${REGION}'], ['clusters/production/platform.yaml:7']],
    ['a resource', 'apps/shop/kustomization.yaml', ['release.yaml'], ['apps/shop/release.yaml:1']],
    ['a component', 'apps/shop/kustomization.yaml', ['../replicas'], ['apps/replicas/kustomization.yaml:1']],
    ['the file of a patch', 'apps/shop/kustomization.yaml', ['large.yaml'], ['apps/shop/large.yaml:1']],
    ['a file that is read', 'apps/shop/kustomization.yaml', ['values.yaml=web.yaml'], ['apps/shop/web.yaml:1']],
    ['what a patch changes', 'apps/shop/large.yaml', ['name: web'], ['apps/shop/release.yaml:12']],
    ['no name of a directory that is none', 'apps/shop/kustomization.yaml', ['name: web-values'], []],
  ])('lead to %s', async (_, path, words, expected) => {
    expect(await definitions(path, ...words)).toEqual(expected);
  });
});

describe('references', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    [
      'who depends on a Kustomization and who listens to it',
      'clusters/production/apps.yaml',
      ['metadata', 'name: shop'],
      ['clusters/production/apps.yaml:36', 'clusters/production/platform.yaml:47'],
    ],
    ['who awaits a release', 'apps/shop/release.yaml', ['HelmRelease', 'name: web'], ['clusters/production/apps.yaml:17']],
    [
      'where a variable is used',
      'clusters/production/apps.yaml',
      ['COLOUR: blue'],
      ['apps/shop/notes.yaml:7', 'apps/shop/release.yaml:28'],
    ],
    ['the same from a use', 'apps/shop/release.yaml', ['${COLOUR}'], ['apps/shop/notes.yaml:7', 'apps/shop/release.yaml:28']],
    [
      'where a key of a ConfigMap is used',
      'clusters/production/platform.yaml',
      ['REGION: eu'],
      ['apps/shop/notes.yaml:7', 'apps/shop/release.yaml:18'],
    ],
    ['who includes a component', 'apps/shop/kustomization.yaml', ['../replicas'], ['apps/shop/kustomization.yaml:4']],
    ['who builds a directory', 'clusters/production/apps.yaml', ['./apps/reports'], ['clusters/production/apps.yaml:33']],
  ])('say %s', async (_, path, words, expected) => {
    expect(await references(path, ...words)).toEqual(expected);
  });
});

describe('hover', () => {
  it('says what an entry and a path mean', async () => {
    expect(await hover('apps/shop/kustomization.yaml', '../replicas')).toBe('is `apps/replicas`, built for production');
    expect(await hover('clusters/production/apps.yaml', './apps/reports')).toContain('is `apps/reports`, built for production');
  });

  it('says in a patch what its objects get', async () => {
    const text = await hover('apps/shop/large.yaml', 'replicas: 3');
    expect(text).toContain('- **production**: `3`');
    expect(text).toContain('`apps/shop/release.yaml:29`: `1`');
  });

  it('says since which Flux there is a field, and a value', async () => {
    expect(await hover('clusters/production/apps.yaml', 'deletionPolicy')).toMatch(
      /^\*\*deletionPolicy\*\*: one of .*; since Flux 2\.5; WaitForTermination since Flux 2\.6$/m,
    );
  });
});

it('shows no value of a Secret', async () => {
  const text = await hover('apps/reports/pin.yaml', 'pin: abc');
  expect(text).toContain('- **production**: `***`\n');
  expect(text).not.toContain('abc');
  const object = await ask<string>('workspace/executeCommand', {
    command: 'flux-lint.showObject',
    arguments: [client().uri('apps/reports/pin.yaml'), 'Secret/shop/pin'],
  });
  expect(object).toContain("pin: '***'");
  expect(object).not.toContain('abc');
});

describe('rename', () => {
  const renamed = (path: string, words: readonly string[], newName: string) =>
    ask<WorkspaceEdit | null>('textDocument/rename', { ...at(path, ...words), newName });

  it('changes a source in all that takes it, from wherever it is named', async () => {
    const everywhere = [
      'apps/shop/cache.yaml:13 fleet',
      'clusters/production/apps.yaml:13 fleet',
      'clusters/production/apps.yaml:39 fleet',
      'clusters/production/artifacts.yaml:10 fleet',
      'clusters/production/flux-system/gotk-sync.yaml:23 fleet',
      'clusters/production/flux-system/gotk-sync.yaml:4 fleet',
    ];
    const source = 'clusters/production/flux-system/gotk-sync.yaml';
    expect(changesOf(await renamed(source, ['metadata', 'name: flux-system'], 'fleet'))).toEqual(everywhere);
    expect(changesOf(await renamed('clusters/production/apps.yaml', ['sourceRef', 'name: flux-system'], 'fleet'))).toEqual(everywhere);
  });

  it('changes a Kustomization in its alerts, too, and keeps quotes', async () => {
    expect(changesOf(await renamed('clusters/production/apps.yaml', ['metadata', 'name: shop'], 'store'))).toEqual([
      'clusters/production/apps.yaml:36 store',
      'clusters/production/apps.yaml:4 store',
      'clusters/production/platform.yaml:47 "store"',
    ]);
  });

  it('asks for the name alone', async () => {
    const prepared = await ask<Range>('textDocument/prepareRename', at('clusters/production/apps.yaml', 'dependsOn', 'name: shop'));
    expect(prepared).toEqual({ start: { line: 35, character: 12 }, end: { line: 35, character: 16 } });
    expect(await ask('textDocument/prepareRename', at('clusters/production/apps.yaml', 'sourceRef', 'kind: GitRepository'))).toBeNull();
  });

  it.each<[string, string, readonly string[], RegExp]>([
    [
      'a patch goes by the name',
      'apps/shop/release.yaml',
      ['HelmRelease', 'name: web'],
      /^apps\/shop\/kustomization\.yaml:6 patches HelmRelease\/shop\/web by its name/,
    ],
    [
      'nothing here is called so',
      'clusters/production/artifacts.yaml',
      ['sourceRef', 'name: edge'],
      /^ExternalArtifact edge is not written in this repository/,
    ],
    [
      'others than Flux may refer to it',
      'clusters/production/platform.yaml',
      ['ServiceAccount', 'name: deployer'],
      /^What all refers to a ServiceAccount is not known/,
    ],
  ])('is refused where %s', async (_, path, words, reason) => {
    await expect(ask('textDocument/prepareRename', at(path, ...words))).rejects.toThrow(reason);
  });

  it('is refused for a name that is none, or is taken', async () => {
    const words = ['metadata', 'name: shop'];
    await expect(renamed('clusters/production/apps.yaml', words, 'The Shop')).rejects.toThrow('"The Shop" is no name for an object');
    await expect(renamed('clusters/production/apps.yaml', words, 'reports')).rejects.toThrow(
      'Kustomization/flux-system/reports is there already (clusters/production/apps.yaml:26)',
    );
  });

  it('finds the same places in a buffer with other line ends', async () => {
    const path = 'clusters/production/apps.yaml';
    await client().open(path, apps.replaceAll('\n', '\r\n'));
    const edit = await renamed(path, ['metadata', 'name: shop'], 'store');
    await client().close(path);
    expect(edit?.changes?.[client().uri(path)]).toEqual([
      { range: { start: { line: 3, character: 8 }, end: { line: 3, character: 12 } }, newText: 'store' },
      { range: { start: { line: 35, character: 12 }, end: { line: 35, character: 16 } }, newText: 'store' },
    ]);
  });
});
