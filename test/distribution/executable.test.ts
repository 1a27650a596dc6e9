/** The executable, where there is nothing but it and git: no Node on the path, nothing at home. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { readTexts, toFixture } from '../fixture.ts';
import { makeRepository, write } from '../git-repository.ts';

const directory = mkdtempSync(join(tmpdir(), 'flux-lint-executable-test-'));
const platform = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
const executable = join(directory, 'built', platform, 'flux-lint');
const environment = { PATH: join(directory, 'bin'), HOME: join(directory, 'home'), GIT_CONFIG_NOSYSTEM: '1' };

/** The Node to build with: this one, or where it is too old for that the one that releases are built with. */
const buildNode = (): string => {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24 && existsSync(join(process.execPath, '../../LICENSE'))) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = join(directory, 'node');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', prefix, `${name}@24`], { stdio: 'ignore' });
  return join(prefix, 'node_modules', name, 'bin/node');
};

const script = (name: string, ...argv: readonly string[]) =>
  execFileSync(process.execPath, ['--import', 'tsx', `scripts/${name}.ts`, ...argv], { stdio: ['ignore', 'ignore', 'inherit'] });

beforeAll(() => {
  for (const name of ['bin', 'home']) mkdirSync(join(directory, name));
  symlinkSync(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(directory, 'bin/git'));
  script('build-executable', '--node', process.env.BUILD_NODE ?? buildNode(), '--out', join(directory, 'built', platform));
  script('release-archives', '--from', join(directory, 'built'), '--out', join(directory, 'release'));
  script('build');
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const run = (argv: readonly string[], cwd: string, command = executable) => {
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd, encoding: 'utf8', env: environment, maxBuffer: 64e6 });
  return { status, stdout, stderr };
};

/** What the package says to the same, run by this Node. */
const runPackage = (argv: readonly string[], cwd: string) => run([resolve('dist/cli.js'), ...argv], cwd, process.execPath);

describe('the executable', () => {
  it('is one file that says its version', () => {
    expect(run(['--version'], directory)).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
    // Node 24 alone is 127 MB.
    expect(statSync(executable).size).toBeLessThan(140e6);
  });

  it('has the licences of what is in it beside it', () => {
    for (const [name, text] of Object.entries({ 'NODE-LICENSE.txt': 'Node.js', 'THIRD-PARTY-NOTICES.txt': 'yargs', LICENSE: 'Apache' })) {
      expect(readFileSync(join(directory, 'built', platform, name), 'utf8')).toContain(text);
    }
  });

  const outage = resolve('fixtures/repos/monorepo-outage');
  const hub = resolve('fixtures/repos/hub-and-spoke/platform-repo');
  it.each([
    ['check in text', ['check'], outage, 1],
    ['check from another directory', ['check', outage], tmpdir(), 1],
    ['check in SARIF', ['check', '--format', 'sarif'], outage, 1],
    ['check in JSON', ['check', '--root', '.', '--format', 'json'], hub, 1],
    ['check in JUnit, for one cluster', ['check', '--format', 'junit', '--cluster', 'dev'], outage, 0],
    ['a mistake in the arguments', ['check', '--formt', 'json'], outage, 2],
    ['rules', ['rules', '--format', 'markdown'], outage, 0],
    ['explain', ['explain', 'crosses-environments'], outage, 0],
    ['graph', ['graph', '--format', 'mermaid'], outage, 0],
    ['build of a cluster', ['build', 'dev', '--origins'], outage, 0],
    ['build of a directory', ['build', '--kustomize', 'apps/fluent-bit/overlays/dev'], outage, 0],
    ['why', ['why', 'apps/fluent-bit/overlays/dev/kustomization.yaml'], outage, 0],
    ['help', ['impact', '--help'], outage, 0],
  ])('says byte for byte what the package says: %s', (_, argv, cwd, status) => {
    const said = run(argv, cwd);
    expect(said).toEqual(runPackage(argv, cwd));
    expect(said.status).toBe(status);
    expect(said.stdout + said.stderr).not.toBe('');
  });

  it('lints without git on the path, too', () => {
    const copy = join(directory, 'no-git');
    cpSync(outage, copy, { recursive: true });
    write(copy, { '.flux-lint.yaml': 'root: true\n' });
    const { status, stdout } = spawnSync(executable, [], { cwd: copy, encoding: 'utf8', env: { PATH: '' } });
    expect(stdout).toContain('Checked 51 files');
    expect(status).toBe(1);
  });

  it('compares revisions with git', () => {
    const repository = join(directory, 'fleet');
    cpSync(outage, repository, { recursive: true });
    makeRepository(repository);
    rmSync(join(repository, 'clusters/prod-db-01/kustomization.yaml'));
    for (const argv of [
      ['impact', '--since', 'HEAD'],
      ['check', '--since', 'HEAD', '--new-only', '--format', 'json'],
    ]) {
      const said = run(argv, repository);
      expect(said).toEqual(runPackage(argv, repository));
      expect(said.stdout).toContain('prod-db-01');
    }
  });
});

