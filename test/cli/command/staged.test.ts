import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { analyze } from '../../../src/analyze.ts';
import type { Io } from '../../../src/cli/terminal/io.ts';
import type { Texts } from '../../fixture.ts';
import { commitAll, git, newDirectory, removeDirectory, repositoryOf, write } from '../../git-repository.ts';
import { runMain } from '../run-main.ts';

afterEach(() => vi.unstubAllEnvs());

const keep = (directory: string): string => {
  onTestFinished(() => removeDirectory(directory));
  return directory;
};

const kustomization = (name: string, dependsOn?: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec:\n` +
  `  path: ./${name}\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n` +
  (dependsOn === undefined ? '' : `  dependsOn: [{ name: ${dependsOn} }]\n`);

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: default }\n`;

const gitRepository = (name: string, url: string) =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: ${name}, namespace: flux-system }\n` +
  `spec: { interval: 1h, url: '${url}' }\n`;

const fleet: Texts = {
  'clusters/production/flux-system/gotk-sync.yaml': kustomization('flux-system').replace('./flux-system', './clusters/production'),
  'clusters/production/settings.yaml': kustomization('settings'),
  'clusters/production/shop.yaml': kustomization('shop', 'settings'),
  'settings/colours.yaml': configMap('colours'),
  'shop/kustomization.yaml': 'resources: [shop.yaml]\nconfigMapGenerator: [{ name: prices, namespace: default, files: [prices.csv] }]\n',
  'shop/shop.yaml': configMap('shop'),
  'shop/prices.csv': 'tea,3\n',
  'README.md': 'The fleet.\n',
};
const broken = { 'clusters/production/shop.yaml': kustomization('shop', 'databases') };
const only = ['--only', 'references/unknown-dependency', '--only', 'build/*'];

const check = async (cwd: string, argv: readonly string[] = [], io: Partial<Io> = {}) =>
  runMain(['check', '--staged', ...only, ...argv], { cwd, ...io }, { analyze: async () => analyze });

interface Reported {
  readonly ruleId: string;
  readonly location: { readonly path: string };
  readonly new: boolean;
}

/** `clusters/production/shop.yaml references/unknown-dependency new` */
const findings = async (cwd: string, argv: readonly string[] = [], io: Partial<Io> = {}): Promise<readonly string[]> => {
  const { stdout } = await check(cwd, ['--format', 'json', ...argv], io);
  const reported: readonly Reported[] = JSON.parse(stdout).findings;
  return reported.map(({ ruleId, location, new: isNew }) => `${location.path} ${ruleId}${isNew ? ' new' : ''}`);
};

const remove = (cwd: string, ...paths: readonly string[]) => {
  for (const path of paths) rmSync(join(cwd, path));
  git(cwd, 'add', '-A');
};

const stage = (cwd: string, texts: Texts) => {
  write(cwd, texts);
  git(cwd, 'add', '-A');
};

const unknown = 'clusters/production/shop.yaml references/unknown-dependency';

describe('what a commit is to blame for', () => {
  it('is what is wrong in its files, new or not', async () => {
    const cwd = keep(repositoryOf({ ...fleet, ...broken }));
    stage(cwd, { 'clusters/production/shop.yaml': `${broken['clusters/production/shop.yaml']}  wait: true\n` });
    expect(await findings(cwd)).toEqual([unknown]);
    expect(await findings(cwd, ['--new-only'])).toEqual([]);
  });

  it('is not what was wrong before elsewhere', async () => {
    const cwd = keep(repositoryOf({ ...fleet, ...broken }));
    stage(cwd, { 'settings/colours.yaml': configMap('other') });
    expect(await findings(cwd)).toEqual([]);
    expect(await check(cwd)).toMatchObject({ code: 0 });
    expect(await findings(cwd, ['clusters/production/shop.yaml'])).toEqual([unknown]);
    expect(await findings(cwd, ['clusters'])).toEqual([unknown]);
  });

  it('is what a deletion breaks elsewhere', async () => {
    const cwd = keep(repositoryOf(fleet));
    remove(cwd, 'clusters/production/settings.yaml', 'shop/shop.yaml');
    expect(await findings(cwd)).toEqual([`${unknown} new`, 'shop/kustomization.yaml build/missing-resource new']);
    expect(await findings(cwd, ['clusters/production/settings.yaml'])).toHaveLength(2);
    expect(await findings(cwd, ['settings/colours.yaml'])).toHaveLength(2);
  });

  it('is what it makes worse elsewhere, and not what it makes milder', async () => {
    const other = kustomization('other').replace('kind: GitRepository, name: flux-system', 'kind: GitRepository, name: other');
    const elsewhere = { 'clusters/production/other.yaml': `${other}---\n${gitRepository('other', 'https://example.com/other')}` };
    const cwd = keep(repositoryOf({ ...fleet, ...broken, ...elsewhere }));
    stage(cwd, { 'settings/colours.yaml': configMap('other') });
    expect(await findings(cwd)).toEqual([]);
    remove(cwd, 'clusters/production/other.yaml');
    expect(await findings(cwd)).toEqual([unknown]);
    commitAll(cwd);
    stage(cwd, elsewhere);
    expect(await findings(cwd)).toEqual([]);
  });

  it('counts what is suppressed in its files alone', async () => {
    const text = broken['clusters/production/shop.yaml'].replace(
      /\n$/,
      ' # flux-lint-disable-line references/unknown-dependency -- later\n',
    );
    const cwd = keep(repositoryOf({ ...fleet, 'clusters/production/shop.yaml': text }));
    const heldBack = async () => JSON.parse((await check(cwd, ['--format', 'json'])).stdout).summary.suppressed;
    stage(cwd, { 'settings/colours.yaml': configMap('other') });
    expect(await heldBack()).toBe(0);
    stage(cwd, { 'clusters/production/shop.yaml': `${text}  wait: true\n` });
    expect(await heldBack()).toBe(1);
  });

  it('is what reaches a cluster that it did not reach', async () => {
    const cwd = keep(repositoryOf({ ...fleet, 'base/kustomization.yaml': 'resources: [gone.yaml]\n' }));
    const staging = (path: string) => kustomization('flux-system').replace('./flux-system', path);
    write(cwd, {
      'clusters/staging/flux-system/gotk-sync.yaml': staging('./clusters/staging'),
      'clusters/staging/base.yaml': kustomization('base'),
    });
    commitAll(cwd);
    stage(cwd, { 'settings/colours.yaml': configMap('other') });
    expect(await findings(cwd)).toEqual([]);
    stage(cwd, { 'clusters/production/base.yaml': kustomization('base') });
    expect(await findings(cwd)).toEqual(['base/kustomization.yaml build/missing-resource']);
  });

  it('is read from the index', async () => {
    const cwd = keep(repositoryOf(fleet));
    stage(cwd, broken);
    write(cwd, fleet);
    expect(await findings(cwd)).toEqual([`${unknown} new`]);
    stage(cwd, { ...fleet, 'README.md': 'changed\n', 'settings/colours.yaml': configMap('other') });
    write(cwd, { ...broken, 'clusters/production/draft.yaml': kustomization('draft', 'nowhere') });
    expect(await findings(cwd)).toEqual([]);
  });

  it('is a file that nobody has added', async () => {
    const cwd = keep(repositoryOf(fleet));
    stage(cwd, { 'shop/kustomization.yaml': 'resources: [shop.yaml, new.yaml]\n' });
    write(cwd, { 'shop/new.yaml': configMap('new') });
    expect((await check(cwd)).stdout).toContain("'/shop/new.yaml' doesn't exist in the source: it is here, but nobody has added it");
    stage(cwd, { 'shop/kustomization.yaml': 'resources: [shop.yaml, ../extra]\n', 'shop/new.yaml': configMap('new') });
    write(cwd, { 'extra/new.yaml': configMap('new') });
    expect((await check(cwd)).stdout).toContain("'/extra' doesn't exist in the source: it is here, but nobody has added it");
  });

  it('is everything before the first commit', async () => {
    const cwd = keep(newDirectory());
    git(cwd, 'init', '-q');
    stage(cwd, { ...fleet, ...broken });
    expect(await findings(cwd)).toEqual([`${unknown} new`]);
    expect(await check(cwd)).toMatchObject({ code: 1, stderr: '' });
  });

  it('is, at the end of a merge, what differs from both parents', async () => {
    const cwd = keep(repositoryOf(fleet));
    git(cwd, 'checkout', '-q', '-b', 'topic');
    write(cwd, { ...broken, 'settings/colours.yaml': configMap('theirs') });
    commitAll(cwd);
    git(cwd, 'checkout', '-q', 'main');
    write(cwd, { 'settings/colours.yaml': configMap('ours') });
    commitAll(cwd);
    expect(() => git(cwd, 'merge', 'topic')).toThrow();
    stage(cwd, { 'settings/colours.yaml': configMap('both') });
    expect(await findings(cwd)).toEqual([]);
    remove(cwd, 'shop/shop.yaml');
    expect(await findings(cwd)).toEqual(['shop/kustomization.yaml build/missing-resource new']);
  });

  it('is nothing at the end of a merge that adds nothing of its own', async () => {
    const cwd = keep(repositoryOf(fleet));
    git(cwd, 'checkout', '-q', '-b', 'topic');
    write(cwd, { ...broken, 'settings/colours.yaml': configMap('theirs') });
    commitAll(cwd);
    git(cwd, 'checkout', '-q', 'main');
    write(cwd, broken);
    commitAll(cwd);
    git(cwd, 'merge', '-q', '--no-commit', '--no-ff', 'topic');
    expect(await findings(cwd)).toEqual([]);
    const env = { PRE_COMMIT: '1', PRE_COMMIT_FROM_REF: 'HEAD~1', PRE_COMMIT_TO_REF: 'HEAD' };
    expect(await findings(cwd, [], { env })).toEqual([`${unknown} new`]);
  });

  it('is, with git commit FILE, what stands in the index that is being committed', async () => {
    const cwd = keep(repositoryOf(fleet));
    const root = process.cwd();
    const own = join(cwd, '.git', 'partial');
    git(cwd, 'read-tree', '--index-output', own, 'HEAD');
    stage(cwd, broken);
    onTestFinished(() => process.chdir(root));
    process.chdir(cwd);
    vi.stubEnv('GIT_INDEX_FILE', '.git/partial');
    expect((await check(cwd)).stderr).toBe('flux-lint: what has changed has nothing to do with Flux\n');
    vi.stubEnv('GIT_INDEX_FILE', '.git/index');
    expect(await findings(cwd)).toEqual([`${unknown} new`]);
  });

  it('suppresses what a baseline knows', async () => {
    const cwd = keep(repositoryOf({ ...fleet, ...broken }));
    await runMain(['check', '--baseline', 'known', '--update-baseline', ...only], { cwd }, { analyze: async () => analyze });
    stage(cwd, { 'clusters/production/shop.yaml': `${broken['clusters/production/shop.yaml']}  wait: true\n` });
    expect(await findings(cwd, ['--baseline', 'known'])).toEqual([]);
  });
});

describe('what has nothing to do with Flux', () => {
  it('ends at once', async () => {
    const cwd = keep(repositoryOf({ ...fleet, ...broken }));
    const refused = { code: 0, stdout: '', stderr: 'flux-lint: what has changed has nothing to do with Flux\n' };
    expect(await check(cwd)).toEqual(refused);
    stage(cwd, { 'README.md': 'changed\n', 'package.json': '{}\n' });
    expect(await check(cwd)).toEqual(refused);
    expect(await check(cwd, ['README.md'])).toEqual(refused);
    expect(await check(cwd, ['--quiet'])).toEqual({ ...refused, stderr: '' });
  });

  it('is an empty report for machines', async () => {
    const { code, stdout } = await check(keep(repositoryOf(fleet)), ['--format', 'json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { findings: [], summary: { files: 0 } }]);
  });

  it('is a repository without manifests', async () => {
    const cwd = keep(repositoryOf({ 'README.md': 'Nothing yet.\n' }));
    stage(cwd, { '.pre-commit-config.yaml': 'repos: []\n' });
    expect(await check(cwd)).toMatchObject({ code: 0 });
  });
});

describe('roots', () => {
  const in2 = (directory: string, texts: Texts) =>
    Object.fromEntries(Object.entries(texts).map(([path, text]) => [`${directory}/${path}`, text] as const));
  const rooted = { 'blue/.flux-lint.yaml': 'root: true\n', 'green/.flux-lint.yaml': 'root: true\n' };

  it('are those that the files lie in, without a path to tell', async () => {
    const cwd = keep(repositoryOf({ ...in2('blue', fleet), ...rooted }));
    remove(cwd, 'blue/shop/shop.yaml');
    expect(await findings(cwd)).toEqual(['shop/kustomization.yaml build/missing-resource new']);
  });

  it('are judged one after the other', async () => {
    const cwd = keep(repositoryOf({ ...in2('blue', fleet), ...in2('green', fleet), ...rooted }));
    stage(cwd, { ...in2('blue', broken), 'green/settings/colours.yaml': configMap('other'), 'top.yaml': 'a: 1\n' });
    const { code, stderr, stdout } = await check(cwd);
    expect([code, stderr]).toEqual([1, 'flux-lint: in .\nflux-lint: in blue\nflux-lint: in green\n']);
    expect(stdout.match(/references\/unknown-dependency/g)).toHaveLength(1);
    const refused = await check(cwd, ['--format', 'json']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/lies in 3 roots: .*\. Check them one after the other/)]);
    expect(await findings(cwd, ['--root', 'blue'])).toEqual([`${unknown} new`]);
    expect(await findings(cwd, ['--root', 'green'])).toEqual([]);
  });

  it('report what is in their own files, though another one applies them, too', async () => {
    const applied = { 'clusters/production/blue.yaml': kustomization('blue').replace('./blue', './blue/shop') };
    const cwd = keep(repositoryOf({ ...fleet, ...applied, ...in2('blue', fleet), 'blue/.flux-lint.yaml': 'root: true\n' }));
    remove(cwd, 'blue/shop/shop.yaml', 'shop/shop.yaml');
    const { stdout, stderr } = await check(cwd);
    expect(stderr).toBe('flux-lint: in .\nflux-lint: in blue\n');
    expect(stdout.match(/^.*shop\/kustomization\.yaml/gm)).toEqual(['shop/kustomization.yaml', 'shop/kustomization.yaml']);
    expect(stdout.match(/build\/missing-resource/g)).toHaveLength(2);
  });

  it('are none in another repository, whatever lies there', async () => {
    const apps = keep(repositoryOf({ 'blue/kustomization.yaml': 'resources: [gone.yaml]\n' }));
    const cwd = keep(repositoryOf({ ...fleet, 'blue/.flux-lint.yaml': 'root: true\n' }));
    const url = 'https://example.com/apps';
    const ofApps = kustomization('apps')
      .replace('./apps', './blue')
      .replace('GitRepository, name: flux-system', 'GitRepository, name: apps');
    stage(cwd, { 'clusters/production/apps.yaml': `${ofApps}---\n${gitRepository('apps', url)}` });
    expect(await findings(cwd, ['--repository', `${url}=${apps}`])).toEqual(['blue/kustomization.yaml build/missing-resource new']);
  });
});

describe('under pre-commit', () => {
  const env = { PRE_COMMIT: '1' };

  it('is the work tree, which pre-commit leaves as it is for --all-files and --files', async () => {
    const cwd = keep(repositoryOf(fleet));
    write(cwd, broken);
    const io = { env };
    expect(await findings(cwd, ['clusters/production/shop.yaml'], io)).toHaveLength(1);
    expect(await findings(cwd, ['settings/colours.yaml'], io)).toEqual([]);
    expect(await findings(cwd, ['clusters/production/shop.yaml'])).toEqual([]);
  });

  it('is what lies between two refs', async () => {
    const cwd = keep(repositoryOf(fleet));
    remove(cwd, 'shop/shop.yaml');
    commitAll(cwd);
    const between = (from: string) => findings(cwd, [], { env: { ...env, PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: 'HEAD' } });
    expect(await between('HEAD~1')).toEqual(['shop/kustomization.yaml build/missing-resource new']);
    expect(await between('0'.repeat(40))).toEqual([]);
  });
});

describe('what cannot be done', () => {
  it.each([
    [['--since', 'HEAD'], /--staged compares HEAD with the index\. Leave out --since\./],
    [['--fix'], /--fix does not go with --staged\./],
    [['--fix-dry-run'], /--fix-dry-run does not go with --staged\./],
    [['--baseline', 'b', '--update-baseline'], /--update-baseline takes every finding\. Leave out --staged\./],
    [['nowhere.yaml'], /nowhere\.yaml does not exist\./],
    [['..'], /\.\. lies outside /],
  ])('%j', async (argv, expected) => {
    const { code, stdout, stderr } = await check(keep(repositoryOf(fleet)), argv);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(expected)]);
  });

  it('is to know what is staged without git', async () => {
    const cwd = keep(newDirectory());
    write(cwd, fleet);
    expect(await check(cwd)).toMatchObject({ code: 2, stderr: expect.stringMatching(/is in no git repository\./) });
  });
});
