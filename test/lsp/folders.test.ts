/** Several folders in one window, and what changes in them on disk. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeRepository, newDirectory, removeDirectory, repositoryOf, write } from '../git-repository.ts';
import { type Client, type Setting, startClient } from './client.ts';

const settings = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop\n`;

const overlay = 'apps/kustomization.yaml';
const texts = { [overlay]: 'resources:\n  - settings.yaml\n', 'apps/settings.yaml': settings('settings') };

/** Directories that end with the test. */
const temporary = <T extends readonly string[]>(...directories: T): T => {
  onTestFinished(() => {
    for (const directory of directories) removeDirectory(directory);
  });
  return directories;
};

const started = async (root: string, setting?: Setting): Promise<Client> => {
  const client = await startClient(root, setting);
  onTestFinished(client.end);
  return client;
};

/** Opens a file; it has been judged as it is when this ends. */
const opened = async (client: Client, path: string, text: string) => {
  await client.open(path, text);
  await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: client.uri(path) } });
};

const changedOnDisk = (client: Client, uris: readonly string[]) =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: uris.map((uri) => ({ uri, type: 2 })) });

const isMissing = ({ code }: { readonly code?: unknown }) => code === 'build/missing-resource';

it('judges the folder of each edit, however soon another follows', async () => {
  const [shop, reports] = temporary(repositoryOf(texts), repositoryOf(texts));
  const client = await started(shop, { folders: [shop, reports] });
  const overlays = [overlay, join(relative(shop, reports), overlay)];
  for (const path of overlays) await opened(client, path, texts[overlay]);
  for (const path of overlays) await client.change(path, 'resources:\n  - setting.yaml\n');
  for (const path of overlays) await client.diagnostics(path, (all) => all.some(isMissing));
});

it('reads what changed on disk, whatever changed beside it', async () => {
  const [root, elsewhere] = temporary(repositoryOf(texts), newDirectory());
  const client = await started(root);
  await opened(client, overlay, 'resources:\n  - settings.yaml\n  - more.yaml\n');
  await client.diagnostics(overlay, (all) => all.some(isMissing));
  write(root, { 'apps/more.yaml': settings('more') });
  await changedOnDisk(client, ['untitled:notes', client.uri(join(relative(root, elsewhere), 'notes.txt')), client.uri('apps/more.yaml')]);
  await client.diagnostics(overlay, (all) => !all.some(isMissing));
});

/** A `git` that notes what it is asked for. */
const notedGit = () => {
  const [programs] = temporary(newDirectory());
  const [log, git] = [join(programs, 'log'), join(programs, 'git')];
  writeFileSync(log, '');
  writeFileSync(git, `#!/bin/sh\necho "$*" >> '${log}'\nPATH="\${PATH#*:}" exec git "$@"\n`);
  chmodSync(git, 0o755);
  const asked = () => readFileSync(log, 'utf8').split('\n');
  return { env: { PATH: `${programs}${delimiter}${process.env.PATH ?? ''}` }, asked };
};

it('lists a repository once for all that a branch brings', async () => {
  const [root] = temporary(repositoryOf(texts));
  const { env, asked } = notedGit();
  const client = await started(root, { env });
  const listings = () => asked().filter((line) => line.includes('ls-files')).length;
  await opened(client, overlay, texts[overlay]);
  const before = listings();
  expect(before).toBeGreaterThan(0);
  const names = Array.from({ length: 20 }, (_, index) => `more-${index}`);
  write(root, Object.fromEntries(names.map((name) => [`apps/${name}.yaml`, settings(name)] as const)));
  await changedOnDisk(
    client,
    names.map((name) => client.uri(`apps/${name}.yaml`)),
  );
  await client.change(overlay, `resources:\n${names.map((name) => `  - ${name}.yaml\n`).join('')}  - missing.yaml\n`);
  const all = await client.diagnostics(overlay, (found) => found.some(isMissing));
  expect(all.filter(isMissing)).toHaveLength(1);
  expect(listings() - before).toBe(1);
});

it('opens no repository for what changes in it', async () => {
  const [shop, reports] = temporary(repositoryOf(texts), repositoryOf(texts));
  const { env, asked } = notedGit();
  const client = await started(shop, { folders: [shop, reports], env });
  await changedOnDisk(client, [pathToFileURL(join(reports, overlay)).href]);
  await opened(client, overlay, texts[overlay]);
  expect(asked().filter((line) => line.includes(shop))).not.toEqual([]);
  expect(asked().filter((line) => line.includes(reports))).toEqual([]);
});

it('has one view of a root, whatever folder of it a file is opened in', async () => {
  const [root] = temporary(repositoryOf(texts));
  const client = await started(root, { folders: [] });
  const path = 'teams/kustomization.yaml';
  await opened(client, path, 'resources:\n  - ../apps/unsaved.yaml\n');
  await client.diagnostics(path, (all) => all.some(isMissing));
  await client.open('apps/unsaved.yaml', settings('unsaved'));
  await client.diagnostics(path, (all) => !all.some(isMissing));
});

