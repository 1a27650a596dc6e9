/** The pictures of the docs, made from the fixtures: `npx tsx scripts/screenshots.ts`, with a Chromium of the system. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { analyze } from '../src/analyze.ts';
import { main } from '../src/cli/main.ts';
import { silentIo } from '../test/cli/terminal/silent-io.ts';
import { commitAll, makeRepository } from '../test/git-repository.ts';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'flux-lint-'));

const outage = join(scratch, 'outage');
cpSync(join(root, 'fixtures/repos/monorepo-outage'), outage, { recursive: true });
makeRepository(outage);
const file = join(outage, 'clusters/prod-db-01/kustomization.yaml');
const parts = { analyze: async () => analyze, rules: async () => [] };
const run = (...argv: readonly string[]) => main(argv, { ...silentIo, cwd: outage }, parts);
await run('map', '--output', join(scratch, 'map.html'));
writeFileSync(file, readFileSync(file, 'utf8').replace('overlays/dev', 'overlays/prod'));
commitAll(outage);
await run('impact', '--since', 'HEAD~1', '--format', 'html', '--output', join(scratch, 'impact.html'));

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const object = encodeURIComponent('prod-us-east-1/flux-system/apps/HelmRelease/grafana/grafana');
for (const [name, from, colorScheme, tab] of [
  ['map', 'map', 'light', 'matrix'],
  ['object', 'map', 'light', 'tree'],
  ['impact', 'impact', 'dark', 'matrix'],
] as const) {
  const page = await browser.newPage({ viewport: { width: 960, height: 640 }, colorScheme });
  await page.goto(`${pathToFileURL(join(scratch, `${from}.html`)).href}${name === 'object' ? `#object=${object}` : ''}`);
  await page.locator(`#tab-${tab}`).click();
  if (name === 'object') {
    await page.locator('summary').filter({ hasText: 'prod-us-east-1' }).click();
    await page.locator('details details summary').filter({ hasText: 'flux-system/apps' }).first().click();
    await page.locator('.values .line').filter({ hasText: 'replicas' }).focus();
  }
  await page.screenshot({ path: join(root, `docs/pictures/${name}.png`) });
}
await browser.close();
rmSync(scratch, { recursive: true, force: true });
