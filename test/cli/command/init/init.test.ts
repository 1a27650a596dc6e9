import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { main } from '../../../../src/cli/main.ts';
import type { Io } from '../../../../src/cli/terminal/io.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { tool } from '../../../../src/model/tool.ts';
import { refusalOf } from '../../../config/accepted.ts';
import { referenceData } from '../../../reference-data.ts';
import { uncommented } from '../../../report/uncommented.ts';
import { silentIo } from '../../terminal/silent-io.ts';

const project = join(import.meta.dirname, '../../../..');
const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(join(project, 'schemas/config.schema.json'), 'utf8')));

/** The whole program in a directory; `answers` is who sits at the terminal, undefined among them is who leaves. */
const runIn = async (cwd: string, argv: readonly string[], answers?: readonly (string | undefined)[]) => {
  const output = { stdout: '', stderr: '' };
  const asked: string[] = [];
  const questions: Io['questions'] = async () => ({
    ask: async (question) => {
      asked.push(question);
      return answers?.[asked.length - 1];
    },
    close: () => {},
  });
  const code = await main(argv, {
    ...silentIo,
    stdout: (text) => {
      output.stdout += text;
    },
    stderr: (text) => {
      output.stderr += text;
    },
    cwd,
    ...(answers ? { questions } : {}),
  });
  return { code, ...output, asked };
};

const temporary = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'flux-lint-init-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
};

const repositoryOf = (texts: Readonly<Record<string, string>>): string => {
  const directory = temporary();
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
};

const configIn = (directory: string): string => readFileSync(join(directory, '.flux-lint.yaml'), 'utf8');

/** What is found and whom it reaches; not the words, which tell where an environment is known from. */
const findingsIn = async (directory: string): Promise<readonly object[]> => {
  const { stdout } = await runIn(directory, ['check', '--format', 'json']);
  const { findings }: { readonly findings: readonly Finding[] } = JSON.parse(stdout);
  return findings.map(({ ruleId, severity, location, reach, fingerprint }) => ({ ruleId, severity, location, reach, fingerprint }));
};

