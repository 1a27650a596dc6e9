/** The language server under a played client: what an editor shows of a small fleet, while it is edited. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, CompletionItem, Hover, Location, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { removeDirectory, repositoryOf, write } from '../git-repository.ts';
import { type Client, startClient } from './client.ts';
import { positionOf, sync } from './played.ts';

const shop = (cluster: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/${cluster}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  postBuild:
    substitute:
      COLOUR: ${cluster === 'production' ? 'blue' : 'green'}
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
`;

const settings =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: ${COLOUR}\n  size: small\n';
const overlay = (cluster: string) =>
  `resources:\n  - ../base\npatches:\n  - target: { kind: ConfigMap }\n    patch: |\n      - op: replace\n        path: /data/size\n        value: ${cluster === 'production' ? 'large' : 'medium'}\n`;

const texts = {
  'clusters/production/flux-system/gotk-sync.yaml': sync('production'),
  'clusters/staging/flux-system/gotk-sync.yaml': sync('staging'),
  'clusters/production/shop.yaml': shop('production'),
  'clusters/staging/shop.yaml': shop('staging'),
  'apps/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'apps/base/settings.yaml': settings,
  'apps/production/kustomization.yaml': overlay('production'),
  'apps/staging/kustomization.yaml': overlay('staging'),
  'apps/reports/kustomization.yaml': 'resources:\n  - report.yaml\npatches:\n  - path: patch.yaml\n',
  'apps/reports/patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: report\n  namespace: shop\ndata:\n  size: small\n',
  'clusters/staging/made.yaml': `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata:
  name: teams
  namespace: flux-system
spec:
  inputs:
    - team: made
  resources:
    - apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: << inputs.team >>-by-set
        namespace: flux-system
      spec:
        interval: 10m
        path: ./apps/reports
        prune: true
        sourceRef:
          kind: GitRepository
          name: flux-system
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: after
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/base
  prune: true
  dependsOn:
    - name: made-by-set
  sourceRef:
    kind: GitRepository
    name: flux-system
`,
  'apps/reports/report.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: report\n  namespace: shop\ndata: {}\n',
  '.flux-lint.yaml': 'rules: {}\n',
} as const;

type Path = keyof typeof texts;

let root: string;
let client: Client;

beforeAll(async () => {
  root = repositoryOf(texts);
  client = await startClient(root);
});

afterAll(async () => {
  await client.end();
  removeDirectory(root);
});

const asked = (path: Path, wanted: string, behind = 1) => ({
  textDocument: { uri: client.uri(path) },
  position: positionOf(texts[path], wanted, behind),
});

const opened = async (path: Path, text: string = texts[path]) => {
  await client.open(path, text);
  return path;
};

const request = <T>(method: string, params: object): Promise<T> => client.connection.sendRequest(method, params);

const placesOf = (locations: readonly Location[]): readonly string[] =>
  locations.map(({ uri, range }) => `${uri.slice(client.uri('').length + 1)}:${range.start.line + 1}`).sort();

describe('code lenses', () => {
  it('say which clusters an object reaches', async () => {
    await opened('apps/base/settings.yaml');
    const lenses = await request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: client.uri('apps/base/settings.yaml') } });
    expect(lenses.map(({ command }) => command?.title)).toEqual(['reaches 2 clusters (1 production)']);
  });

  it('say what a Kustomization applies, and who waits for it', async () => {
    await opened('clusters/production/shop.yaml');
    const lenses = await request<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: client.uri('clusters/production/shop.yaml') },
    });
    expect(lenses.map(({ command }) => command?.title)).toEqual([
      'reaches 1 cluster (1 production)',
      'applies 1 object; 1 depends on it',
      'reaches 1 cluster (1 production)',
      'applies 1 object',
    ]);
  });

  it('say who else builds an entry', async () => {
    await opened('apps/production/kustomization.yaml');
    const lenses = await request<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: client.uri('apps/production/kustomization.yaml') },
    });
    expect(lenses.map(({ command }) => command?.title)).toEqual(['built for production', 'also built for staging']);
  });
});

const textOf = ({ contents }: Hover): string => (typeof contents === 'object' && 'value' in contents ? contents.value : '');

describe('hover', () => {
  it('shows the value in each cluster, and every layer that touched it', async () => {
    const hover = await request<Hover>('textDocument/hover', asked('apps/base/settings.yaml', 'small'));
    const text = textOf(hover);
    expect(text).toContain('**production**: `large`');
    expect(text).toContain('**staging**: `medium`');
    expect(text).toContain('`apps/base/settings.yaml:8`');
    expect(text).toContain('patched by `apps/production/kustomization.yaml:5`');
  });

  it('shows a variable in each cluster', async () => {
    const text = textOf(await request<Hover>('textDocument/hover', asked('apps/base/settings.yaml', '${COLOUR}', 4)));
    expect(text).toContain('- **production**: `blue` (`clusters/production/shop.yaml:15`)');
    expect(text).toContain('- **staging**: `green` (`clusters/staging/shop.yaml:15`)');
  });

  it('shows what a dependency means', async () => {
    const text = textOf(await request<Hover>('textDocument/hover', asked('clusters/production/shop.yaml', '- name: shop', 9)));
    expect(text).toContain('Kustomization flux-system/shop (`clusters/production/shop.yaml:1`)');
  });
});

describe('navigation', () => {
  it('goes to the source, to the dependency, to the directory and to the variable', async () => {
    const to = async (path: Path, wanted: string, behind?: number) =>
      placesOf(await request<Location[]>('textDocument/definition', asked(path, wanted, behind)));
    expect(await to('clusters/production/shop.yaml', 'name: flux-system', 7)).toEqual(['clusters/production/flux-system/gotk-sync.yaml:1']);
    expect(await to('clusters/production/shop.yaml', '- name: shop', 9)).toEqual(['clusters/production/shop.yaml:1']);
    expect(await to('clusters/production/shop.yaml', './apps/production', 4)).toEqual(['apps/production/kustomization.yaml:1']);
    expect(await to('apps/production/kustomization.yaml', '../base', 4)).toEqual(['apps/base/kustomization.yaml:1']);
    expect(await to('apps/base/settings.yaml', '${COLOUR}', 4)).toEqual([
      'clusters/production/shop.yaml:15',
      'clusters/staging/shop.yaml:15',
    ]);
  });

  it('goes from a patch to what it changes, and to the template of what is generated', async () => {
    const to = async (path: Path, wanted: string, behind?: number) =>
      placesOf(await request<Location[]>('textDocument/definition', asked(path, wanted, behind)));
    expect(await to('apps/production/kustomization.yaml', 'target:', 2)).toEqual(['apps/base/settings.yaml:1']);
    expect(await to('apps/reports/patch.yaml', 'name: report', 7)).toEqual(['apps/reports/report.yaml:1']);
    expect(await to('clusters/staging/made.yaml', 'name: made-by-set', 7)).toEqual(['clusters/staging/made.yaml:10']);
  });

  it('finds who depends on an object, and who builds a base', async () => {
    const params = { ...asked('clusters/production/shop.yaml', 'name: shop', 7), context: { includeDeclaration: false } };
    expect(placesOf(await request<Location[]>('textDocument/references', params))).toEqual(['clusters/production/shop.yaml:27']);
    const base = { ...asked('apps/base/settings.yaml', 'size', 1), context: { includeDeclaration: false } };
    expect(placesOf(await request<Location[]>('textDocument/references', base))).toEqual([
      'apps/base/kustomization.yaml:2',
      'apps/production/kustomization.yaml:2',
      'apps/staging/kustomization.yaml:2',
      'clusters/staging/made.yaml:30',
    ]);
  });
});

const labelsOf = async (path: Path, text: string, wanted: string, behind: number): Promise<readonly string[]> => {
  await client.change(path, text);
  const items = await request<CompletionItem[]>('textDocument/completion', {
    textDocument: { uri: client.uri(path) },
    position: positionOf(text, wanted, behind),
  });
  await client.change(path, texts[path]);
  return items.map(({ label }) => label);
};

describe('completion', () => {
  it('offers names of the kind that is meant', async () => {
    const text = texts['clusters/production/shop.yaml'].replace('- name: shop', '- name: sho');
    expect(await labelsOf('clusters/production/shop.yaml', text, '- name: sho', 11)).toEqual(['flux-system', 'reports', 'shop']);
  });

  it('offers paths and variables', async () => {
    const path = 'apps/production/kustomization.yaml';
    expect(await labelsOf(path, texts[path].replace('../base', '../'), '- ../', 5)).toEqual([
      '../base',
      '../production',
      '../reports',
      '../staging',
    ]);
    const variable = texts['apps/base/settings.yaml'].replace('small', '${C');
    expect(await labelsOf('apps/base/settings.yaml', variable, 'size: ${C', 9)).toEqual(['COLOUR']);
  });
});

describe('completion of fields', () => {
  const path = 'clusters/production/shop.yaml';
  const shopText = texts[path];

  it('offers what the kind has and the object has not', async () => {
    const labels = await labelsOf(path, shopText.replace('  prune: true\n', '  prune: true\n  wa\n'), '  wa\n', 4);
    expect(labels).toContain('wait');
    expect(labels).toContain('retryInterval');
    expect(labels).not.toContain('prune');
  });

  it('offers them in maps and items of lists, and the values of an enum', async () => {
    const health = '  healthChecks:\n    - apiVersion: apps/v1\n      n\n';
    expect(await labelsOf(path, shopText.replace('  prune: true\n', health), '      n\n', 7)).toEqual(['kind', 'name', 'namespace']);
    const flush = '  healthChecks:\n  - apiVersion: apps/v1\n    n\n';
    expect(await labelsOf(path, shopText.replace('  prune: true\n', flush), '    n\n', 5)).toEqual(['kind', 'name', 'namespace']);
    const kinds = await labelsOf(path, shopText.replace('    kind: GitRepository', '    kind: G'), '    kind: G', 11);
    expect(kinds).toEqual(['OCIRepository', 'GitRepository', 'Bucket', 'ExternalArtifact'].filter((kind) => kinds.includes(kind)));
    expect(kinds).toContain('GitRepository');
    expect(await labelsOf(path, shopText.replace('prune: true', 'prune: t'), 'prune: t', 8)).toEqual(['true', 'false']);
  });

  it('knows kustomization files, which need not say what they are', async () => {
    const file = 'apps/production/kustomization.yaml';
    const labels = await labelsOf(file, `${texts[file]}name\n`, '\nname\n', 5);
    expect(labels).toContain('namePrefix');
    expect(labels).not.toContain('patches');
    expect(await labelsOf(file, `${texts[file]}images:\n  - n\n`, '  - n\n', 5)).toContain('newTag');
  });

  it('says on hover what a field takes', async () => {
    const text = textOf(await request<Hover>('textDocument/hover', asked(path, 'interval', 2)));
    expect(text).toMatch(/^\*\*interval\*\*: a duration/);
    expect(text).toContain('required');
  });
});

describe('diagnostics', () => {
  const path = 'clusters/production/shop.yaml';
  const broken = texts[path].replace('./apps/production', './apps/prodction');

  it('come and go while one types', async () => {
    await client.change(path, broken);
    const [wrong] = await client.diagnostics(path, (all) => all.some(({ code }) => code === 'references/unknown-path'));
    expect(wrong?.source).toBe('flux-lint');
    await client.change(path, texts[path]);
    await client.diagnostics(path, (all) => !all.some(({ code }) => code === 'references/unknown-path'));
  });

  it('stand still over a file that does not parse, and come back after it', async () => {
    await client.change(path, `${texts[path]}  - : [\n`);
    await client.diagnostics(path, (all) =>
      all.some(({ code }) => code === 'manifest/yaml-syntax' || code?.toString().startsWith('manifest/')),
    );
    await client.change(path, texts[path]);
    await client.diagnostics(path, (all) => !all.some(({ code }) => code?.toString().startsWith('manifest/')));
  });

  it('stand at the same place with other line ends', async () => {
    const windows = broken.replaceAll('\n', '\r\n');
    await client.change(path, windows);
    const all = await client.diagnostics(path, (each) => each.some(({ code }) => code === 'references/unknown-path'));
    const found = all.find(({ code }) => code === 'references/unknown-path');
    expect(found?.range.start).toEqual(positionOf(broken, './apps/prodction'));
    await client.change(path, texts[path]);
  });
});

describe('code actions', () => {
  it('suppress a finding with its reason to be written, and open its page', async () => {
    const path = 'clusters/production/shop.yaml';
    await client.change(path, texts[path].replace('./apps/production', './apps/prodction'));
    const all = await client.diagnostics(path, (each) => each.some(({ code }) => code === 'references/unknown-path'));
    const diagnostic = all.find(({ code }) => code === 'references/unknown-path');
    const uri = client.uri(path);
    const actions = await request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: diagnostic?.range,
      context: { diagnostics: [diagnostic] },
    });
    const titles = actions.map(({ title }) => title);
    expect(titles).toContain('Suppress references/unknown-path here');
    expect(titles).toContain('About references/unknown-path');
    const [edit] = actions.find(({ title }) => title.startsWith('Suppress'))?.edit?.changes?.[uri] ?? [];
    expect(edit?.newText).toBe('  # flux-lint-disable-next-line references/unknown-path -- why\n');
    expect(edit?.range.start.line).toBe(diagnostic?.range.start.line);
    await client.change(path, texts[path]);
  });
});

describe('rename', () => {
  it('changes a Kustomization and what depends on it', async () => {
    const path = 'clusters/production/shop.yaml';
    const edit = await request<WorkspaceEdit>('textDocument/rename', { ...asked(path, 'name: shop', 7), newName: 'store' });
    const edits = Object.entries(edit.changes ?? {}).flatMap(([uri, all]) =>
      all.map(({ range, newText }) => `${uri.slice(client.uri('').length + 1)}:${range.start.line + 1} ${newText}`),
    );
    expect(edits.sort()).toEqual(['clusters/production/shop.yaml:27 store', 'clusters/production/shop.yaml:4 store']);
  });

  it('is refused for a name that is generated, with the line that makes it', async () => {
    const params = { ...asked('clusters/staging/made.yaml', 'name: made-by-set', 7), newName: 'made' };
    await expect(request('textDocument/rename', params)).rejects.toThrow(
      'Kustomization/flux-system/made-by-set gets the name "made-by-set" from a text that is made of parts (clusters/staging/made.yaml:13)',
    );
  });
});

describe('commands', () => {
  const command = (name: string, ...given: readonly unknown[]) =>
    request<string>('workspace/executeCommand', { command: name, arguments: [client.uri('apps/base/settings.yaml'), ...given] });

  it('tell how a file gets to its clusters', async () => {
    expect(await command('flux-lint.why')).toContain('apps/base/settings.yaml reaches 2 clusters: production, staging:');
  });

  it('tell which objects clusters get of a file', async () => {
    const objects = await request('workspace/executeCommand', {
      command: 'flux-lint.objects',
      arguments: [client.uri('clusters/production/shop.yaml')],
    });
    expect(objects).toEqual([
      { name: 'Kustomization/flux-system/shop', line: 1, endLine: 16, clusters: ['production'] },
      { name: 'Kustomization/flux-system/reports', line: 17, endLine: 31, clusters: ['production'] },
    ]);
  });

  it('show an object as one cluster gets it, with the lines that wrote it', async () => {
    const text = await command('flux-lint.showObject', 'ConfigMap/shop/settings', 'production');
    expect(text).toContain('# production\n');
    expect(text).toContain('size: large # apps/production/kustomization.yaml:');
    expect(text).not.toContain('# staging');
  });

  it('tell what the buffers come to before they are saved', async () => {
    await client.change('apps/base/settings.yaml', texts['apps/base/settings.yaml'].replace('name: settings', 'name: setting'));
    const text = await command('flux-lint.impact');
    await client.change('apps/base/settings.yaml', texts['apps/base/settings.yaml']);
    expect(text).toContain('ConfigMap shop/settings');
    expect(text).toContain('Reaches 2 clusters');
  });
});

it('sees what is made on disk', async () => {
  write(root, { 'apps/base/more.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n  namespace: shop\n' });
  const path = 'apps/base/kustomization.yaml';
  await opened(path);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('apps/base/more.yaml'), type: 1 }],
  });
  await client.change(path, `${texts[path]}  - more.yaml\n`);
  const lenses = await request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: client.uri('clusters/production/shop.yaml') } });
  expect(lenses.map(({ command }) => command?.title)).toContain('applies 2 objects; 1 depends on it');
  await client.change(path, texts[path]);
});

it('answers a request that nobody waits for any more with nothing', async () => {
  const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
  const source = new CancellationTokenSource();
  const ask = () => client.connection.sendRequest('textDocument/hover', asked('apps/base/settings.yaml', 'small'), source.token);
  // The first may be answered before the server hears of it.
  const answers = Array.from({ length: 50 }, ask);
  source.cancel();
  const settled = await Promise.allSettled(answers);
  expect(settled.some(({ status }) => status === 'rejected')).toBe(true);
});

it('holds on to nothing of a thousand quick edits', async () => {
  const path = 'apps/base/settings.yaml';
  const memory = async (): Promise<number> => {
    const { heapUsed } = await request<{ heapUsed: number }>('flux-lint/memory', {});
    return heapUsed;
  };
  const edits = async (count: number) => {
    for (let index = 0; index < count; index++) {
      await client.change(path, `${settings}  n: "${index}"\n`);
      if (index % 10 === 0) await request<Hover>('textDocument/hover', asked(path, 'small'));
    }
  };
  await edits(300);
  const before = await memory();
  await edits(1000);
  const after = await memory();
  await client.change(path, texts[path]);
  expect(after / before).toBeLessThan(1.1);
});
