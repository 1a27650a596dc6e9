/** Repositories in a temporary directory, with git commands that depend on nobody's configuration. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ImpactResult } from '../../src/analyze-change.ts';
import { type ObjectChange, objectChanges } from '../../src/impact/impact.ts';
import type { Texts } from '../fixture.ts';

const identity = [
  '-c',
  'user.name=Fixture',
  '-c',
  'user.email=fixture@example.com',
  '-c',
  'commit.gpgsign=false',
  '-c',
  'init.defaultBranch=main',
];

export const git = (directory: string, ...args: readonly string[]): string =>
  execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();

export const newDirectory = (): string => mkdtempSync(join(tmpdir(), 'flux-lint-impact-'));

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

/** A repository with one commit of these texts. */
export const repositoryOf = (texts: Texts): string => {
  const directory = newDirectory();
  git(directory, 'init', '-q');
  write(directory, texts);
  commitAll(directory);
  return directory;
};

/** A repository with one commit of a directory's content. */
export const repositoryFrom = (source: string): string => {
  const directory = newDirectory();
  cpSync(source, directory, { recursive: true });
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
  git(directory, 'init', '-q');
  commitAll(directory);
  return directory;
};

/** `production flux-system/apps ~ HelmRelease podinfo/podinfo /spec/interval`; what Flux deletes ends in `pruned`. */
export const linesOf = ({ impact }: Pick<ImpactResult, 'impact'>): readonly string[] => [
  ...impact.clusters.flatMap(({ name, kustomizations }) =>
    kustomizations.flatMap((kustomization) =>
      objectChanges(kustomization).map((change) => `${name} ${kustomization.id}${kustomization.isHeld ? ' (held)' : ''} ${lineOf(change)}`),
    ),
  ),
  ...impact.unknown.map(({ cluster, kustomization, reason }) => `${cluster} ${kustomization} ? ${reason}`),
];

const lineOf = ({ base, head, kind, namespace, name, from, fields, isPruned }: ObjectChange): string => {
  const sign = base && head ? '~' : head ? '+' : '-';
  const former = from && ` from ${[from.kustomization, from.namespace, from.name].filter(Boolean).join(' ')}`;
  const pointers = fields.map(({ pointer }) => ` ${pointer}`).join('');
  return `${sign} ${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}${former ?? ''}${pointers}${isPruned ? ' pruned' : ''}`;
};
