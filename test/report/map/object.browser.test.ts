/** Effective objects on the page, in a real browser: their lines, who wrote each, and where a click leads. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MapData } from '../../../src/report/map/map-shape.ts';
import { chromium } from '../../browser.ts';
import { runMain } from '../../cli/run-main.ts';
import { generatedFleet } from './generated-fleet.ts';
import { hashOf, type Opened, outage, usePages } from './pages.ts';

type Page = Opened['page'];

const dataOf = (file: string): MapData => JSON.parse(/id="data">(.*?)<\/script>/s.exec(readFileSync(file, 'utf8'))?.[1] ?? '{}');
const linesOf = (page: Page) => page.locator('.values .text').allTextContents();
const grafana = hashOf('object', 'prod-us-east-1/flux-system/apps/HelmRelease/grafana/grafana');

const sync = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }
`;
const config = 'clusters: [{ name: prod, path: clusters/prod, environment: production }]\n';
const small = (texts: Readonly<Record<string, string>>) => ({ '.flux-lint.yaml': config, 'clusters/prod/sync.yaml': sync, ...texts });

describe.skipIf(chromium === undefined)('an object on the page', () => {
  const { open, fleet, hindrances, outagePage, pageOf } = usePages();

  it('is what build prints, each line with its origin', async () => {
    const { page, complaints } = await open(await outagePage());
    const owner = ['prod-us-east-1', 'flux-system/apps'] as const;
    const { stdout } = await runMain(['build', owner[0], '--kustomization', owner[1], '--origins'], { cwd: outage });
    const documents = stdout.trimEnd().split('\n---\n');
    await page.locator('#tab-tree').click();
    const block = page.locator('details').filter({ has: page.locator(`strong:text-is("${owner[0]}")`) });
    await block.locator('summary').first().click();
    await block.locator('details').filter({ hasText: owner[1] }).locator('summary').click();
    const rows = block.locator('details a[href^="#object="]');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(documents.length);
    for (const [index, document] of documents.entries()) {
      await rows.nth(index).click();
      await page
        .locator('#detail h2')
        .filter({ hasText: (await rows.nth(index).textContent()) ?? '' })
        .waitFor();
      const titles = await page.locator('.values .line').evaluateAll((lines) => lines.map((line) => line.getAttribute('title') ?? ''));
      const shown = (await linesOf(page)).map((text, line) => [text, titles[line]?.split('\n')[0]?.replace('written at ', '')]);
      const built = document.split('\n').map((line, at) => {
        const [, text = line, place = shown[at]?.[1]] = /^(.*) # (\S+:\d+)$/.exec(line) ?? [];
        return [text, place];
      });
      expect(shown).toEqual(built);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says on hover and to the keyboard who wrote a line', async () => {
    const { page } = await open(await outagePage(), { hash: grafana });
    const origin = page.locator('.origin');
    const line = (text: string) => page.locator('.values .line').filter({ hasText: text });
    await line('replicas: 2').hover();
    expect(await origin.textContent()).toMatch(
      /^written at apps\/overlays\/prod\/grafana-values\.yaml:\d+patched by apps\/overlays\/prod\/kustomization\.yaml:8 \(patches\)$/,
    );
    // What scrolls below the mouse that rests does not say so.
    await line('apiVersion').focus();
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    expect(await origin.textContent()).toContain('written at apps/base/grafana/release.yaml:1');
    await page.keyboard.press('End');
    expect(await origin.textContent()).toContain('apps/overlays/prod/grafana-values.yaml');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate<string>('document.activeElement.innerText')).toMatch(/^kind: HelmRelease/);
    expect(await page.locator('.values [tabindex="0"]').count()).toBe(1);
    await page.close();
  });

  it('copies the place of a line where no link was asked for', async () => {
    const { page, complaints } = await open(await outagePage(), { hash: grafana });
    await page.locator('.values .line').filter({ hasText: 'kind: HelmRelease' }).click();
    await page.locator('#said').filter({ hasText: 'copied' }).waitFor();
    expect(await page.locator('#said').textContent()).toBe('copied apps/base/grafana/release.yaml:2');
    expect(await page.locator('a[href^="http"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each([
    [
      'https://git.example.com/acme/fleet/src/main/{path}#L{line}',
      'https://git.example.com/acme/fleet/src/main/apps/base/grafana/release.yaml#L2',
    ],
    ['vscode', 'vscode://file/home/me/fleet/apps/base/grafana/release.yaml:2'],
  ])('leads to its files: %s', async (link, expected) => {
    const file = await pageOf(`linked ${link.slice(0, 5)}`.replace(':', ''), () => outage, ['check', '--fail-on', 'never', '--link', link]);
    const { page } = await open(file, { hash: grafana });
    const line = page.locator('.values .line').filter({ hasText: 'kind: HelmRelease' });
    const href = (await line.getAttribute('href')) ?? '';
    expect(link === 'vscode' ? href.replace(new URL(`file:${outage}`).pathname, '/home/me/fleet') : href).toBe(expected);
    await page.close();
  });

  it('whose name two objects have is shown with the other', async () => {
    const service = (group: string) => `apiVersion: ${group}\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: {}\n`;
    const texts = small({
      'apps/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
      'apps/a.yaml': service('v1'),
      'apps/b.yaml': service('serving.knative.dev/v1'),
    });
    const { page } = await open(await fleet('twins', texts), { hash: hashOf('object', 'prod/flux-system/apps/Service/shop/web') });
    expect(await page.locator('.values li:first-child .text').allTextContents()).toEqual([
      'apiVersion: v1',
      'apiVersion: serving.knative.dev/v1',
    ]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('hinders nobody: %s', async (colorScheme) => {
    await hindrances(await outagePage(), colorScheme, [
      async (page) => {
        await page.evaluate(`location.hash = ${JSON.stringify(grafana)}`);
        await page.locator('.values .line').first().focus();
      },
    ]);
  });

  it('has a line for each place on paper, and nothing wider than a telephone', async () => {
    const { page } = await open(await outagePage(), { hash: grafana, width: 400 });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    expect(await page.locator('.origin').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.origin').isVisible()).toBe(false);
    expect(await page.locator('.values .place').filter({ hasText: 'grafana/release.yaml:1' }).isVisible()).toBe(true);
    await page.close();
  });

  it('has no secret, and no link but to the web and the editor', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const path = 'apps/javascript:alert(2)/a b#?.yaml';
    const texts = small({
      'apps/kustomization.yaml': `resources: [${JSON.stringify(path.slice(5))}]\n`,
      [path]: `apiVersion: v1
kind: ConfigMap
metadata: { name: page, namespace: shop }
data:
  html: ${JSON.stringify(`${evil}\n</script><script>alert(3)</script>`)}
  link: "javascript:alert(4)"
  copy: hunter2-Hunter
  borrowed: Tr0ub4dor-and-3
---
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
stringData: { password: hunter2-Hunter }
`,
      // No cluster gets it: it is as secret as the others.
      'unused/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: other }\nstringData: { password: Tr0ub4dor-and-3 }\n',
    });
    const file = await fleet('hostile objects', texts, ['--link', 'https://git.example.com/{path}?line={line}']);
    expect(readFileSync(file, 'utf8')).not.toMatch(/hunter2|Tr0ub4dor/);
    const { page, complaints } = await open(file, { hash: hashOf('object', 'prod/flux-system/apps/ConfigMap/shop/page') });
    const lines = await linesOf(page);
    expect(lines).toContain(`    ${evil}`);
    expect(lines).toContain('  link: javascript:alert(4)');
    expect(lines).toContain("  copy: '***'");
    const addresses = await page.locator('#detail a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(addresses.filter((each) => !each.startsWith('#'))).toContain(
      'https://git.example.com/apps/javascript%3Aalert(2)/a%20b%23%3F.yaml?line=1',
    );
    expect(addresses.filter((each) => !/^(#|https:\/\/git\.example\.com\/)/.test(each))).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(['javascript:alert(1)//{path}', 'data:text/html,{path}', 'file:///{path}', 'ssh://host/{path}'])(
    'is no link where the page was made with %s',
    async (link) => {
      const file = await outagePage();
      const { page, complaints } = await open(file);
      await page.route('**/*', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: readFileSync(file, 'utf8').replace('"version":1', `"version":1,"link":${JSON.stringify(link)}`),
        }),
      );
      await page.goto(`http://127.0.0.1/${grafana}`);
      expect(await page.locator('.values .line').count()).toBeGreaterThan(20);
      expect(await page.locator('.values a, #detail a.file').count()).toBe(0);
      expect(complaints.filter((each) => !each.startsWith('request: http://127.0.0.1/'))).toEqual([]);
      await page.close();
    },
  );

  it('is found by what it is called and where it stands, and by no number of the page', async () => {
    const { page } = await open(await outagePage());
    await page.locator('#tab-tree').click();
    await page.locator('#search').fill('grafana/release.yaml');
    expect(await page.locator('#view summary strong').allTextContents()).toEqual(['prod-us-east-1', 'staging-eu-west-1']);
    await page.locator('#search').fill('\t1');
    expect(await page.locator('#view summary').count()).toBe(0);
    await page.close();
  });

  it('that has no room is told with its command, and those with findings have it first', async () => {
    const long = (name: string, seed: number, labels = '') =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${labels} }\ndata:\n${Array.from({ length: 4500 }, (_, line) => `  k${line}: "${line * seed}-${'x'.repeat(50)}"\n`).join('')}`;
    const texts = {
      ...generatedFleet(4, 40),
      'apps/app-7/base/settings.yaml': long('app-7', 7919),
      'apps/app-39/base/settings.yaml': long('app-39', 7907, ', labels: { tier: 1 }'),
    };
    const file = await fleet('no room', texts);
    const { values, findings, clusters } = dataOf(file);
    expect(findings.map(({ at }) => at)).toContain('apps/app-39/base/settings.yaml:3');
    expect(values?.left).toBe(4);
    const withoutValues = clusters.flatMap(({ kustomizations }) =>
      kustomizations.flatMap(({ objects }) => objects.filter((object) => object.endsWith('\t')).map((object) => object.split('\t')[0])),
    );
    expect(withoutValues).toEqual(Array.from({ length: 4 }, () => 'ConfigMap/app-7/app-7'));
    expect(readFileSync(file).length).toBeLessThan(1_000_000);
    const { page } = await open(file, { hash: hashOf('object', 'dev-00/flux-system/app-7/ConfigMap/app-7/app-7') });
    expect(await page.locator('#detail').textContent()).toContain('flux-lint build dev-00 --kustomization flux-system/app-7 --origins');
    expect(await page.locator('#about').textContent()).toContain('without the values of 4 objects, which flux-lint build prints');
    await page.close();
  });

  it('that is generated and has no room is told with the command of its cluster', async () => {
    const data = Array.from({ length: 9000 }, (_, line) => `        k${line}: "${line * 7919}-${'x'.repeat(40)}"\n`).join('');
    const set = `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: shops, namespace: flux-system }
spec:
  inputs: [{ id: a }]
  resources:
    - apiVersion: v1
      kind: ConfigMap
      metadata: { name: "c-<< inputs.id >>", namespace: shop }
      data:
${data}`;
    const file = await fleet('generated', small({ 'apps/kustomization.yaml': 'resources: [set.yaml]\n', 'apps/set.yaml': set }));
    const { page } = await open(file, { hash: hashOf('object', 'prod/flux-system/apps/ConfigMap/shop/c-a') });
    expect(await page.locator('#detail code').last().textContent()).toBe('flux-lint build prod --origins');
    await page.close();
  });
});
