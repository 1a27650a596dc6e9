/** Markdown as a forge renders it: no name that a stranger gave becomes a link, an image, a mention, markup or HTML. */
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { code, escaped } from '../../src/report/markdown-text.ts';
import type { Texts } from '../fixture.ts';
import { changeOf } from '../fuzz/histories.ts';

const names: readonly string[] = [
  ...['@octocat', '@acme/platform', 'x @octocat', '#1', 'GH-1', 'acme/shop#1', '!1', '~bug', '%1', '$1', '&1', '~1'],
  ...['https://evil.example.com', 'www.evil.example.com', 'ftp://evil.example.com/x', '<https://evil.example.com>', 'mailto:a'],
  ...['[a](https://evil.example.com)', '![a](https://evil.example.com/x.png)', '[a][b]', '[a]: https://evil.example.com', '[^1]'],
  ...[
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<b>',
    '</details>',
    '<!-- a',
    '<details open>',
    '&lt;b&gt;',
    '&#64;octocat',
  ],
  ...['**bold**', '__bold__', '*a*', '_a_', '~~a~~', '`a`', '``', '`', '\\`a', '\\', 'a\\|b', 'a | b', '| a |', '|', '$`a`$', '$$a$$'],
  ...['# title', '- item', '* item', '+ item', '1. item', '> quote', '---', '===', '```', '~~~', '    code', '\n\n# title', '\n```\n<b>\n'],
  ...['- [ ] task', ':smile:', 'a\u202eb', 'a\u200bb', '\u001b[2J', '\r', '\ud800', '--', ':::', '> [!NOTE]', '{{ a }}', 'a@sha256:0123'],
];

/** Elements, and the targets of links and images. */
const elements = (markdown: string): readonly string[] =>
  [...marked.parse(markdown, { gfm: true, async: false }).matchAll(/<(\/?[a-z][\w-]*)((?:\s[^>]*)?)>/gi)].map(
    ([, tag = '', attributes = '']) => `${tag.toLowerCase()}${/\b(?:href|src)="([^"]*)"/.exec(attributes)?.[1] ?? ''}`,
  );

/** What a forge looks for once markup is read: outside of code, in the text alone. */
const references = (markdown: string): readonly string[] => {
  const text = marked
    .parse(markdown, { gfm: true, async: false })
    .replace(/<code[^>]*>[\s\S]*?<\/code>/g, ' ')
    .replace(/<a [^>]*>[\s\S]*?<\/a>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(x?)([\da-f]+);/gi, (_, hex, digits) => String.fromCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)))
    .replace(/&(lt|gt|amp|quot);/g, (_, name) => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[String(name)] ?? '');
  return [...text.matchAll(/(?<![\w.])@\w+|[#!$%&~]\d+|~\w+|\bGH-\d+|\bwww\.\w|\b\w+:\/\/\w/g)].map(([found]) => found);
};

describe.each(names)('%j', (name) => {
  it('is text where it stands in a sentence', () => {
    expect(elements(`a ${escaped(name)} b`)).toEqual(elements('a name b'));
    expect(references(`a ${escaped(name)} b`)).toEqual([]);
  });

  it('is text in code and in a table', () => {
    for (const around of [(text: string) => `a ${text} b`, (text: string) => `| a | b |\n| --- | --- |\n| ${text} | x |\n`]) {
      expect(elements(around(code(name)))).toEqual(elements(around('`name`')));
      expect(references(around(code(name)))).toEqual([]);
    }
    const row = (text: string) => `| a | b |\n| --- | --- |\n| ${text} | x |\n`;
    expect(elements(row(escaped(name)))).toEqual(elements(row('name')));
  });
});

/** A change of a fleet in which everything that can have a name has this one. */
const fleet = (name: string, version: string): Texts => {
  const text = JSON.stringify(name);
  return {
    'clusters/production/flux-system/gotk-sync.yaml': '# written by flux bootstrap\n',
    'clusters/production/sync.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${text}, namespace: ${text}, labels: { ${text}: ${text} } }
spec:
  interval: 10m
  prune: true
  path: ${JSON.stringify(`apps/${name.replaceAll('/', '')}`)}
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
  dependsOn: [{ name: ${text} }, { name: ${JSON.stringify(`${name}-other`)} }]
  postBuild: { substitute: { a: ${text} } }
`,
    [`apps/${name.replaceAll('/', '')}/kustomization.yaml`]: `resources: [config.yaml, ${JSON.stringify(`${name}.yaml`)}]\n`,
    [`apps/${name.replaceAll('/', '')}/config.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${text}, namespace: ${text} }\ndata: { a: ${text}, b: "\${${name.replaceAll(/["\\]/g, '')}}", v: ${version} }\n`,
  };
};

describe.each(names.filter((name) => !/[\0\ud800]/.test(name)))('a fleet in which everything is called %j', (name) => {
  const { told } = changeOf(fleet(name, '1'), fleet(name, '2'));
  it.each(told.filter(({ by }) => by.endsWith('markdown')))('has no markup of its own in $by', ({ text }) => {
    const own = ['https://github.com/flux-lint/', 'https://flux-lint'];
    const found = elements(text);
    expect(found.filter((tag) => /^(img|script|i|input|iframe|svg|style|h[4-6]|pre|blockquote)\b/.test(tag))).toEqual([]);
    // The headings of rules are bold, and what is folded ends where it should.
    expect(found.filter((tag, index) => tag === 'b' && found[index - 1] !== 'summary')).toEqual([]);
    expect(found.filter((tag) => tag === 'details')).toHaveLength(found.filter((tag) => tag === '/details').length);
    expect(found.filter((tag) => tag.startsWith('a') && tag.length > 1 && !own.some((start) => tag.startsWith(`a${start}`)))).toEqual([]);
    expect(references(text)).toEqual([]);
  });
});
