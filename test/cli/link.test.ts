import { sep } from 'node:path';
import { expect, it } from 'vitest';
import { linkOf } from '../../src/cli/link.ts';
import { runMain } from './run-main.ts';

const at = (given: string | undefined, env: Readonly<Record<string, string>> = {}, about = { root: '.', folder: '' }) =>
  linkOf(given, { env, cwd: `${sep}home${sep}me${sep}my fleet` })(about);

it('is nothing where nothing was asked for, whatever the CI knows', () => {
  expect(at(undefined, { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/fleet', GITHUB_SHA: 'abc' })).toBeUndefined();
});

it('is the address that was given', () => {
  const address = 'https://github.com/acme/fleet/blob/main/gitops/{path}#L{line}';
  expect(at(address)).toBe(address);
});

it('knows the editor and two forges', () => {
  expect(at('vscode', {}, { root: 'gitops', folder: 'gitops' })).toBe('vscode://file/home/me/my%20fleet/gitops/{path}:{line}');
  const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/fleet', GITHUB_SHA: 'abc123' };
  expect(at('github', github)).toBe('https://github.com/acme/fleet/blob/abc123/{path}#L{line}');
  expect(at('github', github, { root: '.', folder: 'git ops/fleet' })).toBe(
    'https://github.com/acme/fleet/blob/abc123/git%20ops/fleet/{path}#L{line}',
  );
  const gitlab = { CI_PROJECT_URL: 'https://gitlab.example.com/acme/fleet', CI_COMMIT_SHA: 'abc123' };
  expect(at('gitlab', gitlab)).toBe('https://gitlab.example.com/acme/fleet/-/blob/abc123/{path}#L{line}');
});

it('guesses no repository', () => {
  expect(() => at('github', { GITHUB_SERVER_URL: 'https://github.com' })).toThrow(
    '--link github is for its CI, which sets GITHUB_REPOSITORY',
  );
  expect(() => at('gitlab')).toThrow('CI_PROJECT_URL');
});

it.each([
  'javascript:alert(1)//{path}',
  'data:text/html,{path}',
  'file:///{path}',
  'ssh://git.example.com/{path}',
  'https://{path}',
  'https://git.example.com{path}',
  'https://user:password@git.example.com/{path}',
  'https://git.example.com/no-place',
  'https://git.example.com/a b/{path}',
  'vscode://extension/{path}',
  'https://git.example.com\\{path}',
  '',
])('refuses %j', (link) => {
  expect(() => at(link)).toThrow('--link cannot be');
});

it.each(['check', 'map', 'impact'])('is refused before %s begins', async (command) => {
  const { code, stderr } = await runMain([command, '--link', 'javascript:{path}']);
  expect(code).toBe(2);
  expect(stderr).toContain('--link cannot be "javascript:{path}"');
});
