/** The page of a change, in a real browser: what was and what is, what moves, and what check finds anew. */
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chromium } from '../../browser.ts';
import type { Texts } from '../../fixture.ts';
import { commitAll, repositoryOf, write } from '../../git-repository.ts';
import { hashOf, type Opened, usePages } from './pages.ts';

const evil = '<img src=x onerror=alert(1)><script>alert(2)</script>';
const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }
---
`;
const kustomization = (name: string, path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 10m, path: ${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
`;
const manifest = (kind: string, name: string, body: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\n${body}---\n`;
const cluster = (name: string) => source + kustomization('apps', `./apps/${name}`) + kustomization('shared', './shared');

const before: Texts = {
  '.flux-lint.yaml': `clusters:
  - { name: prod, path: clusters/prod, environment: production }
  - { name: dev, path: clusters/dev, environment: development }
`,
  'clusters/prod/sync.yaml': cluster('prod'),
  'clusters/dev/sync.yaml': cluster('dev'),
  'apps/prod/all.yaml':
    manifest('ConfigMap', 'settings', 'data: { replicas: "2", colour: green }\n') +
    manifest('ConfigMap', 'old', `data: { page: ${JSON.stringify(evil)} }\n`) +
    manifest('Secret', 'login', 'stringData: { password: hunter2-Hunter }\n') +
    manifest('ConfigMap', 'holder', 'data: { copy: hunter2-Hunter, url: a }\n'),
  // No cluster gets it.
  'unused/secret.yaml': manifest('Secret', 'other', 'stringData: { password: unreached-Passw0rd }\n'),
  'apps/prod/owned.yaml': manifest('ConfigMap', 'owned', 'data: { a: b }\n'),
  'apps/prod/travels.yaml': manifest('ConfigMap', 'travels', 'data: { a: b }\n'),
  'apps/dev/all.yaml': manifest('ConfigMap', 'labelled', '  labels: { tier: 1 }\n'),
  'shared/all.yaml': manifest('ConfigMap', 'common', 'data: { a: b }\n'),
};
const after: Texts = {
  'apps/prod/all.yaml':
    manifest('ConfigMap', 'settings', 'data: { replicas: "3", colour: green }\n') +
    manifest('Secret', 'login', 'stringData: { password: Tr0ub4dor-and-3 }\n') +
    manifest('ConfigMap', 'holder', 'data: { copy: Tr0ub4dor-and-3, url: b }\n') +
    manifest('ConfigMap', 'fresh', '  labels: { tier: 2 }\ndata: { borrowed: unreached-Passw0rd }\n'),
};

const changed = (): string => {
  const cwd = repositoryOf(before);
  write(cwd, after);
  const move = (from: string, to: string) => {
    mkdirSync(dirname(join(cwd, to)), { recursive: true });
    renameSync(join(cwd, from), join(cwd, to));
  };
  move('apps/prod/owned.yaml', 'shared/owned.yaml');
  move('apps/prod/travels.yaml', 'apps/dev/travels.yaml');
  commitAll(cwd);
  return cwd;
};

describe.skipIf(chromium === undefined)('the page of a change', () => {
  const { open, pageOf, hindrances } = usePages();
  const opened = async (more: Parameters<typeof open>[1] = {}) => open(await file(), more);
  const file = () => pageOf('change', changed, ['impact', '--since', 'HEAD~1', '--fail-on', 'never']);
  const section = (page: Opened['page'], title: string) => page.locator(`h2:text-is("${title}") + div`);
  const unfold = async (page: Opened['page'], name: string): Promise<string | null> => {
    const line = page.locator('.object-change').filter({ hasText: name }).first();
    await line.locator('summary').focus();
    await page.keyboard.press('Enter');
    return line.locator('pre').textContent();
  };

  it('shows what was deleted, as text', async () => {
    const { page, complaints } = await opened();
    const deleted = section(page, 'What Flux deletes');
    expect(await deleted.locator('strong').allTextContents()).toContain('ConfigMap shop/old');
    expect(await unfold(page, 'ConfigMap shop/old')).toContain(`-  page: ${evil}\n`);
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows a change with its values, and leads to what it became', async () => {
    const { page } = await opened();
    expect(await unfold(page, 'ConfigMap shop/settings')).toBe(
      ' apiVersion: v1\n data:\n   colour: green\n-  replicas: "2"\n+  replicas: "3"\n kind: ConfigMap\n metadata:\n   name: settings\n',
    );
    expect(await page.locator('.object-change pre .goes').allTextContents()).toEqual(['-  replicas: "2"\n']);
    await page.getByRole('link', { name: 'ConfigMap shop/settings' }).click();
    await page.locator('#detail h2').filter({ hasText: 'ConfigMap/shop/settings' }).waitFor();
    expect(await page.locator('.values .text').allTextContents()).toContain('  replicas: "3"');
    expect(new URL(page.url()).hash).toBe(hashOf('object', 'prod/flux-system/apps/ConfigMap/shop/settings'));
    await page.close();
  });

  it('has no secret of either side', async () => {
    const text = readFileSync(await file(), 'utf8');
    expect(text).not.toMatch(/hunter2|Tr0ub4dor|unreached-Passw0rd/);
    const { page } = await opened();
    const login = page.locator('.object-change').filter({ hasText: 'Secret shop/login' });
    expect(await login.textContent()).toContain('/stringData/password (not shown)');
    const holder = await unfold(page, 'ConfigMap shop/holder');
    expect(holder).toContain("   copy: '***'\n-  url: a\n+  url: b\n");
    await page.close();
  });

  it('tells moves from where to where', async () => {
    const { page } = await opened();
    const moves = await section(page, 'Moves').locator('.move').allTextContents();
    expect(moves).toEqual([
      'clusterConfigMap shop/travelsprod → dev',
      'KustomizationConfigMap shop/ownedflux-system/apps → flux-system/sharedon prod',
      'nameConfigMap shop/freshshop/old → shop/freshon prod',
    ]);
    await page.close();
  });

  it('has what check finds anew, and nothing that was there', async () => {
    const { page } = await opened();
    const found = await section(page, 'What check finds after the change, and did not before').locator('.finding').allTextContents();
    expect(found.filter((each) => each.includes('manifest/non-string-label'))).toEqual([
      expect.stringContaining('The label tier is 2, a number. Flux drops all labels of ConfigMap fresh'),
    ]);
    expect(found.filter((each) => each.includes('blast-radius/change-prunes'))).not.toEqual([]);
    expect(await page.locator('#tab-findings').textContent()).toBe(`Findings (${found.length})`);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('hinders nobody: %s', async (colorScheme) => {
    await hindrances(await file(), colorScheme, [
      async (page) => {
        for (const summary of await page.locator('.difference > summary').all()) if (await summary.isVisible()) await summary.click();
      },
    ]);
  });

  it('is unfolded on paper', async () => {
    const { page } = await opened();
    expect(await page.locator('.difference pre').count()).toBe(0);
    await page.pdf();
    expect(await page.locator('.difference pre').count()).toBe(await page.locator('.difference').count());
    expect(await page.locator('.difference[open]').count()).toBeGreaterThan(3);
    await page.close();
  });

  it('is not wider than a telephone, its differences unfolded', async () => {
    const { page } = await opened({ width: 400 });
    await unfold(page, 'ConfigMap shop/old');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    await page.close();
  });
});
