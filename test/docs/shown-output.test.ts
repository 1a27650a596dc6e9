/** What the README shows is what the command prints. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { runMain } from '../cli/run-main.ts';
import { removeDirectory, repositoryFrom } from '../git-repository.ts';
import { commandLinesOf, type Snippet, snippetsOf } from './snippets.ts';

const outage = 'fixtures/repos/monorepo-outage';

/** As a terminal of a hundred columns without colours shows it. */
const printed = async (argv: readonly string[], cwd: string): Promise<string> => {
  const { stdout } = await runMain(argv, { cwd, isTTY: true, columns: 100, env: { NO_COLOR: '1' } }, { analyze: async () => analyze });
  return stdout;
};

/** A block that shows this command: its arguments, and what it prints. */
const shown = (command: string): { readonly argv: readonly string[]; readonly output: string } => {
  const isMeant = ({ text }: Snippet) => text.startsWith(`$ npx flux-lint ${command} `);
  const [block, ...others] = snippetsOf('README.md').filter(isMeant);
  const [line] = block === undefined ? [] : commandLinesOf(block);
  if (block === undefined || line === undefined || others.length > 0) throw new Error(`the README shows "${command}" never or twice`);
  return { argv: line.argv, output: block.text.slice(block.text.indexOf('\n') + 1) };
};

it('the outage is told as it is', async () => {
  const { argv, output } = shown('check');
  expect(await printed(argv, process.cwd())).toBe(output);
});

it('the impact of repairing it is told as it is', async () => {
  const root = repositoryFrom(outage);
  onTestFinished(() => removeDirectory(root));
  edit(join(root, 'clusters/prod-db-01/kustomization.yaml'), '  - ../../apps/fluent-bit/overlays/dev\n', '');
  edit(join(root, 'apps/fluent-bit/base/daemonset.yaml'), 'cpu: 50m', 'cpu: 80m');

  const { argv, output } = shown('impact');
  expect(withoutIds(await printed(argv, root))).toBe(withoutIds(output));
});

const edit = (path: string, from: string, to: string): void => {
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
};

/** The commit is another one in every run. */
const withoutIds = (text: string): string => text.replace(/\b[0-9a-f]{12}\b/g, 'COMMIT');
