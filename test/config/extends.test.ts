/** `extends` of files and packages: what several repositories share. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { UsageError } from '../../src/model/usage-error.ts';
import { repositoryOf } from '../cli/repository.ts';
import type { Texts } from '../fixture.ts';

const read = (texts: Texts) => {
  const { root } = repositoryOf(texts);
  return readConfig(join(root, '.flux-lint.yaml'), root);
};

const failureOf = (texts: Texts): string => {
  try {
    read(texts);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'valid';
};

it('takes files, packages and presets, the last wins and the configuration itself above all', () => {
  const config = read({
    '.flux-lint.yaml': `extends: [./lint/base.yaml, "@acme/flux-lint-config", strict]
rules: { references/unknown-path: info }
environments: { production: { match: ["live-*"] } }
`,
    'lint/base.yaml': `extends: ./deeper.yaml
rules: { references/unknown-path: off, references/unknown-source: warning }
environments: { production: { match: ["prod-*"] }, staging: { match: ["stage-*"] } }
`,
    'lint/deeper.yaml': 'ignore: ["charts/**"]\nrules: { references/unknown-source: off }\n',
    'node_modules/@acme/flux-lint-config/package.json': '{ "name": "@acme/flux-lint-config", "main": "./index.yaml" }',
    'node_modules/@acme/flux-lint-config/index.yaml': 'overrides: [{ tenants: [billing], rules: { references/unknown-source: off } }]\n',
  });
  expect(config.extends).toBe('strict');
  expect(new Map(config.rules.map(({ rule, severity }) => [rule, severity]))).toEqual(
    new Map([
      ['references/unknown-source', 'warning'],
      ['references/unknown-path', 'info'],
    ]),
  );
  expect(config.environments.map(({ name, match }) => `${name} ${match.join()}`)).toEqual(['staging stage-*', 'production live-*']);
  expect(config.ignore).toEqual(['charts/**']);
  expect(config.overrides.map(({ tenants }) => tenants)).toEqual([['billing']]);
});

it.each([
  ['what is not there', { '.flux-lint.yaml': 'extends: ./nowhere.yaml\n' }, 'there is no configuration ./nowhere.yaml'],
  [
    'a package that is not installed',
    { '.flux-lint.yaml': 'root: true\nextends: acme-lint\n' },
    '.flux-lint.yaml:2: there is no configuration acme-lint',
  ],
  ['what lies outside', { '.flux-lint.yaml': 'extends: /etc/hosts\n' }, '/etc/hosts lies outside the repository'],
  ['code', { '.flux-lint.yaml': 'extends: ./a.js\n', 'a.js': '' }, './a.js is code'],
  ['itself', { '.flux-lint.yaml': 'extends: ./a.yaml\n', 'a.yaml': 'extends: ./.flux-lint.yaml\n' }, 'extends itself'],
  ['one with plugins', { '.flux-lint.yaml': 'extends: ./a.yaml\n', 'a.yaml': 'plugins: [./x.js]\n' }, './a.yaml says plugins'],
] as const)('refuses %s', (_, texts, message) => {
  expect(failureOf(texts)).toContain(message);
});

it('refuses a link that leads out', () => {
  const { root } = repositoryOf({ '.flux-lint.yaml': 'extends: ./lint/base.yaml\n' });
  const other = repositoryOf({ 'base.yaml': 'rules: {}\n' }).root;
  mkdirSync(join(root, 'lint'));
  symlinkSync(join(other, 'base.yaml'), join(root, 'lint/base.yaml'));
  expect(() => readConfig(join(root, '.flux-lint.yaml'), root)).toThrow('lies outside the repository');
});

it('says what is wrong at the line of the file that says it', async () => {
  const { run } = repositoryOf({
    '.flux-lint.yaml': 'root: true\nextends: ./lint/base.yaml\n',
    'lint/base.yaml': '# shared\n\nrules: { references/unknown-pth: off }\n',
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
  });
  expect(await run([])).toMatchObject({ code: 2, stderr: expect.stringContaining('lint/base.yaml:3: there is no rule') });
});
