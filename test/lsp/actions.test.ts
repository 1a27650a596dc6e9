/** What can be done about a finding, and what a stranger's repository may not do. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver-protocol';
import { newDirectory, removeDirectory, repositoryFrom, repositoryOf, write } from '../git-repository.ts';
import { startClient } from './client.ts';
import { playRepository } from './played.ts';

const root = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/production, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "ssh://git@git.example.com/fleet" }
`;

const release = `apiVersion: helm.toolkit.fluxcd.io/v2beta2
kind: HelmRelease
metadata:
  name: web
  namespace: flux-system
spec:
  interval: 1h
  chartRef: { kind: OCIRepository, name: web }
`;

const apps = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
`;

/** A file that is listed twice. */
const twice = 'resources:\n  - settings.yaml\n  - settings.yaml\n';

const texts = {
  'clusters/production/flux-system/gotk-sync.yaml': root,
  'clusters/production/web.yaml': release,
  'clusters/production/apps.yaml': apps,
  'apps/kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'apps/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  colour: blue\n',
} as const;

const { client, ask, root: playedRoot } = playRepository(texts, { capabilities: { window: { showDocument: { support: true } } } });

interface Offered {
  readonly diagnostic: Diagnostic;
  readonly actions: readonly CodeAction[];
}

/** What is offered about the first finding of a rule in a file with this text. */
const offered = async (
  path: keyof typeof texts,
  text: string,
  rule: string,
  change = (diagnostic: Diagnostic) => diagnostic,
): Promise<Offered> => {
  await client().open(path, text);
  const all = await client().diagnostics(path, (each) => each.some(({ code }) => code === rule));
  const [diagnostic] = all.filter(({ code }) => code === rule).map(change);
  if (!diagnostic) throw new Error(`nothing of ${rule}`);
  const textDocument = { uri: client().uri(path) };
  const actions = await ask<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: diagnostic.range,
    context: { diagnostics: [diagnostic] },
  });
  return { diagnostic, actions };
};

const editsOf = (path: keyof typeof texts, { actions }: Offered, title: RegExp): readonly TextEdit[] =>
  actions.find((action) => title.test(action.title))?.edit?.changes?.[client().uri(path)] ?? [];

/** A text after edits of the protocol, which do not overlap. */
const edited = (text: string, edits: readonly TextEdit[]): string => {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, character }: TextEdit['range']['start']) => (starts[line] ?? text.length) + character;
  const backwards = [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start));
  return backwards.reduce((now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)), text);
};

const isGone = (rule: string) => (all: readonly Diagnostic[]) => !all.some(({ code }) => code === rule);

describe('a fix', () => {
  it('that is safe is preferred, and takes the finding away', async () => {
    const path = 'apps/kustomization.yaml';
    const found = await offered(path, twice, 'build/duplicate-object');
    const [fix] = found.actions;
    expect(fix?.isPreferred).toBe(true);
    const text = edited(twice, editsOf(path, found, new RegExp(`^${fix?.title}$`)));
    expect(text).toBe('resources:\n  - settings.yaml\n');
    await client().change(path, text);
    await client().diagnostics(path, isGone('build/duplicate-object'));
    await client().close(path);
  });

  it('that may change what is deployed says so', async () => {
    const waiting = repositoryFrom(join(import.meta.dirname, '../../fixtures/rules/references/dependency-not-awaited/bad'));
    const editor = await startClient(waiting);
    onTestFinished(async () => {
      await editor.end();
      removeDirectory(waiting);
    });
    const [path, rule] = ['clusters/production/apps.yaml', 'references/dependency-not-awaited'];
    await editor.open(path, readFileSync(join(waiting, path), 'utf8'));
    const all = await editor.diagnostics(path, (each) => each.some(({ code }) => code === rule));
    const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: editor.uri(path) },
      range: all[0]?.range,
      context: { diagnostics: all.filter(({ code }) => code === rule) },
    });
    expect(actions[0]?.title).toMatch(/\(it may change what is deployed\)$/);
    expect(actions[0]?.isPreferred).toBe(false);
    expect(Object.keys(actions[0]?.edit?.changes ?? {})).toHaveLength(1);
  });
});

it('strikes out what is deprecated', async () => {
  const path = 'clusters/production/web.yaml';
  const { diagnostic } = await offered(path, release, 'schema/removed-api');
  expect(diagnostic.tags).toEqual([2]);
  await client().close(path);
});