describe('rules of one’s own', () => {
  const { texts, expected } = toFixture(readTexts('fixtures/plugins/missing-owner'));

  it('come from a plugin that imports flux-lint/rule, which is not installed', () => {
    const repository = join(directory, 'plugin');
    write(repository, texts);
    const { status, stdout, stderr } = run(['--format', 'json', '--only', 'acme/*'], repository);
    expect(stderr).toBe('');
    const found: readonly { ruleId: string; location: { path: string; line: number } }[] = JSON.parse(stdout).findings;
    expect(found.map(({ ruleId, location }) => `${location.path}:${location.line} ${ruleId}`)).toEqual(
      expected.map(({ path, line, rule }) => `${path}:${line} ${rule}`),
    );
    expect(status).toBe(1);
  });

  it('come from a module that waits at its top and imports its neighbour', () => {
    const repository = join(directory, 'waiting');
    write(repository, {
      ...texts,
      '.flux-lint.yaml': 'root: true\nplugins: [./lint/waiting.mjs]\n',
      'lint/waiting.mjs': "export const { missingOwner } = await import('./our-rules.js');\n",
      'lint/package.json': '{ "type": "module" }',
    });
    const { stdout, stderr } = run(['--format', 'json', '--only', 'acme/*'], repository);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).findings.length).toBeGreaterThan(0);
  });

  it('come from expressions', () => {
    const repository = join(directory, 'expressions');
    cpSync('fixtures/repos/monorepo-outage', repository, { recursive: true });
    const expression = "{ id: acme/never, match: { kind: DaemonSet }, assert: 'false', message: Never. }";
    write(repository, { '.flux-lint.yaml': `root: true\nexpressions:\n  - ${expression}\n` });
    expect(run(['--only', 'acme/*'], repository).stdout).toContain('acme/never');
  });
});

describe('the release', () => {
  const archive = () => join(directory, 'release', `flux-lint_${manifest.version}_${platform}.tar.gz`);
  const plugin = () => parse(readFileSync(join(directory, 'release/lint.yaml'), 'utf8'));

  it('has an archive that its checksum and the manifest of the plugin name', () => {
    const [sum] = execFileSync('sha256sum', [archive()], { encoding: 'utf8' }).split(' ');
    execFileSync('sha256sum', ['--check', '--strict', 'checksums.txt'], { cwd: join(directory, 'release') });
    const [os, arch] = platform.split('_');
    expect(plugin()).toMatchObject({ apiVersion: 'cli.fluxcd.io/v1beta1', kind: 'Plugin', name: 'lint', bin: 'flux-lint' });
    expect(plugin().versions).toEqual([
      {
        version: manifest.version,
        platforms: [
          {
            os,
            arch,
            url: `https://github.com/flux-lint/flux-lint/releases/download/v${manifest.version}/flux-lint_${manifest.version}_${platform}.tar.gz`,
            checksum: `sha256:${sum}`,
          },
        ],
      },
    ]);
  });

  it('is a plugin as the Flux CLI finds it: an executable flux-NAME in the directory of plugins, given every argument', () => {
    const plugins = join(directory, 'plugins');
    mkdirSync(plugins);
    execFileSync('tar', ['-xzf', archive(), '-C', plugins, 'flux-lint']);
    // What `flux lint …` does: https://github.com/fluxcd/flux2/tree/main/internal/plugin
    const argv = ['check', '--format', 'json', resolve('fixtures/repos/monorepo-outage')];
    expect(run(argv, directory, join(plugins, 'flux-lint'))).toEqual(runPackage(argv, directory));
  });

  const flux = process.env.FLUX_CLI;
  it.skipIf(flux === undefined)('installs from a catalogue with the real Flux CLI, and runs as flux lint', async () => {
    const server = createServer(({ url = '' }, response) => {
      const file = join(directory, 'release', url.split('/').at(-1) ?? '');
      const text = readFileSync(file);
      response.end(file.endsWith('.yaml') ? String(text).replace(/https:.*(?=flux-lint_)/, `http://127.0.0.1:${port()}/`) : text);
    });
    const port = () => Object(server.address()).port;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const environmentOfFlux = { ...environment, FLUXCD_PLUGIN_CATALOG: `http://127.0.0.1:${port()}/` };
    const runFlux = async (argv: readonly string[], cwd: string) => {
      const child = spawn(String(flux), argv, { cwd, env: environmentOfFlux });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (data) => {
        stdout += String(data);
      });
      child.stderr.on('data', (data) => {
        stderr += String(data);
      });
      const [status] = await once(child, 'close');
      return { status, stdout, stderr };
    };
    const fleet = resolve('fixtures/repos/monorepo-outage');
    const installed = await runFlux(['plugin', 'install', 'lint'], directory);
    expect(installed.stderr + installed.stdout).toContain(`installed lint v${manifest.version}`);
    expect(await runFlux(['lint', 'check', '--format', 'json'], fleet)).toEqual(runPackage(['check', '--format', 'json'], fleet));
    expect(await runFlux(['lint', '--version'], fleet)).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
    // What the shell asks at `flux lint check --format s<TAB>`.
    expect((await runFlux(['__complete', 'lint', 'check', '--format', 's'], fleet)).stdout).toMatch(/^sarif\b/);
    server.close();
  });
  if (flux === undefined) console.log('FLUX_CLI names no flux: its part of finding the plugin is played.');
});
