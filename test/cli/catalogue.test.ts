import { expect, it } from 'vitest';
import { repositoryOf } from './repository.ts';
import { runMain } from './run-main.ts';

it('lists the rules', async () => {
  const { code, stdout } = await runMain(['rules']);
  expect(code).toBe(0);
  expect(stdout).toContain('references/unknown-dependency');
  expect(JSON.parse((await runMain(['rules', '--format', 'json'])).stdout).rules).toHaveLength(7);
  expect((await runMain(['rules', '--format', 'markdown'])).stdout).toMatch(/^# Rules\n/);
});

it('explains a rule by its id, or by its name where that is enough', async () => {
  const page = await runMain(['explain', 'blast-radius/shared-base']);
  expect(page.code).toBe(0);
  expect(page.stdout).toMatch(/^blast-radius\/shared-base/);
  expect(await runMain(['explain', 'shared-base'])).toEqual(page);
  expect(JSON.parse((await runMain(['explain', 'shared-base', '--format', 'json'])).stdout).id).toBe('blast-radius/shared-base');
  expect((await runMain(['explain', 'shared-base', '--format', 'markdown'])).stdout).toMatch(/^# blast-radius\/shared-base\n/);
});

it('knows the expressions and plugins of the repository', async () => {
  const { root: cwd } = repositoryOf({
    '.flux-lint.yaml': `plugins: [./rules.mjs]
expressions:
  - id: acme/team-label
    match: { kind: Deployment }
    assert: "'team' in object.metadata.labels"
    message: Deployments carry a team label
`,
    'rules.mjs': `export const owner = {
  id: 'acme/owner', severity: 'warning', summary: 'Nobody owns it', why: 'Somebody must.', reference: 'https://acme.example/owner',
  examples: { bad: '', good: '' }, *object() {},
};
`,
  });
  const { stdout } = await runMain(['rules', '--format', 'json'], { cwd });
  const rules: { id: string; url: string }[] = JSON.parse(stdout).rules;
  expect(rules.slice(7).map(({ id }) => id)).toEqual(['acme/owner', 'acme/team-label']);
  expect(rules[7]?.url).toBe('https://acme.example/owner');
  const page = await runMain(['explain', 'team-label'], { cwd });
  expect(page).toMatchObject({ code: 0, stdout: expect.stringContaining("'team' in object.metadata.labels") });
  expect(await runMain(['explain', 'acme/owner', '--no-plugins'], { cwd })).toMatchObject({ code: 2 });
});
