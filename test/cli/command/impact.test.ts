import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { afterEach, describe, expect, it } from 'vitest';
import { commitAll, git, newDirectory, removeDirectory, repositoryOf, write } from '../../git-repository.ts';
import { runMain } from '../run-main.ts';

const made: string[] = [];
afterEach(() => made.splice(0).forEach(removeDirectory));
const keep = (directory: string): string => {
  made.push(directory);
  return directory;
};

const configMap = (value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: default\ndata:\n  colour: ${value}\n`;

const fleet = {
  '.gitattributes': '* -text\n',
  'clusters/staging/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  'clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\n',
  'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
  'clusters/production/kustomization.yaml': 'resources:\n  - ../../base\n',
  'base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'base/settings.yaml': configMap('red'),
};

const impact = async (cwd: string, ...argv: readonly string[]) => runMain(['impact', ...argv], { cwd });
const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../schemas/reports/impact.schema.json'), 'utf8'));
const validate = new Ajv.default({ strict: true, allowUnionTypes: true }).compile(schema);

/** Every report of these tests is what its schema says. */
const json = async (cwd: string, ...argv: readonly string[]) => {
  const report = JSON.parse((await impact(cwd, '--format', 'json', ...argv)).stdout);
  validate(report);
  expect(validate.errors).toBeNull();
  return report;
};

describe('a change that breaks the build everywhere', () => {
  const broken = () => {
    const cwd = keep(repositoryOf(fleet));
    write(cwd, { 'base/kustomization.yaml': 'resources:\n  - settings.yaml\n  - gone.yaml\n' });
    return cwd;
  };

  it('is said once, with every cluster', async () => {
    const { stdout } = await impact(broken(), '--since', 'HEAD');
    expect(stdout.match(/gone\.yaml' doesn't exist/g)).toHaveLength(1);
    expect(stdout).toMatch(/^ {2}flux-system\/flux-system on production, staging: after the change it does not build/m);
  });

  it('does not read as if production stayed as it is', async () => {
    const { stdout } = await impact(broken(), '--since', 'HEAD', '--format', 'markdown');
    expect(stdout).toContain('## flux-lint impact: what production gets is not known');
    expect(stdout).toContain('`flux-system/flux-system` on production, staging: ');
  });
});

it('tells of the clusters that were asked for', async () => {
  const cwd = keep(repositoryOf(fleet));
  const told = async (...globs: readonly string[]) => {
    const { clusters, unknown } = await json(cwd, '--since', 'HEAD', ...globs.flatMap((glob) => ['--cluster', glob]));
    return [
      clusters.map(({ name }: { readonly name: string }) => name),
      unknown.map(({ cluster }: { readonly cluster: string }) => cluster),
    ];
  };
  write(cwd, { 'base/settings.yaml': configMap('blue') });
  expect([await told(), await told('prod*')]).toEqual([
    [['production', 'staging'], []],
    [['production'], []],
  ]);
  expect(await told('clusters-production')).toEqual([['production'], []]);
  write(cwd, { 'base/kustomization.yaml': 'resources:\n  - gone.yaml\n' });
  expect([await told(), await told('prod*')]).toEqual([
    [[], ['production', 'staging']],
    [[], ['production']],
  ]);
});

it('knows a cluster that only the other revision has', async () => {
  const cwd = keep(repositoryOf(fleet));
  for (const path of ['flux-system/gotk-sync.yaml', 'kustomization.yaml']) rmSync(join(cwd, 'clusters/staging', path));
  expect((await json(cwd, '--since', 'HEAD', '--cluster', 'staging')).clusters).toMatchObject([{ name: 'staging' }]);
});

it('reports what only a change can trigger', async () => {
  const cwd = keep(repositoryOf(fleet));
  write(cwd, { 'base/kustomization.yaml': 'resources:\n  - settings.yaml\n  - gone.yaml\n' });
  expect((await json(cwd, '--since', 'HEAD')).findings).toEqual([]);
});

describe('what is compared', () => {
  it('is the merge base of a revision and HEAD with the work tree, untracked files too', async () => {
    const cwd = keep(repositoryOf(fleet));
    git(cwd, 'checkout', '-q', '-b', 'topic');
    write(cwd, { 'base/settings.yaml': configMap('green') });
    commitAll(cwd);
    git(cwd, 'checkout', '-q', 'main');
    write(cwd, { 'base/kustomization.yaml': 'namePrefix: a-\nresources:\n  - settings.yaml\n' });
    commitAll(cwd);
    git(cwd, 'checkout', '-q', 'topic');
    write(cwd, { 'README.md': 'new\n' });
    const report = await json(cwd, '--since', 'main');
    expect(report.base).toBe(git(cwd, 'merge-base', 'main', 'topic'));
    expect(report.head).toBe('worktree');
    expect(report.changedFiles).toEqual([
      { path: 'README.md', status: 'added', reaches: false },
      { path: 'base/settings.yaml', status: 'modified', reaches: true },
    ]);
    expect(report.summary).toMatchObject({ clusters: 2, environments: ['production', 'staging'], changed: 2, added: 0, removed: 0 });
    expect(report.clusters[0]).toEqual({
      name: 'production',
      environment: 'production',
      kustomizations: [
        {
          id: 'flux-system/flux-system',
          tenant: null,
          objects: {
            added: [],
            changed: [
              {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                namespace: 'default',
                name: 'settings',
                fields: ['/data/colour'],
                causedBy: ['base/settings.yaml'],
              },
            ],
            removed: [],
          },
        },
      ],
    });
  });

  it('is the index with --staged, two commits with REV..REV2, the upstream branch by default', async () => {
    const cwd = keep(repositoryOf(fleet));
    write(cwd, { 'base/settings.yaml': configMap('green') });
    git(cwd, 'add', '-A');
    write(cwd, { 'base/settings.yaml': configMap('red') });
    expect((await json(cwd, '--staged')).summary.changed).toBe(2);
    expect((await json(cwd, '--since', 'HEAD')).summary.changed).toBe(0);
    git(cwd, 'commit', '-qm', 'green');
    const between = await json(cwd, '--since', 'HEAD~1..HEAD');
    expect([between.head, between.summary.changed]).toEqual([git(cwd, 'rev-parse', 'HEAD'), 2]);
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    git(cwd, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    expect((await json(cwd)).summary.changed).toBe(2);
    expect((await impact(cwd, '--since', 'HEAD', '--quiet')).stdout).toMatch(/^Reaches 2 clusters \(production, staging\): 2 changed\. /);
  });

  it('is no comment and no order of keys', async () => {
    const cwd = keep(repositoryOf(fleet));
    write(cwd, { 'base/settings.yaml': `# a comment\nkind: ConfigMap\n${configMap('"red"').replace('kind: ConfigMap\n', '')}` });
    const { code, stdout } = await impact(cwd, '--since', 'HEAD');
    expect(code).toBe(0);
    expect(stdout).toContain('The change reaches nothing');
  });
});

