/** What an editor offers and explains in `.flux-lint.yaml`, in the repository that it is for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompletionItem, Diagnostic, Hover } from 'vscode-languageserver-protocol';
import { removeDirectory, repositoryOf } from '../git-repository.ts';
import { type Client, startClient } from './client.ts';
import { sync } from './played.ts';

const billing = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: billing, namespace: billing }
spec: { interval: 1m, url: "https://git.example.com/billing/apps" }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: billing, namespace: billing, labels: { toolkit.fluxcd.io/tenant: billing } }
spec: { interval: 10m, path: ./deploy, prune: true, sourceRef: { kind: GitRepository, name: billing } }
`;

const path = '.flux-lint.yaml';

let root: string;
let client: Client;

beforeAll(async () => {
  root = repositoryOf({
    'clusters/production/flux-system/gotk-sync.yaml': sync('production'),
    'clusters/staging/flux-system/gotk-sync.yaml': sync('staging'),
    'clusters/production/billing.yaml': billing,
    [path]: 'rules: {}\n',
  });
  client = await startClient(root);
  await client.open(path, 'rules: {}\n');
});

afterAll(async () => {
  await client.end();
  removeDirectory(root);
});

/** A text with `|` where the cursor is. */
const placed = async (marked: string) => {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  await client.change(path, marked.replace('|', ''));
  return {
    textDocument: { uri: client.uri(path) },
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  };
};

const offered = async (marked: string): Promise<readonly CompletionItem[]> =>
  client.connection.sendRequest<CompletionItem[]>('textDocument/completion', await placed(marked));

const labels = async (marked: string): Promise<readonly string[]> => (await offered(marked)).map(({ label }) => label);

describe('keys', () => {
  it.each([
    ['at the top', 'rules: {}\ncl|\n', 'clusters', 'rules'],
    ['of an item', 'clusters:\n  - name: production\n    pa|\n', 'path', 'name'],
    ['of an item that begins with it', 'clusters:\n  - pa|\n', 'path', 'clusters'],
    ['of an item as far left as its list', 'clusters:\n- name: production\n  en|\n', 'environment', 'name'],
    ['of what one names oneself', 'environments:\n  live:\n    match: [live]\n    pro|\n', 'protected', 'match'],
    ['within a map', 'expressions:\n  - id: acme/team\n    match:\n      ki|\n', 'kind', 'assert'],
    ['in braces', 'clusters:\n  - { name: production, pa| }\n', 'path', 'name'],
    ['in quotes', 'environments:\n  "live":\n    pro|\n', 'protected', 'live'],
    ['below a list in a list', 'terraform:\n  roots:\n    - path: terraform\n      wo|\n', 'workspace', 'path'],
    ['of overrides', 'overrides:\n  - files: [apps]\n    ru|\n', 'rules', 'files'],
  ])('%s', async (_, marked, expected, written) => {
    const found = await labels(marked);
    expect(found).toContain(expected);
    expect(found).not.toContain(written);
  });

  it('come with what they mean, and replace what is begun', async () => {
    const found = await offered('clusters:\n  - name: production\n    kuber|\n');
    const item = found.find(({ label }) => label === 'kubernetesVersion');
    expect(item?.documentation).toMatchObject({ kind: 'markdown', value: expect.stringContaining('Default: that of all clusters') });
    expect(item?.textEdit).toEqual({
      newText: 'kubernetesVersion: ',
      range: { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } },
    });
  });
});

it('replaces an address as a whole', async () => {
  const found = await offered('repositories:\n  https://gi|\n');
  expect(found.map(({ textEdit }) => textEdit)).not.toEqual([]);
  for (const { textEdit } of found) expect(textEdit).toMatchObject({ range: { start: { line: 1, character: 2 } } });
});

describe('rules', () => {
  it('are offered with what they find, those that are off too', async () => {
    const found = await offered('extends: recommended\nrules:\n  references/unknown-path: off\n  references/unkn|\n');
    expect(found.map(({ label }) => label)).not.toContain('references/unknown-path');
    const item = found.find(({ label }) => label === 'references/unknown-dependency');
    expect(item?.documentation).toMatchObject({ value: expect.stringContaining('depends on one that its cluster does not apply') });
    expect(item?.textEdit).toMatchObject({ newText: 'references/unknown-dependency: ', range: { start: { character: 2 } } });
  });

  it.each([
    ['as a severity', 'rules:\n  build/empty: o|\n', ['off', 'info', 'warning', 'error']],
    ['first in a list', 'rules:\n  blast-radius/shared-base: [e|]\n', ['off', 'info', 'warning', 'error']],
    ['first in a list of lines', 'rules:\n  blast-radius/shared-base:\n    - e|\n', ['off', 'info', 'warning', 'error']],
    ['of overrides', 'overrides:\n  - files: [apps]\n    rules:\n      build/empty: |\n', ['off', 'info', 'warning', 'error']],
  ])('%s', async (_, marked, expected) => {
    expect(await labels(marked)).toEqual(expected);
  });

  it.each([
    ['in braces', 'rules:\n  blast-radius/shared-base: [error, { mi| }]\n'],
    ['on a line of their own', 'rules:\n  blast-radius/shared-base:\n    - error\n    - mi|\n'],
  ])('have options %s', async (_, marked) => {
    const found = await offered(marked);
    expect(found.map(({ label }) => label)).toContain('minClusters');
    expect(found.find(({ label }) => label === 'minClusters')?.documentation).toMatchObject({ value: expect.stringMatching(/\w/) });
  });
});

