/** Fixes of rules on files that are written in every way there is: what no fix touches is byte for byte what it was. */
import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../../src/files/memory.ts';
import { applyFixes } from '../../../src/lint/fix/apply-fixes.ts';
import { asWritten, isFaithful } from '../../../src/lint/fix/faithful.ts';
import { fixAll } from '../../../src/lint/fix/fix.ts';
import { lintAll, workspaceOf } from '../../fixture.ts';

const fixed = (path: string, text: string, more: Readonly<Record<string, string>> = {}): string => {
  const workspace = workspaceOf({ ...more, [path]: text });
  const { files, refused } = fixAll(workspace.files, (view) => lintAll({ ...workspace, files: view }), ['safe']);
  expect(refused).toEqual([]);
  return files.find((file) => file.path === path)?.after ?? text;
};

const sync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: https://git.example.com/acme/fleet, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/prod, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const fleet = {
  'clusters/prod/flux-system/sync.yaml': sync,
  '.flux-lint.yaml': 'clusters: [{ name: prod, path: clusters/prod, fluxVersion: "2.8" }]\n',
};

const release = (apiVersion: string, end = '\n') =>
  `apiVersion: ${apiVersion}\nkind: HelmRelease\nmetadata: { name: web, namespace: flux-system } # the shop\nspec:\n  interval: 5m\n  chart: { spec: { chart: web, version: 1.2.3, sourceRef: { kind: HelmRepository, name: web } } }\n`.replaceAll(
    '\n',
    end,
  );

describe('an apiVersion that is gone', () => {
  const old = 'helm.toolkit.fluxcd.io/v2beta1';
  const now = 'helm.toolkit.fluxcd.io/v2';
  it.each([
    ['plain', release(old), release(now)],
    ['in quotes', release(`"${old}"`), release(now)],
    ['a block', release(`|-\n  ${old}`), release(now)],
    ['a block that is folded', release(`>-\n  ${old}`), release(now)],
    ['with an anchor', release(`&v ${old}`), release(`&v ${now}`)],
    ['with a comment', release(`${old} # old`), release(`${now} # old`)],
    ['CRLF', release(old, '\r\n'), release(now, '\r\n')],
    ['a block with CRLF', release(`|-\n  ${old}`, '\r\n'), release(now, '\r\n')],
    ['a byte-order mark', `\ufeff${release(old)}`, `\ufeff${release(now)}`],
  ])('%s', (_, before, after) => {
    expect(fixed('clusters/prod/web.yaml', before, fleet)).toBe(after);
  });
});

describe('a field of a kustomization that has another name', () => {
  it.each([
    ['\n', '\n'],
    ['\r\n', '\r\n'],
  ])('keeps the ends of its lines: %j', (end) => {
    const text = ['resources:', '  - config.yaml', 'commonLabels:', '  tier: gold', ''].join(end);
    const apps = sync
      .slice(sync.indexOf('---') + 4)
      .replaceAll('name: flux-system, namespace', 'name: apps, namespace')
      .replace('./clusters/prod', './apps');
    const after = fixed('apps/kustomization.yaml', text, {
      'clusters/prod/apps.yaml': apps,
      'apps/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\n',
      ...fleet,
    });
    expect(after).toContain('labels:');
    expect(after.split('\n').length - 1).toBe(end === '\n' ? after.split('\n').length - 1 : after.split('\r\n').length - 1);
    if (end === '\n') expect(after).not.toContain('\r');
  });
});

describe('a text after its fixes', () => {
  const text = 'a: 1\nb: [x, y]\nc: |\n  block\nd: 2\n';
  it.each([
    ['a value', [[3, 4, '7']], true],
    ['a key', [[0, 1, 'e']], true],
    ['a new field behind the last one', [[text.length, text.length, 'e: 3\n']], true],
    ['an item', [[9, 10, 'z']], true],
    ['no YAML', [[3, 4, '"']], false],
    ['another document', [[5, 5, '---\n']], false],
    ['the next key', [[3, 5, '7']], false],
    ['the end of a block', [[18, 28, 'block']], false],
  ] as const)('%s: %j is faithful: %s', (_, edits, expected) => {
    const changes = edits.map(([start, end, inserted]) => ({ range: [start, end] as const, text: inserted }));
    const after = changes.reduceRight(
      (made, { range: [start, end], text: inserted }) => made.slice(0, start) + inserted + made.slice(end),
      text,
    );
    expect(isFaithful(text, after, changes)).toBe(expected);
  });

  it('is left alone where it is not, and the other files are mended', () => {
    const edit = (path: string, start: number, end: number, inserted: string) => ({ path, range: [start, end] as const, text: inserted });
    const fix = (...edits: readonly ReturnType<typeof edit>[]) => ({ fix: { description: 'mend', safety: 'safe', edits } as const });
    const files = memoryFiles({ 'a.yaml': text, 'b.yaml': text });
    const applied = applyFixes([fix(edit('a.yaml', 3, 5, '7')), fix(edit('b.yaml', 3, 4, '7'))], (path) => files.file(path)?.text, [
      'safe',
    ]);
    expect(applied).toEqual({ texts: { 'b.yaml': text.replace('1', '7') }, count: 1, refused: ['a.yaml'] });
  });
});

it.each([
  ['a: |-\n  x\nb: 1\n', 3, 9, 'y', 'a: y\nb: 1\n'],
  ['a: |-\r\n  x\r\nb: 1\r\n', 3, 12, 'y', 'a: y\r\nb: 1\r\n'],
  ['a: 1\r\nb: 2', 10, 10, '\nc: 3', 'a: 1\r\nb: 2\r\nc: 3'],
  ['a: 1\nb: 2\n', 5, 10, '', 'a: 1\n'],
])('%j is written as its file is', (source, start, end, text, after) => {
  const edit = asWritten({ span: { path: 'a.yaml', start, end }, text }, source);
  expect(source.slice(0, edit.span.start) + edit.text + source.slice(edit.span.end)).toBe(after);
});
