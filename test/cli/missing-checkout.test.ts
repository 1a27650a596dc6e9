/** A configuration is everybody's, the checkouts beside the repository are not: what is not there is said, and no failure. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import type { Texts } from '../fixture.ts';
import { makeRepository } from '../git-repository.ts';
import { repositoryOf } from './repository.ts';
import { runMain } from './run-main.ts';

const texts: Texts = {
  '.flux-lint.yaml': 'root: true\nrepositories:\n  https://github.com/acme/shop: ../no-such-shop\n',
  'clusters/prod/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  'clusters/prod/shop.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1h, url: ssh://git@github.com/acme/shop.git, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system, labels: { toolkit.fluxcd.io/tenant: shop } }
spec:
  interval: 1h
  timeout: 5m
  path: ./deploy
  prune: true
  targetNamespace: shop
  sourceRef: { kind: GitRepository, name: shop }
`,
};

const reason =
  'no checkout stands for ssh://git@github.com/acme/shop.git: ../no-such-shop, to which .flux-lint.yaml:3 maps it, is not there';
const howTo = 'Clone it there, or name another for this run: --repository ssh://git@github.com/acme/shop.git=DIR';
const said = `Not checked: ${reason} (1: flux-system/shop on prod). ${howTo}`;

const only = ['--only', 'references/*'];

describe('a mapped checkout that is not there', () => {
  it('is said, and findings alone decide on the exit code', async () => {
    const { run, write } = repositoryOf(texts);
    const { code, stdout, stderr } = await run(only);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(said);

    write('clusters/prod/lost.yaml', (texts['clusters/prod/shop.yaml'] ?? '').replaceAll('name: shop', 'name: lost').split('---')[1] ?? '');
    const failing = await run(only);
    expect(failing.code).toBe(1);
    expect(failing.stdout).toContain('references/unknown-source');
    expect(failing.stdout).toContain(said);
  });

  it('stands among what was not judged, for machines too', async () => {
    const { run } = repositoryOf(texts);
    const { stdout } = await run([...only, '--format', 'json']);
    expect(JSON.parse(stdout).notJudged).toEqual([{ reason, count: 1, examples: ['flux-system/shop on prod'], howTo }]);
    expect((await run([...only, '--format', 'gitlab'])).stderr).toContain(said);
  });

  it('is told by its line whatever directory the configuration lies in, and relative to that', async () => {
    const { run, write } = repositoryOf({ ...texts, '.flux-lint.yaml': 'root: true\n' });
    write('ci/lint.yaml', '# for CI\nrepositories: { "https://github.com/acme/shop": ./shop }\n');
    const { code, stdout } = await run([...only, '--config', 'ci/lint.yaml']);
    expect(code).toBe(0);
    expect(stdout).toContain('./shop, to which ci/lint.yaml:2 maps it, is not there');

    write('ci/shop/deploy/settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n');
    expect((await run([...only, '--config', 'ci/lint.yaml'])).stdout).not.toContain('Not checked');

    const elsewhere = repositoryOf({ 'lint.yaml': texts['.flux-lint.yaml'] ?? '' });
    const outside = await run([...only, '--config', join(elsewhere.root, 'lint.yaml')]);
    expect(outside.stdout).toContain('../no-such-shop, to which lint.yaml:3 maps it, is not there');
    expect(outside.stdout + outside.stderr).not.toContain(elsewhere.root);
  });

  it('gives way to the one that is named for this run', async () => {
    const { run, write } = repositoryOf(texts);
    write('shop/deploy/settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n');
    const { code, stdout } = await run([...only, '--repository', 'https://github.com/acme/shop=shop']);
    expect(code).toBe(0);
    expect(stdout).not.toContain('Not checked');
  });

  it('is one without a file, too: a submodule that was not fetched', async () => {
    const { root, run } = repositoryOf({ ...texts, '.flux-lint.yaml': 'repositories:\n  https://github.com/acme/shop: shop\n' });
    mkdirSync(join(root, 'shop'));
    const { code, stdout } = await run(only);
    expect(code).toBe(0);
    expect(stdout).toContain('shop, to which .flux-lint.yaml:2 maps it, holds no file');
  });
});

it('a file where the configuration wants a checkout is wrong for everybody', async () => {
  const { run } = repositoryOf({
    ...texts,
    '.flux-lint.yaml': 'repositories:\n  https://github.com/acme/shop: shop.tgz\n',
    'shop.tgz': '',
  });
  expect(await run([])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'flux-lint: .flux-lint.yaml:2: shop.tgz is a file, not the directory of a checkout. Name a directory.\n',
  });
});

it.each(['nowhere', 'clusters/prod/shop.yaml'])('%s is no directory to name for this run', async (directory) => {
  const { run } = repositoryOf(texts);
  expect(await run(['--repository', `https://github.com/acme/shop=${directory}`])).toEqual({
    code: 2,
    stdout: '',
    stderr: `flux-lint: --repository: ${directory} is not a directory. Name an existing directory.\n`,
  });
});

describe('every command goes on without it', () => {
  const committed = () => {
    const { root, write } = repositoryOf(texts);
    makeRepository(root);
    return { root, write };
  };

  it('check --staged', async () => {
    const { root, write } = committed();
    write('clusters/prod/settings.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n');
    const { code, stdout } = await runMain(
      ['check', '--staged', 'clusters/prod/settings.yaml'],
      { cwd: root },
      { analyze: async () => analyze },
    );
    expect(code).toBe(0);
    expect(stdout).toContain(said);
  });

  it('impact', async () => {
    const { root, write } = committed();
    write('clusters/prod/shop.yaml', (texts['clusters/prod/shop.yaml'] ?? '').replace('./deploy', './deploy/prod'));
    const { code, stdout } = await runMain(['impact', '--since', 'HEAD', '--format', 'json'], { cwd: root });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).unknown).toEqual([
      { cluster: 'prod', kustomization: 'flux-system/shop', reason: expect.stringContaining(reason) },
    ]);
  });

  it('why, graph and build', async () => {
    const { root } = committed();
    const why = await runMain(['why', 'clusters/prod/shop.yaml'], { cwd: root });
    expect([why.code, why.stderr]).toEqual([0, '']);
    const graph = await runMain(['graph'], { cwd: root });
    expect(graph.code).toBe(0);
    expect(graph.stdout).toContain('Kustomization flux-system/shop (tenant shop, content not at hand)');
    const build = await runMain(['build', 'prod'], { cwd: root });
    expect(build.code).toBe(0);
    expect(build.stderr).toContain(`flux-system/shop: content not at hand: ${reason}`);
  });
});
