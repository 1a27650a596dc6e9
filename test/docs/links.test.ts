/** Every link to a file of this repository leads somewhere, and every anchor to a heading. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const linking: readonly string[] = [
  ...['README.md', 'CONTRIBUTING.md', 'CODE_OF_CONDUCT.md', 'CHANGELOG.md', 'schemas/README.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

const proseOf = (page: string): string => readFileSync(page, 'utf8').replace(/^( *)```.*?^\1```$/gms, '');

const linksOf = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => (/^[a-z]+:/.test(target) ? [] : [target]));

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): readonly string[] =>
  [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Undefined: it leads somewhere. */
const brokenBy = (page: string, link: string): string | undefined => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(target)) return `${page}: ${link}: there is no ${target}`;
  return anchor === undefined || anchorsOf(target).includes(anchor) ? undefined : `${page}: ${link}: no heading of ${target}`;
};

it('lead somewhere', () => {
  const links = linking.flatMap((page) => linksOf(page).map((link) => ({ page, link })));
  expect(links.length).toBeGreaterThan(150);
  expect(links.flatMap(({ page, link }) => brokenBy(page, link) ?? [])).toEqual([]);
});

it('are told apart from those that do not', () => {
  expect(brokenBy('docs/ci.md', 'no-such.md')).toContain('there is no docs/no-such.md');
  expect(brokenBy('README.md', 'docs/ci.md#no-such')).toContain('no heading of docs/ci.md');
  expect(brokenBy('README.md', 'docs/ci.md#pull-requests')).toBeUndefined();
});
