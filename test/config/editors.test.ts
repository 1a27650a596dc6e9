/** What an editor makes of the schema: the real YAML language server, as VS Code and Neovim run it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { openInEditor, type Position } from './language-server.ts';

const schema = pathToFileURL(join(import.meta.dirname, '../../schemas/config.schema.json')).href;
const firstLine = `# yaml-language-server: $schema=${schema}\n`;

/** A text behind the schema's line; `|` is where the cursor stands. */
const open = async (marked: string) => {
  const text = firstLine + marked.replace('|', '');
  const before = (firstLine + marked.slice(0, Math.max(0, marked.indexOf('|')))).split('\n');
  const cursor: Position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { document: await openInEditor(text), cursor };
};

describe('an editor marks', () => {
  it.each([
    ['an unknown key', 'clustrs: []\n', 'Property clustrs is not allowed.'],
    ['a mistyped rule', 'rules:\n  build/empti: off\n', 'Property build/empti is not allowed.'],
    ['a mistyped category', 'rules:\n  biuld/empty: off\n', 'Property biuld/empty is not allowed.'],
    ['a wrong severity', 'rules:\n  build/empty: fatal\n', 'Value is not accepted. Valid values: "off", "info", "warning", "error".'],
    ['an unknown option', 'rules:\n  blast-radius/shared-base: [error, { clusters: 3 }]\n', 'Property clusters is not allowed.'],
    ['a wrong option', 'rules:\n  blast-radius/shared-base: [error, { minClusters: 1 }]\n', 'Value is below the minimum of 2.'],
  ])('%s', async (_, text, message) => {
    const { document } = await open(text);
    expect((await document.diagnostics()).map((diagnostic) => diagnostic.message)).toEqual([message]);
  });

  it('nothing in a configuration that is right', async () => {
    const text =
      'extends: strict\nplugins: ["./rules.js"]\nrules:\n  acme/missing-owner: off\n  blast-radius/shared-base: [error, { minClusters: 3 }]\n';
    expect(await (await open(text)).document.diagnostics()).toEqual([]);
  });
});

describe('an editor completes', () => {
  const labels = async (marked: string): Promise<readonly string[]> => {
    const { document, cursor } = await open(marked);
    return (await document.complete(cursor)).map(({ label }) => label);
  };

  it('the keys at the top', async () => {
    expect(await labels('|\n')).toEqual(expect.arrayContaining(['root', 'clusters', 'environments', 'rules', 'expressions']));
  });

  it('every rule, with its summary', async () => {
    const { document, cursor } = await open('rules:\n  |\n');
    const items = new Map((await document.complete(cursor)).map((item) => [item.label, item] as const));
    for (const { id, summary, severity } of rules) {
      expect(JSON.stringify(items.get(id)?.documentation), id).toContain(JSON.stringify(summary.replaceAll('`', '')).slice(1, -1));
      expect(items.get(id)?.insertText).toBe(`${id}: \${1:${severity}}`);
    }
  });

  it('severities', async () => {
    const inserted = (await labels('rules:\n  build/empty: |\n')).map((label) => label.replaceAll('"', ''));
    expect(inserted.sort()).toEqual(['error', 'info', 'off', 'warning']);
  });

  it.each(['rules:\n  blast-radius/shared-base:\n    - error\n    - |\n', 'rules:\n  blast-radius/shared-base: [error, { min| }]\n'])(
    "a rule's options: %j",
    async (text) => {
      expect(await labels(text)).toEqual(['minClusters']);
    },
  );
});

describe('an editor explains', () => {
  it.each([
    ['ext|ends: strict\n', 'strict reports as warnings what recommended reports as infos.'],
    [
      'rules:\n  build/em|pty: off\n',
      'A Kustomization builds to nothing. https://github.com/flux-lint/flux-lint/blob/main/docs/rules/build/empty.md',
    ],
    ['rules:\n  blast-radius/shared-base: [error, { minCl|usters: 3 }]\n', 'Report bases that at least so many clusters build from.'],
  ])('%j', async (marked, description) => {
    const { document, cursor } = await open(marked);
    expect(await document.hover(cursor)).toContain(description);
  });
});