it('judges each of the repositories that lie in a folder', async () => {
  const [parent] = temporary(newDirectory());
  for (const name of ['shop', 'shop/vendor/reports']) {
    write(join(parent, name), texts);
    makeRepository(join(parent, name));
  }
  const client = await started(parent);
  for (const path of [`shop/${overlay}`, `shop/vendor/reports/${overlay}`]) {
    await client.open(path, 'resources:\n  - setting.yaml\n');
    await client.diagnostics(path, (all) => all.some(isMissing));
  }
});

it('reads nothing around a file that is in no repository', async () => {
  const [root] = temporary(newDirectory());
  write(root, { 'kustomization.yaml': 'resources:\n  - missing.yaml\n' });
  const client = await started(root, { folders: [] });
  await client.open('kustomization.yaml', 'resources:\n  - missing.yaml\n');
  expect(
    await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri: client.uri('kustomization.yaml') } }),
  ).toBeNull();
});

describe('the configuration', () => {
  const off = 'rules:\n  build/missing-resource: off\n';
  const configure = async (client: Client, root: string, text: string) => {
    write(root, { '.flux-lint.yaml': text });
    await changedOnDisk(client, [client.uri('.flux-lint.yaml')]);
  };

  it('holds as soon as it is saved, and the one before as long as it cannot be used', async () => {
    const [root] = temporary(repositoryOf(texts));
    const client = await started(root);
    await opened(client, overlay, 'resources:\n  - setting.yaml\n');
    await client.diagnostics(overlay, (all) => all.some(isMissing));
    await configure(client, root, off);
    await client.diagnostics(overlay, (all) => !all.some(isMissing));
    await configure(client, root, 'rulez: {}\n');
    expect(await client.message(() => true)).toMatch(/^flux-lint: \.flux-lint\.yaml:1: .*rulez/);
    await client.change(overlay, 'resources:\n  - setting.yaml\nresorces: []\n');
    const all = await client.diagnostics(overlay, (found) => found.length > 0);
    expect(all.filter(isMissing)).toEqual([]);
  });

  it('may be mended while the editor is open', async () => {
    const [root] = temporary(repositoryOf({ ...texts, '.flux-lint.yaml': 'rulez: {}\n' }));
    const client = await started(root);
    await client.open(overlay, 'resources:\n  - setting.yaml\n');
    await client.message((text) => text.includes('rulez'));
    await configure(client, root, 'rules: {}\n');
    await client.diagnostics(overlay, (all) => all.some(isMissing));
  });
});

it('asks the editor to tell what changes on disk, where it can', async () => {
  const [root] = temporary(repositoryOf(texts));
  const client = await started(root, { capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } } });
  await opened(client, overlay, texts[overlay]);
  expect(client.watched()).toEqual(['workspace/didChangeWatchedFiles {"watchers":[{"globPattern":"**/*"}]}']);
});

it('takes in a folder that is added to the window, and lets go of one that is taken away', async () => {
  const [shop, plain] = temporary(repositoryOf(texts), newDirectory());
  write(plain, { '.flux-lint.yaml': 'rules: {}\n', 'apps/settings.yaml': settings('settings') });
  const client = await started(shop, { capabilities: { workspace: { workspaceFolders: true } } });
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [{ uri: pathToFileURL(plain).href, name: 'plain' }], removed: [] },
  });
  const path = join(relative(shop, plain), overlay);
  await client.open(path, 'resources:\n  - setting.yaml\n');
  await client.diagnostics(path, (all) => all.some(isMissing));
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [{ uri: pathToFileURL(plain).href, name: 'plain' }] },
  });
  await client.diagnostics(path, (all) => all.length === 0);
});

it('does not judge what git ignores', async () => {
  const [root] = temporary(
    repositoryOf({ ...texts, '.gitignore': 'rendered/\n', 'rendered/kustomization.yaml': 'resources:\n  - gone.yaml\n' }),
  );
  write(root, { 'rendered/kustomization.yaml': 'resources:\n  - gone.yaml\n' });
  const client = await started(root);
  await client.open('rendered/kustomization.yaml', 'resources:\n  - gone.yaml\n');
  await client.open(overlay, 'resources:\n  - setting.yaml\n');
  await client.diagnostics(overlay, (all) => all.some(isMissing));
  const lenses = { textDocument: { uri: client.uri('rendered/kustomization.yaml') } };
  expect(await client.connection.sendRequest('textDocument/codeLens', lenses)).toEqual([]);
  expect(client.latest('rendered/kustomization.yaml')).toEqual([]);
});
