/** The extension for VS Code: what its manifest promises, and which linter it runs. `test/distribution` packs it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findServer, type Search } from '../../editors/vscode/src/find-server.ts';

const folder = join(import.meta.dirname, '../../editors/vscode');

interface Manifest {
  readonly version: string;
  readonly engines: { readonly vscode: string };
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
  readonly dependencies?: unknown;
}

const manifestOf = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8'));
const manifest = manifestOf(join(folder, 'package.json'));
const source = readFileSync(join(folder, 'src/extension.ts'), 'utf8');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

describe('the manifest', () => {
  it('names the commands that the extension registers', () => {
    const registered = [...source.matchAll(/registerCommand\('([^']+)'/g)].map(([, name]) => name);
    expect(manifest.contributes.commands.map(({ command }) => command)).toEqual(registered);
  });

  it('has the settings that the extension reads, and its page tells of', () => {
    const settings = Object.keys(manifest.contributes.configuration.properties);
    expect(settings).toEqual(['flux-lint.enable', 'flux-lint.path', 'flux-lint.trace.server']);
    for (const name of settings) expect(readme).toContain(`\`${name}\``);
    for (const [, name] of source.matchAll(/\.get\('(\w+)'\)/g)) expect(settings).toContain(`flux-lint.${name}`);
  });

  it('does not let an untrusted workspace say what runs', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect([supported, restrictedConfigurations]).toEqual(['limited', ['flux-lint.path']]);
  });

  it('is of the version of the package, and depends on nothing that is not bundled', () => {
    expect(manifest.version).toBe(manifestOf(join(folder, '../../package.json')).version);
    expect(manifest.dependencies).toBeUndefined();
  });

  it('wakes where Flux or kustomize is, not for every YAML', () => {
    expect(manifest.activationEvents.every((event) => event.startsWith('workspaceContains:'))).toBe(true);
  });
});

describe('the linter that serves', () => {
  const search = (files: readonly string[], more: Partial<Search> = {}) =>
    findServer({
      configured: '',
      folders: ['/home/me/fleet'],
      isTrusted: true,
      path: 'bin:/usr/bin:/opt/bin',
      isWindows: false,
      bundled: '/extension/server/cli.js',
      exists: (file) => files.includes(file),
      ...more,
    });
  const installed = '/home/me/fleet/node_modules/flux-lint/dist/cli.js';

  it('is the one of the settings, of the workspace, of the PATH, or its own', () => {
    expect(search([installed, '/opt/bin/flux-lint'], { configured: '/my/flux-lint' })).toEqual({ type: 'command', file: '/my/flux-lint' });
    expect(search([installed], { configured: '/my/cli.js' })).toEqual({ type: 'module', file: '/my/cli.js' });
    expect(search([installed, '/opt/bin/flux-lint'])).toEqual({ type: 'module', file: installed });
    expect(search(['/opt/bin/flux-lint'])).toEqual({ type: 'command', file: '/opt/bin/flux-lint' });
    expect(search([])).toEqual({ type: 'module', file: '/extension/server/cli.js' });
  });

  it('is never one that a stranger wrote', () => {
    const untrusted = { isTrusted: false, configured: '/home/me/fleet/evil.js' };
    expect(search([installed, 'bin/flux-lint'], untrusted)).toEqual({ type: 'module', file: '/extension/server/cli.js' });
    expect(search(['bin/flux-lint'])).toEqual({ type: 'module', file: '/extension/server/cli.js' });
  });
});
