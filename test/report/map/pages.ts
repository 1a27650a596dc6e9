/** Pages made of repositories and opened in a real browser, for the tests of a file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium as driver, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { analyze } from '../../../src/analyze.ts';
import { chromium } from '../../browser.ts';
import { runMain } from '../../cli/run-main.ts';
import type { Texts } from '../../fixture.ts';
import { newDirectory, removeDirectory, repositoryOf } from '../../git-repository.ts';

export const outage = join(import.meta.dirname, '../../../fixtures/repos/monorepo-outage');

export interface Opened {
  readonly page: Page;
  /** What the console said, exceptions, and requests of anything but the page. */
  readonly complaints: readonly string[];
}

export interface OpenOptions {
  readonly hash?: string;
  readonly width?: number;
  readonly colorScheme?: 'dark' | 'light';
}

/** One browser and one directory for the tests of a file; each page is made once. */
export const usePages = () => {
  const directory = newDirectory();
  let browser: Browser;
  beforeAll(async () => {
    browser = await driver.launch({ executablePath: chromium ?? '', args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    removeDirectory(directory);
  });

  const pages = new Map<string, string>();
  const pageOf = async (name: string, cwd: () => string, argv: readonly string[]): Promise<string> => {
    const known = pages.get(name);
    if (known !== undefined) return known;
    const { stdout } = await runMain([...argv, '--format', 'html'], { cwd: cwd() }, { analyze: async () => analyze });
    const file = join(directory, `${name}.html`);
    writeFileSync(file, stdout);
    pages.set(name, file);
    return file;
  };

  const open = async (file: string, { hash = '', width = 1200, colorScheme = 'light' }: OpenOptions = {}): Promise<Opened> => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme, bypassCSP: false });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const url = pathToFileURL(file).href;
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(`${url}${hash}`);
    return { page, complaints };
  };

  /** What hinders somebody in the steps of a page, by axe. */
  const hindrances = async (
    file: string,
    colorScheme: 'dark' | 'light',
    steps: readonly ((page: Page) => Promise<void>)[],
  ): Promise<void> => {
    const context = await browser.newContext({ bypassCSP: true, colorScheme });
    const page = await context.newPage();
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(axe);
    for (const step of steps) {
      await step(page);
      const violations = await page.evaluate<string[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`))',
      );
      expect(
        violations.filter((each) => /^(serious|critical)/.test(each)),
        String(step),
      ).toEqual([]);
    }
    await context.close();
  };

  return {
    pageOf,
    open,
    hindrances,
    fleet: (name: string, texts: Texts, more: readonly string[] = []) =>
      pageOf(name, () => repositoryOf(texts), ['check', '--fail-on', 'never', ...more]),
    outagePage: () => pageOf('outage', () => outage, ['check', '--fail-on', 'never']),
  };
};

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** An address of the page. */
export const hashOf = (what: string, value: string): string => `#${what}=${encodeURIComponent(value)}`;
