/** Repositories in a temporary directory. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Texts } from './fixture.ts';

export const git = (directory: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

export const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'flux-lint-'));

export const removeDirectory = (directory: string): void => rmSync(directory, { recursive: true, force: true });

export const write = (directory: string, texts: Texts): void => {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
};

export const commitAll = (directory: string, message = 'change'): void => {
  git(directory, 'add', '-A');
  git(directory, 'commit', '-q', '-m', message);
};

/** Makes a directory a repository with one commit of all that is in it. */
export const makeRepository = (directory: string): void => {
  git(directory, 'init', '-q');
  commitAll(directory);
};

/** A repository with one commit of these texts. */
export const repositoryOf = (texts: Texts): string => {
  const directory = newDirectory();
  write(directory, texts);
  makeRepository(directory);
  return directory;
};

/** A repository with one commit of a directory's content. */
export const repositoryFrom = (source: string): string => {
  const directory = newDirectory();
  cpSync(source, directory, { recursive: true });
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
  makeRepository(directory);
  return directory;
};