describe('what cannot be done', () => {
  it.each([
    [['--since', 'HEAD~9'], /^flux-lint: git knows no revision HEAD~9 here\. There are fewer commits before HEAD\.\n$/],
    [['--since', 'nowhere'], /^flux-lint: git knows no revision nowhere here\..*git fetch origin nowhere\n$/],
    [['--since', 'a...b'], /^flux-lint: --since cannot be "a\.\.\.b"\./],
    [['--since', 'HEAD', '--staged'], /^flux-lint: --staged compares HEAD with the index\./],
    [[], /^flux-lint: there is neither an upstream branch nor origin\/HEAD\..*--since main\n$/],
    [['--since', 'HEAD', '--cluster', 'moon'], /^flux-lint: no cluster is called moon\. There are: production, staging\.\n$/],
  ])('%j', async (argv, expected) => {
    const { code, stdout, stderr } = await impact(keep(repositoryOf(fleet)), ...argv);
    expect(stderr).toMatch(expected);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('is to compare without git', async () => {
    const cwd = keep(newDirectory());
    write(cwd, fleet);
    const { code, stderr } = await impact(cwd, '--since', 'main');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/is in no git repository\./)]);
  });

  it('is to find the merge base in a shallow clone, which says how to fetch it', async () => {
    const origin = keep(repositoryOf(fleet));
    git(origin, 'checkout', '-q', '-b', 'topic');
    write(origin, { 'base/settings.yaml': configMap('green') });
    commitAll(origin);
    git(origin, 'checkout', '-q', 'main');
    write(origin, { 'README.md': 'new\n' });
    commitAll(origin);
    const cwd = keep(newDirectory());
    git(cwd, 'clone', '-q', '--depth', '1', '--no-single-branch', '--branch', 'topic', `file://${origin}`, '.');
    const { code, stderr } = await impact(cwd, '--since', 'main');
    expect(code).toBe(2);
    expect(stderr).toBe(
      'flux-lint: the clone is shallow and lacks the merge base of main and HEAD. Fetch it: git fetch --unshallow origin\n',
    );
  });

  it('is to judge what is in conflict', async () => {
    const cwd = keep(repositoryOf(fleet));
    git(cwd, 'checkout', '-q', '-b', 'topic');
    write(cwd, { 'base/settings.yaml': configMap('green') });
    commitAll(cwd);
    git(cwd, 'checkout', '-q', 'main');
    write(cwd, { 'base/settings.yaml': configMap('blue') });
    commitAll(cwd);
    expect(() => git(cwd, 'merge', 'topic')).toThrow();
    const staged = await impact(cwd, '--staged');
    expect([staged.code, staged.stderr]).toEqual([2, expect.stringContaining('base/settings.yaml is in conflict')]);
    const { unknown } = await json(cwd, '--since', 'HEAD');
    expect(unknown.map(({ cluster }: { readonly cluster: string }) => cluster)).toEqual(['production', 'staging']);
    expect(unknown[0].reason).toMatch(/^after the change it does not build/);
  });
});

