/** The page in a real browser: what it shows, what it does, and that nothing of a repository runs in it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chromium } from '../../browser.ts';
import { commitAll, repositoryFrom, write } from '../../git-repository.ts';
import { generatedFleet } from './generated-fleet.ts';
import { outage, usePages } from './pages.ts';

describe.skipIf(chromium === undefined)('in a browser, the page', () => {
  const { pageOf, open, hindrances, fleet, outagePage } = usePages();

  const rowsOf = (page: Page) => page.locator('.matrix tbody th button').allTextContents();

  it('shows at first what of another environment reaches production', async () => {
    const { page, complaints } = await open(await outagePage());
    expect(await page.locator('.verdict').textContent()).toBe(
      '1 place of another environment reaches 1 protected cluster: apps/fluent-bit/overlays/dev',
    );
    expect((await rowsOf(page))[0]).toBe('apps/fluent-bit/overlays/dev');
    expect(await page.locator('.matrix thead .tall').allTextContents()).toEqual([
      'prod-db-01',
      'prod-us-east-1',
      'dev',
      'staging-eu-west-1',
    ]);
    expect(await page.locator('td.crosses').getAttribute('aria-label')).toBe(
      'apps/fluent-bit/overlays/dev reaches prod-db-01 by flux-system/flux-system, though it belongs to development',
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is searched and filtered', async () => {
    const { page, complaints } = await open(await outagePage());
    await page.keyboard.press('/');
    await page.keyboard.type('grafana');
    expect(await rowsOf(page)).toEqual(['apps/base/grafana', 'https://grafana.github.io/helm-charts']);
    await page.locator('select[data-focus=Kind]').selectOption('source');
    expect(await rowsOf(page)).toEqual(['https://grafana.github.io/helm-charts']);
    await page.locator('#search').fill('');
    expect(await rowsOf(page)).toHaveLength(5);
    await page.locator('select[data-focus=Kind]').selectOption('base');
    await page.locator('select[data-focus=Environment]').selectOption('development');
    expect(await rowsOf(page)).toEqual(['apps/fluent-bit/overlays/dev', 'apps/fluent-bit/base']);
    await page.getByLabel('in several clusters').uncheck();
    expect(await rowsOf(page)).toContain('clusters/dev');
    await page.getByRole('tab', { name: 'Clusters' }).click();
    await page.locator('#search').fill('DaemonSet');
    expect(await page.locator('summary strong').allTextContents()).toEqual(['prod-db-01', 'dev']);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('marks what the detail is about, wherever it was chosen', async () => {
    const { page, complaints } = await open(await outagePage(), { hash: `#place=${encodeURIComponent('apps/base/grafana')}` });
    const marked = () => page.locator('[aria-current]').allTextContents();
    expect(await marked()).toEqual(['apps/base/grafana']);
    await page.locator('.matrix thead .tall', { hasText: 'prod-db-01' }).click();
    await expect.poll(marked).toEqual(['prod-db-01']);
    await page.keyboard.press('Escape');
    await expect.poll(marked).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is read by its address', async () => {
    const file = await outagePage();
    const [, data = ''] = /id="data">(.*?)<\/script>/s.exec(readFileSync(file, 'utf8')) ?? [];
    const { findings }: { findings: { fingerprint: string; ruleId: string; message: string }[] } = JSON.parse(data);
    const finding = findings.find(({ ruleId }) => ruleId === 'blast-radius/crosses-environments');
    const heading = (page: Page) => page.locator('#detail h2').textContent();
    const first = await open(file, { hash: `#finding=${encodeURIComponent(finding?.fingerprint ?? '')}` });
    expect(await heading(first.page)).toBe(finding?.message);
    const meant = first.page.locator('#detail .meant');
    expect(await meant.textContent()).toContain('../../apps/fluent-bit/overlays/dev');
    const places = await first.page.locator('#detail pre span').evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect()));
    expect(new Set(places.map(({ y }) => y)).size).toBe(places.length);
    expect(new Set(places.map(({ x }) => x)).size).toBe(1);
    for (const [hash, title] of [
      ['#cluster=prod-db-01', 'prod-db-01'],
      [`#kustomization=${encodeURIComponent('prod-us-east-1/flux-system/apps')}`, 'flux-system/apps on prod-us-east-1'],
      [`#place=${encodeURIComponent('apps/base/grafana')}`, 'apps/base/grafana'],
    ] as const) {
      await first.page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await first.page.locator('#detail h2').filter({ hasText: title }).waitFor();
    }
    expect(await first.page.locator('.flow').count()).toBe(0);
    await first.page.goBack();
    await first.page.waitForSelector('.flow');
    expect(await first.page.locator('.flow li').allTextContents()).toEqual(['flux-system/infrastructure', 'flux-system/apps']);
    await first.page.keyboard.press('Escape');
    await first.page.locator('#detail h2').waitFor({ state: 'detached' });
    for (const hash of ['#finding=gone', '#cluster=%', '#cluster=', '#nothing=1']) {
      const { page, complaints } = await open(file, { hash });
      expect(await page.locator('#detail h2').count()).toBe(0);
      expect(complaints).toEqual([]);
      await page.close();
    }
    expect(first.complaints).toEqual([]);
    await first.page.close();
  });

  it('is walked with the keyboard alone', async () => {
    const { page } = await open(await outagePage());
    const focused = () => page.evaluate<string>("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
    await page.locator('[role=gridcell][tabindex="0"]').focus();
    expect(await focused()).toContain('prod-db-01');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('apps/fluent-bit/overlays/dev does not reach prod-us-east-1');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('apps/base/grafana reaches prod-us-east-1 by flux-system/apps');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('apps/fluent-bit/overlays/dev does not reach prod-us-east-1');
    expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
    await page.locator('[role=tab][aria-selected=true]').focus();
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('Clusters');
    await page.close();
  });

  it('has colours for the dark, and nothing wider than a telephone', async () => {
    const background = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await open(await outagePage(), { width: 400 });
    const dark = await open(await outagePage(), { colorScheme: 'dark' });
    expect(await background(light.page)).toBe('rgb(255, 255, 255)');
    expect(await background(dark.page)).toBe('rgb(13, 17, 23)');
    expect(await light.page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    await light.page.close();
    await dark.page.close();
  });

  it.each(['light', 'dark'] as const)('hinders nobody: %s', async (colorScheme) => {
    await hindrances(await outagePage(), colorScheme, [
      (page) => page.locator('#tab-matrix').click(),
      (page) => page.locator('#tab-tree').click(),
      async (page) => {
        await page.locator('#tab-findings').click();
        await page.locator('.finding button').first().click();
      },
    ]);
  });

  it('takes names for text', async () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    const name = JSON.stringify(evil);
    const texts = {
      '.flux-lint.yaml': `clusters: [{ name: ${name}, path: clusters/a, environment: ${name} }]\n`,
      'clusters/a/sync.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: ${name} }
spec:
  path: ./apps
  sourceRef: { kind: GitRepository, name: ${name} }
  dependsOn: [{ name: ${name} }, { name: "javascript:alert(3)" }]
`,
      'apps/kustomization.yaml': `resources: [all.yaml]\n`,
      'apps/all.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, labels: { tier: 1 } }\n`,
    };
    const { page, complaints } = await open(await fleet('hostile', texts));
    for (const tab of ['matrix', 'tree', 'findings']) {
      await page.locator(`#tab-${tab}`).click();
      for (const summary of await page.locator('summary').all()) if (await summary.isVisible()) await summary.click();
      for (const control of await page.locator('#view button').all()) if (await control.isVisible()) await control.click();
      for (const link of await page.locator('#view a').all()) if (await link.isVisible()) await link.click();
    }
    await page.evaluate(`location.hash = ${JSON.stringify(`#kustomization=${encodeURIComponent(`${evil}/${evil}/${evil}`)}`)}`);
    await page.waitForSelector('#detail h2');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('body').textContent()).toContain(evil);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    [250, 10, 25],
    [2000, 40, 50],
  ])('of %d Kustomizations is searched by what is in them', async (count, clusters, applications) => {
    const file = await fleet(`fleet-${count}`, generatedFleet(clusters, applications));
    const { page, complaints } = await open(file);
    await page.waitForSelector('.matrix [role=gridcell]');
    await page.locator('#search').fill('app-7/');
    expect(await rowsOf(page)).toEqual(['apps/app-7/base', 'apps/app-7/dev', 'apps/app-7/production', 'apps/app-7/staging']);
    await page.locator('#tab-tree').click();
    await page.locator('#search').fill('ConfigMap/app-7/');
    expect(await page.locator('summary strong').count()).toBe(clusters);
    expect(readFileSync(file).length).toBeLessThan(count === 250 ? 1_000_000 : 4_000_000);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('of a change begins with what Flux deletes', async () => {
    const file = await pageOf('change', () => {
      const cwd = repositoryFrom(outage);
      const path = 'clusters/prod-db-01/kustomization.yaml';
      write(cwd, { [path]: readFileSync(join(outage, path), 'utf8').replace(/.*overlays\/dev\n/, '') });
      commitAll(cwd);
      return cwd;
    }, ['impact', '--since', 'HEAD~1', '--fail-on', 'never']);
    const { page, complaints } = await open(file);
    expect(await page.locator('#view h2').first().textContent()).toBe('What Flux deletes');
    expect(await page.locator('.object-change strong').first().textContent()).toBe('DaemonSet logging/fluent-bit');
    await page.getByRole('tab', { name: 'Who shares what' }).click();
    expect(await page.locator('td.gone').first().getAttribute('aria-label')).toBe(
      'apps/fluent-bit/base no longer reaches prod-db-01 by flux-system/flux-system',
    );
    expect(complaints).toEqual([]);
    await page.close();
  });
});