describe('a suppression', () => {
  it.each([
    ['\n', 'with usual line ends'],
    ['\r\n', 'with those of Windows'],
  ])('%j is a line above the finding, and holds %s', async (lineEnd) => {
    const path = 'apps/kustomization.yaml';
    const written = twice.replaceAll('\n', lineEnd);
    const found = await offered(path, written, 'build/duplicate-object');
    const text = edited(written, editsOf(path, found, /^Suppress/));
    const comment = '  # flux-lint-disable-next-line build/duplicate-object -- why';
    expect(text).toBe(['resources:', '  - settings.yaml', comment, '  - settings.yaml', ''].join(lineEnd));
    await client().change(path, text);
    await client().diagnostics(path, isGone('build/duplicate-object'));
    await client().close(path);
  });

  it('stands around a text that holds the finding, not in it', async () => {
    const path = 'apps/kustomization.yaml';
    const patched = `resources:
  - settings.yaml
patches:
  - patch: |
      - op: replace
        path: /metadata/namespace
        value: nowhere
    target:
      kind: ConfigMap
`;
    const found = await offered(path, patched, 'references/unknown-namespace');
    const text = edited(patched, editsOf(path, found, /^Suppress/));
    expect(text).toContain('patches:\n  # flux-lint-disable references/unknown-namespace -- why\n  - patch: |\n      - op: replace\n');
    expect(text).toContain('        value: nowhere\n  # flux-lint-enable references/unknown-namespace\n    target:\n');
    await client().change(path, text);
    await client().diagnostics(path, isGone('references/unknown-namespace'));
    await client().close(path);
  });

  it('is found by rule and place where an editor hands back no more', async () => {
    const path = 'apps/kustomization.yaml';
    const { actions } = await offered(path, twice, 'build/duplicate-object', ({ data: _, ...diagnostic }) => diagnostic);
    expect(actions.map(({ title }) => title)).toContain('Suppress build/duplicate-object here');
    await client().close(path);
  });
});

it('opens the page of a rule in the editor, and nothing that is no page', async () => {
  const opened: string[] = [];
  client().connection.onRequest('window/showDocument', ({ uri, external }: { readonly uri: string; readonly external?: boolean }) => {
    opened.push(`${uri} ${external}`);
    return { success: true };
  });
  const path = 'apps/kustomization.yaml';
  const { actions } = await offered(path, twice, 'build/duplicate-object');
  const about = actions.find(({ title }) => title === 'About build/duplicate-object')?.command;
  expect(about?.arguments?.[0]).toMatch(/^https:.*docs\/rules\/build\/duplicate-object\.md$/);
  await ask('workspace/executeCommand', { command: about?.command, arguments: about?.arguments });
  await ask('workspace/executeCommand', { command: about?.command, arguments: ['file:///etc/passwd'] });
  expect(opened).toEqual([`${about?.arguments?.[0]} true`]);
  await client().close(path);
});

it('shows what a change breaks in a file that is not open', async () => {
  const path = 'apps/settings.yaml';
  const patches = 'apps/kustomization.yaml';
  write(playedRoot(), {
    [patches]: 'resources:\n  - settings.yaml\npatches:\n  - path: patch.yaml\n',
    'apps/patch.yaml': texts[path].replace('blue', 'red'),
  });
  await client().connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [patches, 'apps/patch.yaml'].map((each) => ({ uri: client().uri(each), type: 2 })),
  });
  await client().open(path, texts[path].replace('name: settings', 'name: setting'));
  const isBroken = (all: readonly Diagnostic[]) => all.some(({ code }) => code === 'build/patch-without-target');
  await client().diagnostics('apps/patch.yaml', isBroken);
  await client().change(path, texts[path]);
  await client().diagnostics('apps/patch.yaml', (all) => !isBroken(all));
  await client().close(path);
});

it('runs no code of the repository, and reads nothing outside it', async () => {
  const outside = newDirectory();
  const stranger = repositoryOf({
    '.flux-lint.yaml': `plugins: [./lint/plugin.mjs]\nrepositories:\n  "https://git.example.com/apps": "${outside}"\n`,
    'lint/plugin.mjs': `import { writeFileSync } from 'node:fs';\nwriteFileSync('${join(outside, 'ran')}', '');\nexport default [];\n`,
    'apps/kustomization.yaml': 'resources:\n  - setting.yaml\n',
  });
  write(outside, { 'apps/kustomization.yaml': 'resources: []\n' });
  const editor = await startClient(stranger);
  onTestFinished(async () => {
    await editor.end();
    removeDirectory(stranger);
    removeDirectory(outside);
  });
  await editor.open('apps/kustomization.yaml', 'resources:\n  - setting.yaml\n');
  await editor.diagnostics('apps/kustomization.yaml', (all) => all.some(({ code }) => code === 'build/missing-resource'));
  expect(existsSync(join(outside, 'ran'))).toBe(false);
});
