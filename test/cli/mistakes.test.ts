/** What people get wrong in their first minutes is named; nothing of it reads as clean. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTexts, toFixture } from '../fixture.ts';
import { makeRepository } from '../git-repository.ts';
import { repositoryOf } from './repository.ts';
import { runMain } from './run-main.ts';

const fleet = toFixture(
  readTexts(join(import.meta.dirname, '../../fixtures/rules/references/unknown-dependency/bad-other-namespace')),
).texts;

it('a cluster that is not there', async () => {
  const { root, run } = repositoryOf(fleet);
  const told = { code: 2, stdout: '', stderr: 'flux-lint: no cluster is called produktion. There are: production.\n' };
  expect(await run(['--cluster', 'produktion'])).toEqual(told);
  expect(await run(['--cluster', 'production', '--cluster', 'produktion'])).toEqual(told);
  expect((await run(['--cluster', 'prod*'])).code).toBe(1);

  makeRepository(root);
  expect(await run(['--since', 'HEAD', '--cluster', 'produktion'])).toEqual(told);
});

it('a category where a rule is wanted', async () => {
  const { run } = repositoryOf(fleet);
  const { code, stderr } = await run(['--only', 'tenancy']);
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'flux-lint: "tenancy" is no rule. For all of them write --only \'tenancy/*\'.\n' });
  expect((await run(['--only', 'references/'])).stderr).toContain("write --only 'references/*'.");
  expect((await run(['--only', 'references/*'])).code).toBe(1);
});

it('a directory where a glob is wanted', async () => {
  const { run } = repositoryOf({ ...fleet, '.flux-lint.yaml': 'ignore: [clusters]\n' });
  expect((await run([])).stdout).toContain('No problems found');
});

it('a repository in which Flux starts nowhere', async () => {
  const { root, run } = repositoryOf({
    'deploy/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
    'compose.yaml': 'services: {}\n',
  });
  const { code, stdout } = await run([]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    'Not checked: no cluster was found that applies it (1: deploy/settings.yaml). Say under clusters in .flux-lint.yaml where Flux starts.\n',
  );
  const graph = await runMain(['graph', '--root', root], { cwd: root });
  expect(graph.stderr).toBe('flux-lint: no cluster was found here. Say under clusters in .flux-lint.yaml where Flux starts.\n');
});

it('several rules in one word', async () => {
  const { stderr } = await repositoryOf(fleet).run(['--only', 'references/unknown-path,references/unknown-source']);
  expect(stderr).toContain('". Name one rule, and give the option once for each.\n');
});
