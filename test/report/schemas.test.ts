/** The JSON reports are what their schemas say, on real repositories. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { silentIo } from '../cli/terminal/silent-io.ts';

const root = join(import.meta.dirname, '../..');

const report = async (argv: readonly string[], folder: string): Promise<unknown> => {
  let stdout = '';
  const cwd = join(root, 'fixtures', folder);
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
  ['check', ['check'], 'repos/monorepo-outage'],
  ['check', ['check'], 'repos/hub-and-spoke/platform-repo'],
  ['why', ['why', 'apps/base/prometheus/release.yaml:29'], 'repos/monorepo'],
  ['why', ['why', 'README.md'], 'repos/monorepo'],
  ['expand', ['expand', '--root', '.'], 'expand'],
  ['graph', ['graph'], 'repos/kubeconfig-hub'],
  ['rules', ['rules'], 'repos/monorepo'],
])('%s: %j in %s', async (name, argv, folder) => {
  const validate = new Ajv.default({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(join(root, `schemas/reports/${name}.schema.json`), 'utf8')),
  );
  validate(await report(argv, folder));
  expect(validate.errors).toBeNull();
});