describe('values', () => {
  it.each([
    ['of an enumeration', 'extends: s|\n', ['recommended', 'strict']],
    ['in a list', 'extends:\n  - s|\n', ['recommended', 'strict']],
    ['true or false', 'root: t|\n', ['true', 'false']],
    ['of expressions', 'expressions:\n  - id: acme/team\n    severity: w|\n', ['info', 'warning', 'error']],
  ])('%s', async (_, marked, expected) => {
    expect(await labels(marked)).toEqual(expected);
  });

  it.each([
    ['environments', 'clusters:\n  - name: production\n    environment: |\n', ['production', 'staging']],
    ['environments in their order', 'promotion:\n  - st|\n', ['production', 'staging']],
    ['environments that are not there yet', 'promotion: [staging, p|]\n', ['production', 'staging']],
    ['environments as keys', 'environments:\n  pro|\n', ['production', 'staging']],
    ['clusters', 'environments:\n  live:\n    match: [pr|]\n', ['production', 'staging']],
    ['tenants', 'overrides:\n  - tenants: [|]\n', ['billing']],
    ['sources without a checkout', 'repositories:\n  htt|\n', ['https://git.example.com/billing/apps']],
    ['directories', 'ignore:\n  - clu|\n', ['clusters/production', 'clusters/production/flux-system', 'clusters/staging/flux-system']],
    ['kinds', 'expressions:\n  - match: { kind: | }\n', ['GitRepository', 'Kustomization']],
  ])('that this repository has: %s', async (_, marked, expected) => {
    expect(await labels(marked)).toEqual(expected);
  });

  it.each([
    ['in a comment', '# cl|\n'],
    ['within a text', 'plugins:\n  - the rules of cl|\n'],
    ['behind a value in braces', 'clusters:\n  - { name: production | }\n'],
    ['behind a colon without a blank', 'root:|\n'],
    ['behind a bracket that is closed', 'promotion: [staging] |\n'],
  ])('are not offered %s', async (_, marked) => {
    expect(await labels(marked)).toEqual([]);
  });
});

it('says on hover what a key and a rule mean', async () => {
  const textAt = async (marked: string) => {
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', await placed(marked));
    return typeof hover?.contents === 'object' && 'value' in hover.contents ? hover.contents.value : undefined;
  };
  expect(await textAt('promo|tion: [staging, production]\n')).toMatch(/^\*\*promotion\*\*: Environments in the order/);
  expect(await textAt('rules:\n  references/unknown-p|ath: off\n')).toContain('docs/rules/references/unknown-path.md');
  expect(await textAt('rules:\n  blast-radius/shared-base: [error, { min|Clusters: 3 }]\n')).toMatch(/^\*\*minClusters\*\*: /);
  expect(await textAt('clu|ster: []\n')).toBeUndefined();
});

describe('what keeps it from being used', () => {
  const isWrong = (all: readonly Diagnostic[]) => all.length > 0;

  it.each<[string, string, string, number]>([
    ['a key that there is not', 'clusterz: []\n', 'clusterz', 0],
    ['a key that stands twice', 'root: true\nroot: true\n', 'the key "root" is written twice', 0],
    ['a value that it does not take', 'rules:\n  build/empty: fatal\n', 'build/empty', 1],
    ['a text that is no YAML', 'rules: [\n', '', 0],
  ])('is told where it stands: %s', async (_, text, words, line) => {
    await client.change(path, text);
    const [problem] = await client.diagnostics(path, isWrong);
    expect(problem?.severity).toBe(1);
    expect(problem?.message).toContain(words);
    expect(problem?.range.start.line).toBeGreaterThanOrEqual(line);
    await client.change(path, 'rules: {}\n');
    await client.diagnostics(path, (all) => !isWrong(all));
  });
});
