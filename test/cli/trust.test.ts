/** What a stranger's configuration and links may not do, and who says that they may. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryOf } from './repository.ts';

const sync = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/prod, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/shop, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 10m, path: ./, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`;
const fleet = { 'clusters/prod/sync.yaml': sync };
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop, namespace: default }\n';

const elsewhere = (files: Readonly<Record<string, string>>): string => {
  const directory = mkdtempSync(join(tmpdir(), 'flux-lint-elsewhere-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(directory, name, '..'), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
};

interface Report {
  readonly notJudged: readonly { readonly reason: string }[];
}

const reasons = (stdout: string): string => (JSON.parse(stdout) as Report).notJudged.map(({ reason }) => reason).join('\n'); // its shape is held elsewhere

describe('a configuration that maps a checkout outside of the root', () => {
  const mapped = (directory: string) =>
    repositoryOf({ ...fleet, '.flux-lint.yaml': `repositories: { "https://git.example.com/acme/shop": "${directory}" }\n` });

  it.each([
    ['is heard on a terminal', [], {}, true],
    ['is not heard where CI is set', [], { CI: 'true' }, false],
    ['is heard there where the command line says so', ['--trust-config'], { CI: 'true' }, true],
    ['is not heard where the command line says so', ['--no-trust-config'], {}, false],
    ['is heard where CI is set to nothing', [], { CI: 'false' }, true],
  ])('%s', async (_, argv, env, isHeard) => {
    const { run } = mapped(elsewhere({ 'shop.yaml': configMap }));
    const { stdout } = await run(['--format', 'json', ...argv], { env });
    if (isHeard) expect(reasons(stdout)).not.toContain('no checkout stands for https://git.example.com/acme/shop');
    else
      expect(reasons(stdout)).toContain("lies outside the root, and the configuration may be a stranger's: allow it with --trust-config");
  });

  it.each([
    ["git's own directory", '.git', "is git's own"],
    ['what the kernel shows', '/proc/self', "is git's own, or the kernel's"],
  ])('is never heard of %s', async (_, directory, why) => {
    const { run, write } = mapped(directory);
    write('.git/HEAD', 'ref: refs/heads/main\n');
    const { stdout } = await run(['--format', 'json', '--trust-config']);
    expect(reasons(stdout)).toContain(why);
  });

  it('needs a work tree or manifests there', async () => {
    const { run } = mapped(elsewhere({ 'passwords.txt': 'root:x\n' }));
    const { stdout } = await run(['--format', 'json', '--trust-config']);
    expect(reasons(stdout)).toContain('is no git work tree and holds no manifest');
  });
});

describe('a link that leads out of the repository', () => {
  const outside = () => elsewhere({ 'secret.yaml': 'extends: EXAMPLE-of-the-machine\n' });

  it('is no configuration', async () => {
    const { run, root } = repositoryOf(fleet);
    symlinkSync(join(outside(), 'secret.yaml'), join(root, '.flux-lint.yaml'));
    const { code, stdout, stderr } = await run([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('.flux-lint.yaml is a link that leads out of the repository');
    expect(stderr).not.toContain('EXAMPLE');
  });

  it.each([[[]], [['--update-baseline']]])('is no baseline, neither to read nor to write %s', async (argv) => {
    const { run, root } = repositoryOf(fleet);
    symlinkSync(join(outside(), 'secret.yaml'), join(root, 'known'));
    const { code, stderr } = await run(['--baseline', 'known', ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain('known is a link that leads out of the repository');
    expect(stderr).not.toContain('EXAMPLE');
  });

  it('is no checkout', async () => {
    const { run, root } = repositoryOf({ ...fleet, '.flux-lint.yaml': 'repositories: { "https://git.example.com/acme/shop": ./shop }\n' });
    symlinkSync(elsewhere({ 'shop.yaml': configMap }), join(root, 'shop'));
    const { stdout } = await run(['--format', 'json', '--trust-config']);
    expect(reasons(stdout)).toContain('is a link that leads out of the root');
  });
});

it("runs a stranger's plugins nowhere, and says so", async () => {
  const { run } = repositoryOf({ ...fleet, '.flux-lint.yaml': 'plugins: [./x.mjs]\n', 'x.mjs': "throw new Error('it ran');\n" });
  const { stdout } = await run(['--format', 'json'], { env: { CI: 'true' } });
  expect(reasons(stdout)).toContain('plugins were not run');
  expect((await run(['--format', 'json'])).stderr).toContain('it ran');
});
