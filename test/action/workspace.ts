import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A checkout of a fixture, as actions/checkout leaves it: one commit, and further files on top of it. */
export const checkOut = (fixture: string, workspace: string, files: Readonly<Record<string, string>> = {}): string => {
  cpSync(fixture, workspace, { recursive: true });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', workspace, '-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'base');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  git('add', '--all', '--force');
  git('commit', '--quiet', '--allow-empty', '--message', 'head');
  return workspace;
};
