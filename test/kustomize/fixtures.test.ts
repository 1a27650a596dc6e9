/**
 * Each case under `fixtures/kustomize` is a directory to build: its `production` where it has one, else itself.
 * `expected.yaml` is what `build --origins` prints; the values are kustomize's (`npm run compare:kustomize`).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { buildDirectory } from '../../src/cli/command/build.ts';

const folder = resolve('fixtures/kustomize');

test.for(readdirSync(folder))('%s', (name) => {
  const cwd = join(folder, name);
  const directory = existsSync(join(cwd, 'production')) ? 'production' : '.';
  const output = buildDirectory({ directory, root: '.', cwd, loadRestrictor: 'LoadRestrictionsNone', origins: true, showSecrets: true });
  expect(output).toEqual({ stdout: readFileSync(join(cwd, 'expected.yaml'), 'utf8'), stderr: '', code: 0 });
});
