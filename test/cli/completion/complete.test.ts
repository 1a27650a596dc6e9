/** What a shell is offered. */
import { describe, expect, it } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { complete } from '../../../src/cli/completion/complete.ts';
import { completionTable } from '../../../src/cli/completion/completion-table.ts';
import { runMain } from '../run-main.ts';

const offered = (...words: string[]) => {
  const { candidates, directive } = complete({ table: completionTable, words, revisions: () => ['main', 'v1.4', 'v1.5'] });
  return { words: candidates.map(({ word }) => word), directive };
};

const [files, noFiles, noSpace, directories] = [0, 4, 6, 16];

it.each<[line: string, words: readonly string[], directive: number | undefined]>([
  ['ch', ['check'], files],
  ['clusters/pr', [], files],
  ['clusters/a clusters/b', [], files],
  ['check ', [], files],
  ['check --form', ['--format'], noFiles],
  ['--form', ['--format'], noFiles],
  ['check --format s', ['sarif'], noFiles],
  ['check --format=s', ['sarif'], noFiles],
  ['--format sarif ch', ['check'], files],
  ['graph --format ', ['tree', 'json', 'dot', 'mermaid'], noFiles],
  ['check --fail-on ', ['error', 'warning', 'info', 'never'], noFiles],
  ['check --no', ['--no-trust-config', '--no-plugins', '--no-report-unused-suppressions', '--no-color'], noFiles],
  ['check --quiet --qui', [], noFiles],
  ['check --only=a/b --onl', ['--only'], noFiles],
  ['check --output ', [], files],
  ['check --root ', [], directories],
  ['build --kustomize ', [], directories],
  ['build --load-restrictor LoadRestrictionsR', ['LoadRestrictionsRootOnly'], noFiles],
  ['check --max-warnings ', [], noFiles],
  ['check --cluster ', [], noFiles],
  ['check --only references/unknown-dep', ['references/unknown-dependency'], noFiles],
  ['check --rule references/unknown-dep', ['references/unknown-dependency='], noSpace],
  [
    'check --rule references/unknown-dependency=',
    ['off', 'error', 'warning', 'info'].map((s) => `references/unknown-dependency=${s}`),
    noFiles,
  ],
  ['check --rule=references/unknown-dependency=w', ['references/unknown-dependency=warning'], noFiles],
  ['explain references/unknown-dep', ['references/unknown-dependency'], noFiles],
  ['explain references/unknown-dependency ', [], noFiles],
  ['impact --since v', ['v1.4', 'v1.5'], noFiles],
  ['impact --since v1.4..v', ['v1.4..v1.4', 'v1.4..v1.5'], noFiles],
  ['impact ', [], noFiles],
  ['why ', [], files],
  ['completion ', ['bash', 'zsh', 'fish'], noFiles],
  ['check -- --form', [], files],
])('%j', (line, words, directive) => {
  expect(offered(...line.split(' '))).toEqual({ words, directive });
});

it('offers every command and every rule', async () => {
  const { stdout } = await runMain(['--help']);
  const [, names = ''] = /^Commands:\n([\s\S]*?)\n\n/m.exec(stdout) ?? [];
  const listed = [...names.matchAll(/^ {2}flux-lint (\S+)/gm)].map(([, name]) => name);
  expect(listed.length).toBeGreaterThan(7);
  expect(offered('').words).toEqual(listed);
  expect(offered('explain', '').words).toEqual(rules.map(({ id }) => id));
});

it.each(completionTable.commands.map(({ word }) => word))('offers every option of %s', async (command) => {
  const { stdout } = await runMain([command, '--help']);
  const listed = [...stdout.matchAll(/^ {2}(?:-[a-z], | {4})(--[a-z-]+)/gm)]
    .map(([, option]) => option)
    .filter((option) => option !== '--version');
  const { words } = offered(command, '--');
  expect(words.filter((word) => !word.startsWith('--no-')).toSorted()).toEqual(listed.toSorted());
});

describe('the protocol', () => {
  it('is that of cobra', async () => {
    expect(await runMain(['__complete', 'check', '--fail'])).toEqual({
      code: 0,
      stdout: '--fail-on\tExit 1 from this severity on: error, warning, info, never\n:4\n',
      stderr: 'Completion ended with directive: ShellCompDirectiveNoFileComp\n',
    });
    expect((await runMain(['__completeNoDesc', 'ch'])).stdout).toBe('check\n:0\n');
    expect((await runMain(['__complete', '--rule', 'x/'])).stderr).toContain('ShellCompDirectiveNoSpace, ShellCompDirectiveNoFileComp');
  });

  it('is nothing that --help tells of', async () => {
    expect((await runMain(['--help'])).stdout).not.toContain('__complete');
  });
});

describe('flux-lint completion', () => {
  it.each(['bash', 'zsh', 'fish'])('prints the script of %s, named or used', async (shell) => {
    const named = await runMain(['completion', shell]);
    expect(named.stdout).toContain(`flux-lint for ${shell}`);
    expect(await runMain(['completion'], { env: { SHELL: `/usr/local/bin/${shell}` } })).toEqual(named);
  });

  it('asks for a shell that it knows', async () => {
    expect(await runMain(['completion'], { env: { SHELL: '/bin/dash' } })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'flux-lint: the shell is not known. Name it: bash, zsh, fish.\n',
    });
    expect((await runMain(['completion', 'powershell'])).stderr).toContain('the shell cannot be "powershell"');
  });
});
