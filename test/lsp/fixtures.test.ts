/** Every feature once more, on whole repositories: many clusters over bases, variables through two levels, a hub that deploys elsewhere. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, CompletionItem, Range, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { readTexts } from '../fixture.ts';
import { type Played, playRepository, positionOf } from './played.ts';

const textsOf = (name: string) => readTexts(join(import.meta.dirname, '../../fixtures/repos', name));

const lensesOf = async ({ ask, client }: Played, path: string): Promise<readonly (string | undefined)[]> => {
  const lenses = await ask<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: client().uri(path) } });
  return lenses.map(({ command }) => command?.title);
};

/** What is offered behind a text that stands there in place of another. */
const offeredIn = async ({ ask, client }: Played, path: string, text: string, behind: string): Promise<readonly string[]> => {
  await client().open(path, text);
  const position = positionOf(text, behind, behind.length);
  const items = await ask<CompletionItem[]>('textDocument/completion', { textDocument: { uri: client().uri(path) }, position });
  await client().close(path);
  return items.map(({ label }) => label);
};

const answered = ({ ask, client }: Played, command: string, path: string, ...given: readonly string[]): Promise<string> =>
  ask('workspace/executeCommand', { command, arguments: [client().uri(path), ...given] });

describe('monorepo', () => {
  const texts = textsOf('monorepo');
  const played = playRepository(texts);
  const release = 'apps/base/grafana/release.yaml';
  const overlay = 'apps/overlays/prod/kustomization.yaml';

  it('says what reaches what', async () => {
    expect(await lensesOf(played, release)).toEqual(['reaches 2 clusters (1 production)']);
    expect(await lensesOf(played, overlay)).toEqual([
      'built for prod-us-east-1',
      'also built for staging-eu-west-1',
      'also built for staging-eu-west-1',
    ]);
    expect(await lensesOf(played, 'clusters/prod-us-east-1/infrastructure.yaml')).toEqual([
      'reaches 1 cluster (1 production)',
      'applies 6 objects; 1 depends on it',
    ]);
    expect(await answered(played, 'flux-lint.why', release)).toContain(`${release} reaches 2 clusters: prod-us-east-1, staging-eu-west-1`);
  });

  it('says what is in force in each cluster', async () => {
    const text = await played.hover(release, 'replicas: 1');
    expect(text).toContain('- **prod-us-east-1**: `2`\n    - written at `apps/base/grafana/release.yaml:28`: `1`\n');
    expect(text).toContain('- **staging-eu-west-1**: `1`');
    const object = await answered(played, 'flux-lint.showObject', release, 'HelmRelease/grafana/grafana', 'prod-us-east-1');
    expect(object).toContain('replicas: 2 # apps/overlays/prod/grafana-values.yaml:8');
  });

  it('leads from a name to what it means, and back', async () => {
    expect(await played.definitions(release, 'sourceRef', 'name: grafana')).toEqual(['apps/base/grafana/repository.yaml:1']);
    expect(await played.definitions('apps/overlays/prod/grafana-values.yaml', 'name: grafana')).toEqual([
      'apps/base/grafana/release.yaml:1',
    ]);
    expect(await played.references('apps/base/grafana/kustomization.yaml', 'kind: Kustomization')).toEqual([
      'apps/overlays/prod/kustomization.yaml:5',
      'apps/overlays/staging/kustomization.yaml:5',
    ]);
  });

  it('completes an entry, and renames what a cluster depends on', async () => {
    const text = (texts[overlay] ?? '').replace('../../base/grafana', '../../base/');
    expect(await offeredIn(played, overlay, text, '  - ../../base/prometheus\n  - ../../base/')).toEqual([
      '../../base/grafana',
      '../../base/prometheus',
    ]);
    const kustomization = 'clusters/prod-us-east-1/infrastructure.yaml';
    const at = played.at(kustomization, 'name: infrastructure');
    expect(await played.ask<Range>('textDocument/prepareRename', at)).toEqual({
      start: { line: 3, character: 8 },
      end: { line: 3, character: 22 },
    });
    expect(played.changesOf(await played.ask<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'platform' }))).toEqual([
      'clusters/prod-us-east-1/apps.yaml:8 platform',
      'clusters/prod-us-east-1/infrastructure.yaml:4 platform',
    ]);
  });

  it('says what an unsaved change comes to', async () => {
    await played.client().open(release, (texts[release] ?? '').replace('ingressClassName: nginx', 'ingressClassName: traefik'));
    const text = await answered(played, 'flux-lint.impact', release);
    await played.client().close(release);
    expect(text).toContain('Reaches 2 clusters');
  });
});

