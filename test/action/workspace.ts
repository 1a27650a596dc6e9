import { cpSync } from 'node:fs';
import { git, makeRepository, write } from '../git-repository.ts';

/** A checkout of a fixture, as actions/checkout leaves it: one commit, and further files on top of it. */
export const checkOut = (fixture: string, workspace: string, files: Readonly<Record<string, string>> = {}): string => {
  cpSync(fixture, workspace, { recursive: true });
  makeRepository(workspace);
  write(workspace, files);
  git(workspace, 'add', '--all', '--force');
  git(workspace, 'commit', '--quiet', '--allow-empty', '--message', 'head');
  return workspace;
};
