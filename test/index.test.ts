import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../src/analyze.ts';
import { check, report, rules, UsageError } from '../src/index.ts';
import { repositoryOf } from './cli/repository.ts';
import { runMain } from './cli/run-main.ts';
import { readTexts } from './fixture.ts';
import { makeRepository } from './git-repository.ts';

const outage = resolve('fixtures/repos/monorepo-outage');

describe('check', () => {
  it('has the defaults of the command, and report prints its bytes', async () => {
    const result = await check({ cwd: outage });
    for (const format of ['text', 'json', 'sarif', 'github', 'gitlab', 'junit', 'markdown'] as const) {
      const command = await runMain(['check', '--format', format], { cwd: outage }, { analyze: async () => analyze });
      expect(await report(result, format)).toBe(command.stdout);
    }
    expect(await report(result)).toBe(await report(result, 'text'));
  });

  it('says where the root is, and nothing of fixes that nobody asked for', async () => {
    const result = await check({ cwd: outage });
    expect(result).toMatchObject({ root: '.' });
    expect(result).not.toHaveProperty('fixed');
    expect(await check({ cwd: resolve('fixtures'), root: outage })).toMatchObject({ root: 'repos/monorepo-outage' });
  });

  it('says which folder of its repository the root is, by git or by where it is run', async () => {
    const { root } = repositoryOf({
      'gitops/fleet/.flux-lint.yaml': 'root: true\n',
      'gitops/fleet/apps/kustomization.yaml': 'resources: []\n',
    });
    const folderFrom = async (cwd: string) => (await check({ cwd: join(root, cwd), root: join(root, 'gitops/fleet') })).folder;
    expect([await folderFrom('.'), await folderFrom('gitops/fleet/apps')]).toEqual(['gitops/fleet', '']);
    makeRepository(root);
    expect([await folderFrom('.'), await folderFrom('gitops/fleet/apps')]).toEqual(['gitops/fleet', 'gitops/fleet']);
  });

  it('takes what is not told as undefined, too', async () => {
    // @ts-expect-error not what the types allow, but what plain JavaScript passes
    const result = await check({ cwd: outage, paths: undefined, rules: undefined, fixes: undefined, plugins: undefined });
    expect(result.summary.errors).toBe(1);
  });

  it('hears what it is told', async () => {
    const off = await check({ cwd: outage, rules: { 'blast-radius/crosses-environments': 'off' } });
    expect(off.summary.errors).toBe(0);
    const only = await check({ cwd: '/', root: outage, only: ['blast-radius/crosses-environments'], clusters: ['prod-db-*'] });
    expect(only.findings.map(({ ruleId }) => ruleId)).toEqual(['blast-radius/crosses-environments']);
    await expect(check({ cwd: outage, baseline: 'none.json' })).rejects.toThrow('none.json does not exist');
  });

  it('fixes in memory', async () => {
    const bad = readTexts('fixtures/rules/references/unknown-dependency/bad-other-namespace');
    const { root } = repositoryOf({ ...bad, '.flux-lint.yaml': 'root: true\n' });
    const { fixed } = await check({ cwd: root, only: ['references/unknown-dependency'], fixes: ['safe'] });
    expect(fixed?.count).toBe(1);
    for (const { path, before, after } of fixed?.files ?? []) {
      expect(after).not.toBe(before);
      expect(readFileSync(join(root, path), 'utf8')).toBe(before);
    }
  });

  it('compares with a revision', async () => {
    const { root, write } = repositoryOf(readTexts('fixtures/repos/monorepo-outage'));
    makeRepository(root);
    write('clusters/prod-db-01/kustomization.yaml', 'resources: [alerts.yaml]\n');
    const { findings } = await check({ cwd: root, since: 'HEAD', newOnly: true });
    expect(findings.map(({ ruleId }) => ruleId)).toContain('blast-radius/change-prunes');
    expect(findings.every((finding) => finding.new)).toBe(true);
    await expect(check({ cwd: root, since: 'HEAD', fixes: ['safe'] })).rejects.toBeInstanceOf(UsageError);
    await expect(check({ cwd: root, newOnly: true })).rejects.toBeInstanceOf(UsageError);
  });

  it('rejects what cannot be done with what to do', async () => {
    await expect(check({ cwd: outage, root: 'nowhere' })).rejects.toMatchObject({
      name: 'UsageError',
      whatToDo: expect.stringMatching(/\.$/),
    });
    // @ts-expect-error there is no such format
    await expect(report(await check({ cwd: outage }), 'xml')).rejects.toMatchObject({ message: 'there is no format "xml"' });
  });
});

it('rules is the catalogue', async () => {
  const catalogue = await rules();
  expect(catalogue.find(({ id }) => id === 'references/unknown-dependency')).toMatchObject({ severity: 'error', why: expect.any(String) });
  expect(catalogue.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id).toSorted());
});
