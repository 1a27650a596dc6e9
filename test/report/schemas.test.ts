/** The JSON reports are what their schemas say, on real repositories. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { silentIo } from '../cli/terminal/silent-io.ts';

const root = join(import.meta.dirname, '../..');

const report = async (argv: readonly string[], repository: string): Promise<unknown> => {
  let stdout = '';
  const cwd = join(root, 'fixtures/repos', repository);
  await main([...argv, '--format', 'json'], {
    ...silentIo,
    stdout: (text) => {
      stdout += text;
    },
    cwd,
  });
  return JSON.parse(stdout);
};

it.each([
  ['check', ['check'], 'monorepo-outage'],
  ['check', ['check'], 'hub-and-spoke/platform-repo'],
  ['why', ['why', 'apps/base/prometheus/release.yaml:29'], 'monorepo'],
  ['why', ['why', 'README.md'], 'monorepo'],
  ['graph', ['graph'], 'kubeconfig-hub'],
  ['rules', ['rules'], 'monorepo'],
])('%s: %j in %s', async (name, argv, repository) => {
  const validate = new Ajv.default({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(root, `schemas/reports/${name}.schema.json`), 'utf8')),
  );
  validate(await report(argv, repository));
  expect(validate.errors).toBeNull();
});
