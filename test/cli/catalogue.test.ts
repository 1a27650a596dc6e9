import { expect, it } from 'vitest';
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
