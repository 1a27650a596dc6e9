/** What the page offers to copy beside a finding: the comment that suppresses it, the diff that mends it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/analyze.ts';
import { chromium } from '../../browser.ts';
import { runMain } from '../../cli/run-main.ts';
import { repositoryOf } from '../../git-repository.ts';
import { type Opened, usePages } from './pages.ts';

const sync = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const labelled = (kind: string, value: string, more = '') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: settings\n  namespace: shop\n  labels: { tier: ${value} }\n${more}`;
const texts = (manifest: string) => ({
  '.flux-lint.yaml': 'clusters: [{ name: prod, path: clusters/prod }]\n',
  'clusters/prod/sync.yaml': sync,
  'apps/kustomization.yaml': 'resources: [settings.yaml]\n',
  'apps/settings.yaml': manifest,
});
const only = ['--only', 'manifest/*'];
const selected = (page: Opened['page']) => page.evaluate<string>('String(document.getSelection())');

describe.skipIf(chromium === undefined)('beside a finding', () => {
  const { open, pageOf, hindrances } = usePages();
  const opened = async (name: string, manifest: string) => {
    const cwd = repositoryOf(texts(manifest));
    const { stdout } = await runMain(['check', '--fix-dry-run', ...only], { cwd }, { analyze: async () => analyze });
    const file = await pageOf(name, () => cwd, ['check', '--fail-on', 'never', ...only]);
    const { page, complaints } = await open(file);
    await page.locator('#tab-findings').click();
    await page.locator('.finding button').first().click();
    await page.locator('#detail h2').waitFor();
    return { page, complaints, diff: stdout, file };
  };

  it('its fix is the diff that check would make, to copy', async () => {
    const { page, complaints, diff } = await opened('fix', labelled('ConfigMap', '1'));
    expect(diff).toContain('+  labels: { tier: "1" }');
    const shown = page.locator('#detail pre.diff');
    expect((await shown.textContent())?.trimEnd()).toBe(diff.trimEnd());
    expect(await shown.locator('.goes').allTextContents()).toEqual(['-  labels: { tier: 1 }\n']);
    await page.getByRole('button', { name: 'copy the diff' }).click();
    expect((await selected(page)).trimEnd()).toBe(diff.trimEnd());
    expect(await page.locator('#detail').textContent()).toContain('flux-lint check --fix --only manifest/non-string-label');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('its comment is copied with the keyboard, and that is said', async () => {
    const { page } = await opened('comment', labelled('ConfigMap', '1'));
    await page.locator('#detail .copy').last().focus();
    await page.keyboard.press('Enter');
    expect(await selected(page)).toBe('# flux-lint-disable-next-line manifest/non-string-label -- why');
    expect(await page.locator('#said[role=status]').textContent()).toBe('copied');
    await page.close();
  });

  it('a fix that holds what is secret is named and not shown, one beside it has stars', async () => {
    const { page, file } = await opened('secret', labelled('Secret', '1', 'stringData: { port: 543221 }\n'));
    expect(readFileSync(file, 'utf8')).not.toContain('543221');
    const detail = () => page.locator('#detail').textContent();
    expect(await detail()).toContain(' stringData: { port: ****** }');
    expect(await detail()).toContain('Stars stand for what is secret');
    await page.locator('.finding button').nth(1).click();
    await page.locator('#detail h2').filter({ hasText: 'stringData.port' }).waitFor();
    expect(await page.locator('#detail pre.diff').count()).toBe(0);
    expect(await detail()).toContain('the command shows it with --fix-dry-run');
    await page.close();
  });

  it.each(['light', 'dark'] as const)('what it offers hinders nobody: %s', async (colorScheme) => {
    const file = await pageOf('fix', () => repositoryOf(texts(labelled('ConfigMap', '1'))), ['check', '--fail-on', 'never', ...only]);
    await hindrances(file, colorScheme, [
      async (page) => {
        await page.locator('#tab-findings').click();
        await page.locator('.finding button').first().click();
        await page.locator('#detail pre.diff').waitFor();
      },
    ]);
  });
});