it('tells what it can where the base is broken', async () => {
  const cwd = keep(
    repositoryOf({
      ...fleet,
      'clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\n  - own.yaml\n',
      'clusters/staging/own.yaml': 'a: [\n',
    }),
  );
  writeFileSync(join(cwd, 'clusters/staging/own.yaml'), configMap('blue').replace('settings', 'own'));
  write(cwd, { 'base/settings.yaml': configMap('green') });
  const report = await json(cwd, '--since', 'HEAD');
  expect(report.clusters.map(({ name }: { readonly name: string }) => name)).toEqual(['production']);
  expect(report.unknown).toEqual([
    { cluster: 'staging', kustomization: 'flux-system/flux-system', reason: expect.stringMatching(/^before the change it does not build/) },
  ]);
});

it.each([
  ['base/settings.yaml', configMap('green'), 'production changes'],
  ['base/settings.yaml', `# a comment\n${configMap('red')}`, 'production stays as it is'],
  ['clusters/staging/kustomization.yaml', 'resources: []\n', 'production stays as it is'],
  ['base/settings.yaml', 'a: [\n', 'what production gets is not known'],
])('says first in markdown what becomes of production: %s as %j', async (path, text, headline) => {
  const cwd = keep(repositoryOf(fleet));
  write(cwd, { [path]: text });
  const { stdout } = await impact(cwd, '--since', 'HEAD', '--format', 'markdown');
  expect(stdout.split('\n').slice(0, 3)).toEqual(['<!-- flux-lint impact -->', '', `## flux-lint impact: ${headline}`]);
});

it('does not touch the work tree, nor the index', async () => {
  const cwd = keep(repositoryOf(fleet));
  write(cwd, { 'base/settings.yaml': configMap('green') });
  const before = git(cwd, 'status', '--porcelain=v2', '--branch');
  await impact(cwd, '--since', 'HEAD');
  expect(git(cwd, 'status', '--porcelain=v2', '--branch')).toBe(before);
});

describe('check --since', () => {
  const lint = async (cwd: string, ...argv: readonly string[]) => {
    const analyze = async () => (await import('../../../src/analyze.ts')).analyze;
    const { stdout } = await runMain(['check', '--format', 'json', '--only', 'blast-radius/shared-base', ...argv], { cwd }, { analyze });
    return JSON.parse(stdout);
  };

  it('marks what is new', async () => {
    const cwd = keep(repositoryOf(fleet));
    write(cwd, {
      'clusters/staging/kustomization.yaml': 'resources:\n  - ../../base\n  - ../../other\n',
      'clusters/production/kustomization.yaml': 'resources:\n  - ../../base\n  - ../../other\n',
      'other/kustomization.yaml': 'resources:\n  - other.yaml\n',
      'other/other.yaml': configMap('x').replace('settings', 'other'),
    });
    const { findings } = await lint(cwd, '--since', 'HEAD');
    expect(findings.map(({ location, new: isNew }: { location: { line: number }; new: boolean }) => [location.line, isNew])).toEqual([
      [2, false],
      [3, true],
    ]);
    const only = await lint(cwd, '--since', 'HEAD', '--new-only');
    expect([only.findings.length, only.summary.infos]).toEqual([1, 1]);
  });

  it('is what --new-only needs', async () => {
    const { code, stderr } = await runMain(['check', '--new-only']);
    expect([code, stderr]).toEqual([2, 'flux-lint: --new-only compares with another revision. Name it with --since, or say --staged.\n']);
  });
});

describe('a change that cannot be followed', () => {
  const remote = (version: string) => `resources:\n  - settings.yaml\n  - https://git.example/acme/bases//web?ref=${version}\n`;

  it('of the URL of a remote base is unknown, and not nothing', async () => {
    const cwd = keep(repositoryOf({ ...fleet, 'base/kustomization.yaml': remote('v1') }));
    write(cwd, { 'base/kustomization.yaml': remote('v2') });
    commitAll(cwd);
    const report = await json(cwd, '--since', 'HEAD~1');
    expect(report.unknown).toMatchObject([
      { cluster: 'production', reason: expect.stringContaining('?ref=v2') },
      { cluster: 'staging', reason: expect.stringContaining('?ref=v2') },
    ]);
    const { stdout } = await impact(cwd, '--since', 'HEAD~1');
    expect(stdout).not.toContain('reaches nothing');
    expect(stdout).toContain('no longer from');
  });

  it('of another file beside an unchanged remote base is followed as ever', async () => {
    const cwd = keep(repositoryOf({ ...fleet, 'base/kustomization.yaml': remote('v1') }));
    write(cwd, { 'base/settings.yaml': configMap('blue') });
    commitAll(cwd);
    const report = await json(cwd, '--since', 'HEAD~1');
    expect(report.unknown).toEqual([]);
    expect(report.clusters.map(({ name }: { name: string }) => name)).toEqual(['production', 'staging']);
  });
});