describe('nested-substitution', () => {
  const texts = textsOf('nested-substitution');
  const played = playRepository(texts);
  const path = 'apps/billing.yaml';

  it('says what a variable and a path with variables are in each cluster', async () => {
    expect(await lensesOf(played, path)).toEqual(['reaches 2 clusters (1 production)', 'applies 1 object']);
    const text = await played.hover(path, '${CLUSTER');
    expect(text).toContain('- **prod-eu**: `prod-eu` (`clusters/prod-eu/apps.yaml:18`)');
    expect(text).toContain('- `billing/production/prod-eu`, built for prod-eu\n- `billing/staging/stage-eu`, built for stage-eu');
  });

  it('leads to variables, to every directory, and to uses', async () => {
    expect(await played.definitions(path, '${CLUSTER')).toEqual(['clusters/prod-eu/apps.yaml:18', 'clusters/stage-eu/apps.yaml:18']);
    expect(await played.definitions(path, './billing')).toEqual([
      'billing/production/prod-eu/kustomization.yaml:1',
      'billing/staging/stage-eu/kustomization.yaml:1',
    ]);
    expect(await played.references('clusters/prod-eu/apps.yaml', 'CLUSTER: prod-eu')).toEqual(['apps/billing.yaml:10']);
  });

  it('completes variables', async () => {
    const text = (texts[path] ?? '').replace('${CLUSTER}', '${');
    expect(await offeredIn(played, path, text, '${ENVIRONMENT}/${')).toEqual(['CLUSTER', 'ENVIRONMENT']);
  });
});

describe('kubeconfig-hub', () => {
  const texts = textsOf('kubeconfig-hub');
  const played = playRepository(texts);
  const podinfo = 'apps/podinfo.yaml';

  it('says which clusters an object ends up in', async () => {
    expect(await lensesOf(played, 'settings/settings.yaml')).toEqual(['reaches 2 clusters (1 production)']);
  });

  it('tells the objects apart that a document becomes in one cluster', async () => {
    const text = await played.hover(podinfo, 'version: 6.9');
    expect(text).toContain('- **hub (HelmRelease/production/podinfo)**: `6.9.0`');
    expect(text).toContain('- **hub (HelmRelease/staging/podinfo)**: `6.9.0`');
  });

  it('leads from a patch to what it changes, and to nothing else', async () => {
    expect(await played.definitions('hub/production.yaml', 'kind: HelmRelease')).toEqual(['apps/podinfo.yaml:9']);
  });

  it('completes and renames a source of several objects', async () => {
    const text = (texts[podinfo] ?? '').replace('        name: podinfo', '        name: ');
    expect(await offeredIn(played, podinfo, text, '        name: ')).toEqual(['podinfo']);
    const edit = await played.ask<WorkspaceEdit>('textDocument/rename', { ...played.at(podinfo, 'name: podinfo'), newName: 'charts' });
    expect(played.changesOf(edit)).toEqual(['apps/podinfo.yaml:21 charts', 'apps/podinfo.yaml:4 charts']);
  });
});

describe('endgame-terraform', () => {
  const texts = textsOf('endgame-terraform');
  const played = playRepository(texts);
  const path = 'terraform/platform/main.tf';

  it('judges Terraform while it is typed, and takes it for no YAML', async () => {
    const { client } = played;
    await client().open(path, `${texts[path]}\nresource "x" {\n`);
    await client().diagnostics(path, (all) => all.some(({ code }) => code === 'generated/invalid-terraform'));
    await client().change(path, texts[path] ?? '');
    await client().diagnostics(path, (all) => !all.some(({ code }) => code === 'generated/invalid-terraform'));
    expect(await lensesOf(played, path)).toEqual([]);
    expect(await played.hover(path, '"')).toBe('');
    await client().close(path);
  });

  it('offers no comment where none is read', async () => {
    const { client, ask } = played;
    await client().open(path, texts[path] ?? '');
    const diagnostics = await client().diagnostics(path, (all) => all.length > 0);
    const textDocument = { uri: client().uri(path) };
    const actions = await ask<CodeAction[]>('textDocument/codeAction', {
      textDocument,
      range: diagnostics[0]?.range,
      context: { diagnostics },
    });
    expect(actions.map(({ title }) => title)).toContain('About security/unverified-source');
    expect(actions.filter(({ title }) => title.startsWith('Suppress'))).toEqual([]);
    await client().close(path);
  });
});
