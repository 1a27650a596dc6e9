import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { run } from './command.ts';
import { copyFixture, exampleOf, installInto, type Packed, pack, removePacked } from './packed.ts';

let packed: Packed;
let project: string;
beforeAll(() => {
  packed = pack();
  project = installInto(packed, 'consumer');
});
afterAll(() => removePacked(packed));

const command = (directory: string) => join(directory, 'node_modules/flux-lint/dist/cli.js');

const expression = "expressions:\n  - { id: acme/never, match: { kind: DaemonSet }, assert: 'false', message: Never. }\n";

describe('the package', () => {
  it('stays within a quarter more of what it is with the kinds of Kubernetes, generators, the editor and the map', () => {
    expect(packed.size).toBeLessThan(1.25 * 1_112_000);
    expect(packed.unpackedSize).toBeLessThan(1.25 * 4_640_000);
  });

  it('is as large as docs/install.md says', () => {
    const [, megabytes, count] =
      /([\d.]+) MB, [\d.]+ MB installed.*?one package and (\d+) files/s.exec(readFileSync('docs/install.md', 'utf8')) ?? [];
    expect(Math.abs(packed.size / 1e6 - Number(megabytes))).toBeLessThan(0.1);
    expect(Math.abs(packed.files.length - Number(count))).toBeLessThan(15);
  });

  it('has what belongs into it and nothing else', () => {
    const kinds = packed.files.filter((path) => !/^(dist\/[\w.-]+\.(js|cjs)|dist\/types\/.+\.d\.ts|schemas\/.+\.json)$/.test(path));
    expect(kinds.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/kubernetes-types.json',
      'package.json',
      'schemas/README.md',
    ]);
    expect(packed.files).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/index.js', 'dist/rule.js', 'schemas/config.schema.json']));
  });

  it('is what publint would publish', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(project, 'node_modules/flux-lint'), strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('installs nothing but itself', () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['flux-lint']);
    expect(manifest).not.toHaveProperty('dependencies');
  });

  it('carries the licences of what it bundles', () => {
    const notices = readFileSync(join(project, 'node_modules/flux-lint/dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['yaml', 'yargs', 're2js', '@marcbachmann/cel-js']) {
      expect(notices).toMatch(new RegExp(`^${name} [\\d.]+ \\((MIT|ISC)\\)\\n\\n[^]*?Copyright`, 'm'));
    }
    expect(notices).not.toMatch(/^(vitest|esbuild|typescript) /m);
  });
});

describe('the command', () => {
  it('finds the outage', () => {
    copyFixture('fixtures/repos/monorepo-outage', project);
    const { status, stdout } = run('npx', ['--offline', 'flux-lint', 'check', 'fleet'], project);
    expect(stdout).toContain('blast-radius/crosses-environments');
    expect(status).toBe(1);
  });

  it('runs where nothing of the rest is: without git, with a configuration and CEL', () => {
    const elsewhere = installInto(packed, 'bare');
    const fleet = copyFixture('fixtures/repos/monorepo-outage', elsewhere, expression);
    const { status, stderr, stdout } = run(process.execPath, [command(elsewhere), 'check', '--format', 'json'], fleet);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    const found: readonly { readonly ruleId: string }[] = JSON.parse(stdout).findings;
    expect(found.map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining(['acme/never', 'blast-radius/crosses-environments']));
  });

  it('finds what it loads late: a patch of this repository selects by a pattern', () => {
    const elsewhere = installInto(packed, 'late');
    const fleet = copyFixture('fixtures/repos/hub-and-spoke', elsewhere);
    const patched = join(fleet, 'platform-repo-fenced/clusters/prod/flux-system/kustomization.yaml');
    const pattern = '(kustomize-controller|helm-controller)';
    expect(readFileSync(patched, 'utf8')).toContain(pattern);
    writeFileSync(patched, readFileSync(patched, 'utf8').replace(pattern, '[a-z]+-controller'));
    const { status, stderr } = run(process.execPath, [command(elsewhere), 'check'], fleet);
    expect(stderr).toBe('');
    expect(status).toBe(1);
  });
});

