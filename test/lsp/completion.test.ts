/** What an editor offers where something is to be written, in documents that may be broken there. */
import { describe, expect, it } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver-protocol';
import { playRepository, sync } from './played.ts';

const shared = `apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: deployer, namespace: flux-system }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: fleet, namespace: flux-system }
data: { REGION: eu-west-1 }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: charts, namespace: shop }
spec: { interval: 1h, url: "oci://ghcr.io/example/charts/web" }
---
apiVersion: notification.toolkit.fluxcd.io/v1beta3
kind: Provider
metadata: { name: chat, namespace: flux-system }
spec: { type: slack, address: "https://hooks.example.com/fleet" }
---
apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata: { name: web, namespace: flux-system }
spec: { image: ghcr.io/example/web, interval: 1h }
`;

const path = 'clusters/production/new.yaml';

const { client, ask } = playRepository({
  'clusters/production/flux-system/gotk-sync.yaml': sync('production'),
  'clusters/production/shared.yaml': shared,
  'apps/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n',
  [path]: '',
});

/** @param marked a text with `|` where the cursor is */
const offered = async (marked: string): Promise<readonly CompletionItem[]> => {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  await client().open(path, marked.replace('|', ''));
  const items = await ask<CompletionItem[]>('textDocument/completion', {
    textDocument: { uri: client().uri(path) },
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  });
  await client().close(path);
  return items;
};

const kustomization = (spec: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: shop\n  namespace: flux-system\nspec:\n  interval: 10m\n${spec}`;

const built = '  path: ./apps/shop\n  prune: true\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n';

const release = (spec: string) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  interval: 10m\n${spec}`;

const alert = (spec: string) =>
  `apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nmetadata:\n  name: all\n  namespace: flux-system\nspec:\n${spec}`;

const policy = (spec: string) =>
  `apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata:\n  name: web\n  namespace: flux-system\nspec:\n${spec}`;

describe('names', () => {
  it.each<[string, string, readonly string[]]>([
    ['of sources', kustomization('  sourceRef:\n    kind: GitRepository\n    name: fl|\n'), ['flux-system']],
    ['of sources, with nothing written', kustomization('  sourceRef:\n    kind: GitRepository\n    name: |\n'), ['flux-system']],
    ['of sources, in braces', kustomization('  sourceRef: { kind: GitRepository, name: | }\n'), ['flux-system']],
    [
      'of sources, in a document that is broken',
      kustomization('  sourceRef:\n    kind: GitRepository\n    name: fl|\n  pru\n'),
      ['flux-system'],
    ],
    ['of dependencies', kustomization('  dependsOn:\n    - name: |\n'), ['flux-system', 'shop']],
    ['of accounts', kustomization('  serviceAccountName: |\n'), ['deployer']],
    ['of variables', kustomization('  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: |\n'), ['fleet']],
    ['of charts', release('  chartRef:\n    kind: OCIRepository\n    name: |\n'), ['charts']],
    ['of providers', alert('  providerRef:\n    name: |\n'), ['chat']],
    ['of event sources', alert('  eventSources:\n    - kind: Kustomization\n      name: |\n'), ['flux-system']],
    ['of images', policy('  imageRepositoryRef:\n    name: |\n'), ['web']],
    ['of another namespace', alert('  eventSources:\n    - kind: OCIRepository\n      namespace: shop\n      name: |\n'), ['charts']],
    ['of namespaces', kustomization('  targetNamespace: |\n'), ['flux-system', 'shop']],
    ['of directories', kustomization('  path: ./ap|\n'), ['./apps/shop', './clusters/production', './clusters/production/flux-system']],
  ])('are offered %s', async (_, marked, expected) => {
    expect((await offered(marked)).map(({ label }) => label)).toEqual(expected);
  });

  it('of variables are offered in a document that is broken there', async () => {
    const settings = 'apps/shop/settings.yaml';
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: [ ${RE\n';
    await client().open('clusters/production/shop.yaml', kustomization(`${built}  postBuild:\n    substitute: { REGION: eu-west-1 }\n`));
    await client().open(settings, text);
    const items = await ask<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: client().uri(settings) },
      position: { line: 3, character: 12 },
    });
    expect(items.map(({ label, textEdit }) => [label, textEdit?.newText])).toEqual([['REGION', 'REGION']]);
    await client().close(settings);
    await client().close('clusters/production/shop.yaml');
  });

  it('replace the path that is begun', async () => {
    const [item] = await offered(kustomization('  path: ./ap|\n'));
    expect(item?.textEdit).toEqual({
      newText: './apps/shop',
      range: { start: { line: 7, character: 8 }, end: { line: 7, character: 12 } },
    });
  });

  it('are the same with other line ends', async () => {
    const items = await offered(kustomization('  sourceRef:\n    kind: GitRepository\n    name: fl|\n').replaceAll('\n', '\r\n'));
    expect(items.map(({ label }) => label)).toEqual(['flux-system']);
  });
});

describe('fields', () => {
  it('are offered in a document that is broken there', async () => {
    const labels = (await offered(kustomization('  pa|\n  sourceRef:\n    kind: GitRepository\n'))).map(({ label }) => label);
    expect(labels).toContain('path');
    expect(labels).not.toContain('sourceRef');
  });

  it('say since which Flux there is one of their values', async () => {
    const items = await offered(kustomization('  deletionPolicy: |\n'));
    expect(items.find(({ label }) => label === 'WaitForTermination')?.detail).toBe('since Flux 2.6');
  });
});
