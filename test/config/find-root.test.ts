import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findConfig } from '../../src/config/find-config.ts';
import { findRoot } from '../../src/config/find-root.ts';
import { UsageError } from '../../src/model/usage-error.ts';

const top = mkdtempSync(join(tmpdir(), 'flux-lint-'));
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), text);
};

beforeAll(() => {
  write('fleet/.git/HEAD', 'ref: refs/heads/main\n');
  write('fleet/clusters/prod/apps.yaml', 'a: 1\n');
  write('fleet/apps/.flux-lint.yml', 'extends: strict\n');
  write('fleet/apps/web/x.yaml', 'a: 1\n');
  write('fleet/fixtures/one/.flux-lint.yaml', 'root: true\n');
  write('fleet/fixtures/one/apps/x.yaml', 'a: 1\n');
  write('tenant/.git/HEAD', 'ref: refs/heads/main\n');
  write('tenant/deploy/x.yaml', 'a: 1\n');
  write('plain/x.yaml', 'a: 1\n');
});
afterAll(() => rmSync(top, { recursive: true }));

const rootOf = (cwd: string, paths: readonly string[] = [], rootOption?: string) =>
  findRoot({ cwd: join(top, cwd), paths, rootOption }).slice(top.length + 1);

describe('findRoot', () => {
  it.each([
    ['the git top level', 'fleet/clusters', [], undefined, 'fleet'],
    ['the git top level of the paths, not of the working directory', 'plain', ['../fleet/clusters/prod/apps.yaml'], undefined, 'fleet'],
    ['root: true, upwards from the path', 'fleet', ['fixtures/one/apps'], undefined, 'fleet/fixtures/one'],
    ['the working directory without git', 'plain', ['x.yaml'], undefined, 'plain'],
    ['--root before all', 'fleet', ['clusters/prod'], 'clusters', 'fleet/clusters'],
  ])('is %s', (_, cwd, paths, rootOption, root) => {
    expect(rootOf(cwd, paths, rootOption)).toBe(root);
  });

  it.each([
    ['a missing path', 'fleet', ['nowhere'], undefined, 'nowhere does not exist'],
    [
      'two repositories',
      'fleet',
      ['clusters', '../tenant/deploy'],
      undefined,
      /^clusters and \.\.\/tenant\/deploy have different roots: .*fleet and .*tenant$/,
    ],
    ['a path outside --root', 'fleet', ['clusters'], 'apps', /^clusters lies outside the root .*apps$/],
    ['a --root that is no directory', 'fleet', [], 'clusters/prod/apps.yaml', 'clusters/prod/apps.yaml is not a directory'],
    ['a path outside, without git', 'plain', ['..'], undefined, /lies outside the root/],
  ])('refuses %s', (_, cwd, paths, rootOption, message) => {
    const find = () => rootOf(cwd, paths, rootOption);
    expect(find).toThrow(UsageError);
    expect(find).toThrow(message);
  });
});

describe('findConfig', () => {
  it.each([
    ['fleet/apps/web', 'fleet', 'fleet/apps/.flux-lint.yml'],
    ['fleet/clusters', 'fleet', undefined],
    ['plain', 'fleet/fixtures/one', 'fleet/fixtures/one/.flux-lint.yaml'],
    ['fleet/fixtures/one/apps', 'fleet/fixtures/one/apps', undefined],
  ])('from %s to the root %s', (cwd, root, found) => {
    expect(findConfig(join(top, cwd), join(top, root))).toBe(found && join(top, found));
  });
});