describe('the command with the code of an earlier run', () => {
  const cache = () => join(project, 'cache');
  const files = () => readdirSync(cache(), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cjs'));
  const plugin = `import { defineRule } from 'flux-lint/rule';
export default defineRule({
  id: 'acme/named', severity: 'info', summary: 'A Kustomization has a name', why: 'It must.', reference: 'https://example.com', examples: { bad: 'a: 1', good: 'a: 1' },
  *kustomization(kustomization) { yield { at: kustomization.origin('/metadata/name'), message: 'Here it is.' }; },
});
`;
  const checked = (fleet: string, env: Readonly<Record<string, string>>) => {
    const { NODE_DISABLE_COMPILE_CACHE: _, ...others } = process.env;
    const argv = [command(project), 'check', '--format', 'json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: fleet, encoding: 'utf8', env: { ...others, ...env } });
    return { status, stdout, stderr };
  };

  it('says what it says without, plugins and late files included, and so it does where that code is broken', () => {
    const fleet = copyFixture('fixtures/repos/monorepo-outage', project, `plugins: [./own.mjs]\n${expression}`);
    writeFileSync(join(fleet, 'own.mjs'), plugin);
    const without = checked(fleet, { NODE_DISABLE_COMPILE_CACHE: '1', XDG_CACHE_HOME: cache() });
    expect(without).toMatchObject({ status: 1, stderr: '', stdout: expect.stringContaining('acme/named') });
    expect(existsSync(cache())).toBe(false);
    expect(checked(fleet, { XDG_CACHE_HOME: cache() })).toEqual(without);
    expect(files().length).toBeGreaterThan(5);
    expect(checked(fleet, { XDG_CACHE_HOME: cache() })).toEqual(without);
    for (const name of files()) writeFileSync(join(cache(), name), readFileSync(join(cache(), name)).fill(7, 40));
    expect(checked(fleet, { XDG_CACHE_HOME: cache() })).toEqual(without);
  });
});

/** Only the compiler is borrowed, and the types of Node where a program prints: the package has to bring the rest. */
const compile = (name: string, options: Readonly<Record<string, unknown>>, files: readonly string[]) => {
  const config = join(project, `tsconfig.${name}.json`);
  const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false };
  const compilerOptions = { ...strict, target: 'ES2022', lib: ['ES2022'], outDir: name, rootDir: '.', types: [], ...options };
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const { status, stdout } = run(resolve('node_modules/.bin/tsc'), ['-p', config], project);
  expect(stdout).toBe('');
  expect(status).toBe(0);
};

describe('its types', () => {
  beforeAll(() => {
    cpSync('fixtures/consumer', project, { recursive: true });
    writeFileSync(join(project, 'example.ts'), exampleOf('docs/api.md', 'ts'));
  });

  it.each([
    ['node16', { module: 'Node16', moduleResolution: 'Node16' }],
    ['nodenext', { module: 'NodeNext', moduleResolution: 'NodeNext' }],
    ['bundler', { module: 'ESNext', moduleResolution: 'Bundler' }],
  ])('hold for moduleResolution %s, and want no other types', (name, options) => {
    compile(name, options, ['plugin.ts', 'script.ts']);
  });

  it('hold for the example of docs/api.md, which runs', () => {
    mkdirSync(join(project, 'node_modules/@types'), { recursive: true });
    for (const name of ['@types/node', 'undici-types']) symlinkSync(resolve('node_modules', name), join(project, 'node_modules', name));
    compile('example', { module: 'NodeNext', types: ['node'] }, ['example.ts']);
    const fleet = copyFixture('fixtures/repos/monorepo-outage', join(project, 'example'));
    const { status, stdout, stderr } = run(process.execPath, [join(project, 'example/example.js')], fleet);
    expect(stderr).toBe('');
    expect(stdout).toContain('error blast-radius/crosses-environments, in 1 clusters');
    expect(status).toBe(1);
  });

  it('are of an ES module, which CommonJS can require', () => {
    const script =
      "const { check, report } = require('flux-lint'); console.log(typeof check, typeof report, typeof require('flux-lint/rule').yaml)";
    expect(run(process.execPath, ['--input-type=commonjs', '--eval', script], project)).toMatchObject({
      status: 0,
      stdout: 'function function function\n',
    });
  });

  it('are what a plugin in TypeScript is written against, and it runs', () => {
    compile('plugin', { module: 'NodeNext' }, ['plugin.ts']);
    copyFixture('fixtures/repos/monorepo-outage', project, "plugins: ['../plugin/plugin.js']\n");
    const { stdout, stderr } = run(process.execPath, [command(project), 'check', '--only', 'acme/*'], join(project, 'fleet'));
    expect(stderr).toBe('');
    expect(stdout).toContain('acme/missing-owner');
  });

  it('are no more than the two entries lead to', () => {
    const files = execFileSync('find', [join(project, 'node_modules/flux-lint/dist/types'), '-type', 'f'], { encoding: 'utf8' });
    expect(files.trim().split('\n').length).toBeLessThan(150);
  });
});