const corpus = referenceData('corpus');
const repositories = [
  ...readdirSync(join(project, 'fixtures/repos'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.flux-lint.yaml'))
    .map((path) => join(project, 'fixtures/repos', dirname(path))),
  ...(corpus === undefined ? [] : readdirSync(corpus).map((name) => join(corpus, name))),
];

describe('what init writes', () => {
  it.each(repositories)('changes nothing in %s', async (source) => {
    const directory = temporary();
    cpSync(source, directory, { recursive: true, filter: (path) => !path.endsWith('.flux-lint.yaml') });
    const judged = async () => {
      const { stdout } = await runIn(directory, ['check', '--format', 'json']);
      const { findings, notJudged } = JSON.parse(stdout);
      return { findings, notJudged };
    };
    const before = await judged();

    expect(await runIn(directory, ['init'])).toMatchObject({ code: 0, stderr: '' });
    const text = configIn(directory);
    expect(text).toMatch(/^# yaml-language-server: \$schema=https:\/\/unpkg\.com\/flux-lint@[\d.]+\/schemas\/config\.schema\.json\n/);
    expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
    expect(parse(text)).toBeNull();
    expect(await judged()).toEqual(before);

    rmSync(join(directory, '.flux-lint.yaml'));
    expect((await runIn(directory, ['init', '--dry-run'])).stdout).toBe(text);
    expect(existsSync(join(directory, '.flux-lint.yaml'))).toBe(false);
  });

  it.each(repositories)('is a configuration without its comments, too, in %s', async (source) => {
    const directory = temporary();
    cpSync(source, directory, { recursive: true, filter: (path) => !path.endsWith('.flux-lint.yaml') });
    const text = uncommented((await runIn(directory, ['init', '--dry-run'])).stdout);
    validate(parse(text));
    expect(validate.errors).toBeNull();
    expect(Object.keys(parse(text))).toEqual(expect.arrayContaining(['clusters', 'extends']));
    expect(await refusalOf(text)).toBeUndefined();

    // What it found is what check goes by, so saying it changes nothing either.
    const before = await findingsIn(directory);
    const { extends: _, repositories: __, ...found } = parse(text);
    writeFileSync(join(directory, '.flux-lint.yaml'), JSON.stringify(found));
    expect(await findingsIn(directory)).toEqual(before);
  });
});

const sync = (name: string, path: string, url = 'ssh://git@github.com/acme/platform') => `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 1m, url: "${url}", ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 10m, path: ${path}, prune: true, sourceRef: { kind: GitRepository, name: ${name} } }
`;

const fleet = {
  'clusters/prod/flux-system/gotk-sync.yaml': sync('flux-system', './clusters/prod'),
  'clusters/edge/flux-system/gotk-sync.yaml': sync('flux-system', './clusters/edge'),
  'clusters/prod/billing-team/sync.yaml': sync('billing', './deploy', 'https://robot:secret@github.com/acme/billing.git'),
};

describe('init says', () => {
  it('which clusters there are by which file, their environments, tenants and other repositories', async () => {
    const { stdout } = await runIn(repositoryOf(fleet), ['init']);
    expect(stdout).toContain(`Clusters: 2
  edge  ?                      flux bootstrap: clusters/edge/flux-system/gotk-sync.yaml
  prod  production, protected  flux bootstrap: clusters/prod/flux-system/gotk-sync.yaml
Nothing tells the environment of edge: say it under environments.
`);
    expect(stdout).toMatch(/Tenants: 1\n {2}billing-team {2}flux-system\/billing {2}because it lies in billing-team/);
    expect(stdout).toContain('Other repositories: 1\n  https://github.com/acme/billing.git  1 Kustomization on prod\n');
    expect(stdout).toContain('Next: flux-lint check');
  });

  it('no credentials, in the file neither', async () => {
    const directory = repositoryOf(fleet);
    const { stdout } = await runIn(directory, ['init']);
    expect(configIn(directory)).toContain('#   https://github.com/acme/billing.git: ../billing\n');
    expect(configIn(directory)).not.toContain('secret');
    expect(stdout).not.toContain('secret');
  });

  it('that nothing is production, and what no cluster applies', async () => {
    const { stdout } = await runIn(
      repositoryOf({
        'clusters/edge/flux-system/gotk-sync.yaml': sync('flux-system', './clusters/edge'),
        'other/apps.yaml': sync('apps', './apps'),
        'apps/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
      }),
      ['init'],
    );
    expect(stdout).toContain('None is production, so nothing is protected: name the one that is under environments.');
    expect(stdout).toContain('Kustomizations that none of these applies:\n  other/apps.yaml\n');
  });

  it('that Flux would read the file where it builds the whole root, until .sourceignore keeps it out', async () => {
    const whole = { 'flux-system/gotk-sync.yaml': sync('flux-system', '../../') };
    const warning = 'Keep the file out of Flux: flux-system/flux-system builds every YAML file below the root';
    expect((await runIn(repositoryOf(whole), ['init'])).stdout).toContain(warning);
    expect((await runIn(repositoryOf({ ...whole, '.sourceignore': '/.flux-lint.yaml\n' }), ['init'])).stdout).not.toContain(warning);
    const listed = { ...whole, 'kustomization.yaml': 'resources: [flux-system/gotk-sync.yaml]\n' };
    expect((await runIn(repositoryOf(listed), ['init'])).stdout).not.toContain(warning);
  });

  it.each([
    ['.github/workflows/test.yaml', 'GitHub Actions: .github/workflows/flux-lint.yaml', `uses: flux-lint/flux-lint@v${tool.version}`],
    ['.gitlab-ci.yml', 'GitLab CI: .gitlab-ci.yml', `npx --yes flux-lint@${tool.version} --report gitlab=gl-code-quality-report.json`],
    ['azure-pipelines.yml', 'Azure Pipelines: azure-pipelines.yml', `npx --yes flux-lint@${tool.version} --report junit`],
    ['Jenkinsfile', 'Jenkins: Jenkinsfile', `npx --yes flux-lint@${tool.version} --report junit`],
    [
      '.pre-commit-config.yaml',
      'Before each commit: .pre-commit-config.yaml',
      `    rev: v${tool.version}\n    hooks:\n      - id: flux-lint\n`,
    ],
  ])('how it runs there, by %s', async (path, title, part) => {
    const { stdout } = await runIn(repositoryOf({ ...fleet, [path]: '' }), ['init']);
    expect(stdout).toContain(title);
    expect(stdout).toContain(part);
    const other = await runIn(repositoryOf(fleet), ['init']);
    expect(other.stdout).not.toContain(title);
  });
});

describe('init refuses', () => {
  it.each(['.flux-lint.yaml', '.flux-lint.yml', '.flux-lint.json'])('to write beside a %s', async (name) => {
    const directory = repositoryOf({ ...fleet, [name]: '{}\n' });
    const { code, stdout, stderr } = await runIn(directory, ['init']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`flux-lint: ${name} is there already. Edit it, or move it away to have a new one written.\n`);
    expect(readFileSync(join(directory, name), 'utf8')).toBe('{}\n');
  });

  it('to write through a link that leads nowhere', async () => {
    const directory = repositoryOf(fleet);
    symlinkSync('elsewhere.yaml', join(directory, '.flux-lint.yaml'));
    expect((await runIn(directory, ['init'])).code).toBe(2);
    expect(existsSync(join(directory, 'elsewhere.yaml'))).toBe(false);
  });

  it('a directory without anything to lint, as check does', async () => {
    const directory = repositoryOf({ 'README.md': '' });
    const [init, check] = [await runIn(directory, ['init']), await runIn(directory, ['check'])];
    expect(init).toEqual(check);
    expect(init.code).toBe(2);
    expect(readdirSync(directory)).toEqual(['README.md']);
  });

  it('an argument', async () => {
    expect(await runIn(repositoryOf(fleet), ['init', 'clusters'])).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('init --root', () => {
  it('writes there, and that it is the root where git says otherwise', async () => {
    const moved = Object.fromEntries(Object.entries(fleet).map(([path, text]) => [`platform/${path}`, text] as const));
    const directory = repositoryOf({ ...moved, '.git/HEAD': 'ref: refs/heads/main\n' });
    const { code, stdout } = await runIn(directory, ['init', '--root', 'platform']);
    expect(code).toBe(0);
    expect(stdout).toContain('Wrote platform/.flux-lint.yaml');
    expect(parse(configIn(join(directory, 'platform')))).toEqual({ root: true });
    const { stdout: checked } = await runIn(join(directory, 'platform'), ['check', '--format', 'json']);
    expect(JSON.parse(checked)).toMatchObject({ root: '.', summary: { clusters: 2 } });
  });
});

describe('at a terminal', () => {
  it('asks for what no name tells, the order, and how strict', async () => {
    const directory = repositoryOf(fleet);
    const { asked, stdout } = await runIn(directory, ['init'], ['staging', '', 'y']);
    expect(asked).toEqual([
      expect.stringContaining('Which environment is cluster edge?'),
      expect.stringContaining('A change passes through staging, then production.'),
      expect.stringContaining('Report infos as warnings, too?'),
    ]);
    expect(parse(configIn(directory))).toEqual({ environments: { staging: { match: ['edge'] } }, extends: 'strict' });
    expect(configIn(directory)).toContain('  # production: { match: [prod], protected: true }\n');
    expect(stdout).toContain('  edge  staging ');
    expect(await refusalOf(configIn(directory))).toBeUndefined();
  });

  it('joins a cluster with those of its environment, and asks again for an order that has unknown names', async () => {
    const directory = repositoryOf({ ...fleet, 'clusters/dev/flux-system/gotk-sync.yaml': sync('flux-system', './clusters/dev') });
    const { asked } = await runIn(directory, ['init'], ['production', 'production, nonsense', 'production, development', '']);
    expect(asked[2]).toContain('There is no environment nonsense');
    expect(parse(configIn(directory))).toEqual({
      environments: { production: { match: ['prod', 'edge'], protected: true } },
      promotion: ['production', 'development'],
    });
  });

  it('takes Enter for "as it is"', async () => {
    const directory = repositoryOf(fleet);
    expect((await runIn(directory, ['init'], ['', '', '', ''])).code).toBe(0);
    expect(parse(configIn(directory))).toBeNull();
  });

  it.each([0, 1])('writes nothing for who leaves after %i answers', async (count) => {
    const directory = repositoryOf(fleet);
    const { code, stdout, stderr } = await runIn(
      directory,
      ['init'],
      Array.from({ length: count }, () => 'staging'),
    );
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: '\nflux-lint: stopped, nothing was written\n' });
    expect(readdirSync(directory)).toEqual(['clusters']);
  });

  it.each([['--yes'], ['--dry-run']])('asks nothing with %s', async (option) => {
    expect(await runIn(repositoryOf(fleet), ['init', option], [])).toMatchObject({ code: 0, asked: [] });
  });
});
