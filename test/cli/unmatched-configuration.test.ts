/** `lint/unmatched-configuration` in runs that look at a part, at another revision, or with another configuration. */
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { Texts } from '../fixture.ts';
import { commitAll, git, makeRepository } from '../git-repository.ts';
import { repositoryOf } from './repository.ts';

const rule = 'lint/unmatched-configuration';
const unmatched = 'environments:\n  production: { match: ["prd-*"] }\n';
const settings = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: billing }\n`;
const cluster = (name: string): Texts => ({
  [`clusters/${name}/flux-system/gotk-sync.yaml`]: '# written by flux bootstrap\n',
  [`clusters/${name}/settings.yaml`]: settings('settings'),
});
const texts: Texts = {
  '.flux-lint.yaml': unmatched,
  ...cluster('frankfurt'),
  ...cluster('staging-1'),
  'apps/notes.yaml': settings('notes'),
};

const fleet = (more: Texts = {}) => {
  const { root, run, write } = repositoryOf({ ...texts, ...more });
  /** Places and severities of what the rule finds. */
  const found = async (...argv: readonly string[]): Promise<readonly string[]> => {
    const { stdout, stderr } = await run([...argv, '--only', rule, '--format', 'json']);
    expect(stderr).toBe('');
    const { findings }: { readonly findings: readonly Finding[] } = JSON.parse(stdout);
    return findings.map(({ location: { path, line }, severity, ruleId }) => `${path}:${line} ${severity} ${ruleId}`);
  };
  return { root, run, write, found };
};

const told = [`.flux-lint.yaml:2 warning ${rule}`];

describe('a part of the repository', () => {
  it('hears of it where its clusters are judged without it', async () => {
    const { found } = fleet();
    expect(await found()).toEqual(told);
    expect(await found('clusters')).toEqual(told);
    expect(await found('clusters/frankfurt')).toEqual(told);
    expect(await found('--cluster', 'frankfurt')).toEqual(told);
    expect(await found('.flux-lint.yaml')).toEqual(told);
  });

  it('hears nothing of it elsewhere', async () => {
    const { found } = fleet();
    expect(await found('clusters/staging-1')).toEqual([]);
    expect(await found('--cluster', 'staging-*')).toEqual([]);
    expect(await found('apps')).toEqual([]);
    expect(await found('clusters/frankfurt/settings.yaml')).toEqual([]);
  });
});

describe('a commit', () => {
  it('that has nothing to do with it', async () => {
    const { root, found, write } = fleet();
    makeRepository(root);
    write('apps/notes.yaml', settings('other-notes'));
    git(root, 'add', '-A');
    expect(await found('--staged')).toEqual([]);
    expect(await found('--since', 'HEAD', '--new-only')).toEqual([]);
    expect(await found('--since', 'HEAD')).toEqual(told);
  });

  it('that brings it', async () => {
    const { root, found, write } = fleet({ '.flux-lint.yaml': 'environments:\n  production: { match: ["frankfurt"] }\n' });
    makeRepository(root);
    write('.flux-lint.yaml', unmatched);
    git(root, 'add', '-A');
    expect(await found('--staged')).toEqual(told);
  });

  it('that takes the last cluster of an environment away', async () => {
    const { root, found } = fleet({ '.flux-lint.yaml': 'environments:\n  production: { match: ["frankfurt"] }\n' });
    makeRepository(root);
    rmSync(join(root, 'clusters/frankfurt'), { recursive: true });
    git(root, 'add', '-A');
    expect(await found('--staged')).toEqual(told);
    expect(await found('--since', 'HEAD', '--new-only')).toEqual(told);
  });

  it('is judged by the configuration that is here, which tells its own lines', async () => {
    const { root, found } = fleet();
    makeRepository(root);
    appendFileSync(join(root, 'apps/notes.yaml'), '# more\n');
    commitAll(root);
    appendFileSync(join(root, '.flux-lint.yaml'), 'promotion:\n  - satging\n');
    expect(await found('--since', 'HEAD~1..HEAD')).toEqual([...told, `.flux-lint.yaml:4 warning ${rule}`]);
    expect(await found('--since', 'HEAD~1', '--new-only')).toEqual([]);
  });
});

describe('a configuration', () => {
  it('outside of the root is made for several', async () => {
    const elsewhere = repositoryOf({ 'lint.yaml': unmatched });
    expect(await fleet().found('--config', join(elsewhere.root, 'lint.yaml'))).toEqual([]);
  });

  it('of another name or in JSON', async () => {
    const { found } = fleet({ 'ci/lint.yaml': `# for CI\n${unmatched}` });
    expect(await found('--config', 'ci/lint.yaml')).toEqual([`ci/lint.yaml:3 warning ${rule}`]);
    const json = '{\n  "environments": {\n    "production": { "match": ["prd-*"] }\n  }\n}\n';
    const inJson = fleet({ '.flux-lint.json': json });
    rmSync(join(inJson.root, '.flux-lint.yaml'));
    expect(await inJson.found()).toEqual([`.flux-lint.json:3 warning ${rule}`]);
  });

  it('that git ignores is told by its lines all the same', async () => {
    const { root, found } = fleet({ '.gitignore': '.flux-lint.yaml\n' });
    makeRepository(root);
    expect(await found()).toEqual(told);
  });

  it('may turn it off, for a file or altogether', async () => {
    expect(await fleet({ '.flux-lint.yaml': `${unmatched}rules: { ${rule}: off }\n` }).found()).toEqual([]);
    const overriding = `${unmatched}overrides: [{ files: [.flux-lint.yaml], rules: { ${rule}: info } }]\n`;
    expect(await fleet({ '.flux-lint.yaml': overriding }).found()).toEqual([`.flux-lint.yaml:2 info ${rule}`]);
  });

  it('speaks of paths that only a checkout has, which is not here', async () => {
    const mapping = 'repositories: { "https://git.example/acme/shop": ../no-such-shop }\nignore: ["deploy/vendor/**"]\n';
    const shop = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1h, url: "https://git.example/acme/shop" }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1h, path: ./deploy, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`;
    const { found, write } = fleet({ '.flux-lint.yaml': mapping, 'clusters/frankfurt/shop.yaml': shop });
    expect(await found()).toEqual([]);
    write('.flux-lint.yaml', mapping.replace('../no-such-shop', './shop'));
    write('shop/deploy/settings.yaml', settings('shop'));
    expect(await found()).toEqual([`.flux-lint.yaml:2 info ${rule}`]);
  });

  it.each(['/', '//', '{a', '!(', '[', 'a//b', '../x', '**', './apps'])('may hold the glob %s', async (glob) => {
    const config = {
      ignore: [glob],
      promotion: [glob],
      environments: { production: { match: [glob] } },
      tenants: [{ name: 'a', kustomizations: [glob] }],
    };
    expect((await fleet({ '.flux-lint.yaml': JSON.stringify(config) }).run(['--only', rule])).code).toBe(0);
  });
});
