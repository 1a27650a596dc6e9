import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const maxOutput = 1024 * 1024 * 1024;

/** A partial clone would fetch what it lacks. */
const offline = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };

/**
 * A folder that looks like a bare repository is one to git, with a configuration that whoever pushed it wrote; and a
 * repository may name programs for git to run on the way (https://git-scm.com/docs/git-config, `safe.bareRepository`).
 */
const runsNothing = ['-c', 'safe.bareRepository=explicit', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/**
 * Runs git without the network, without the user's pager and prompts, and without anything that the repository would have
 * it run; undefined when git is missing or fails.
 */
export const git = (directory: string, args: readonly string[], input?: string): Buffer | undefined => {
  const result = spawnSync('git', ['-C', directory, ...runsNothing, ...args], {
    input: input ?? '',
    maxBuffer: maxOutput,
    env: { ...process.env, ...ofHook(directory), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', ...offline, LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return result.status === 0 ? result.stdout : undefined;
};

/**
 * What git tells its hooks of the repository that it runs them for: wrong in any other, and from a subdirectory. Which
 * repository a directory belongs to, git finds by itself; of its own repository a hook must read the index that is being
 * committed, which for `git commit FILE` is another one than usual.
 */
const ofHook = (directory: string): NodeJS.ProcessEnv => {
  const { GIT_INDEX_FILE: index } = process.env;
  const top = index === undefined ? undefined : gitTopLevel(process.cwd());
  const isOwn = top !== undefined && gitTopLevel(directory) === top;
  return {
    GIT_DIR: undefined,
    GIT_WORK_TREE: undefined,
    GIT_PREFIX: undefined,
    GIT_INDEX_FILE: isOwn && index !== undefined ? resolve(top, index) : undefined,
  };
};

/** The work tree that a directory lies in: the nearest parent that holds `.git`. */
export const gitTopLevel = (directory: string): string | undefined => {
  for (let here = directory; ; here = dirname(here)) {
    if (existsSync(join(here, '.git'))) return here;
    if (dirname(here) === here) return undefined;
  }
};

export interface WorkTree {
  /** Tracked and untracked-but-not-ignored files that exist on disk. */
  readonly paths: readonly string[];
  /** Those of them that nobody has added; none where nothing at all has been added yet. */
  readonly untracked: ReadonlySet<string>;
}

/**
 * The files below a directory as git sees them, relative to it. Undefined where there is no git, and where the
 * directory itself is ignored by the repository around it.
 */
export const gitWorkTree = (directory: string): WorkTree | undefined => {
  const top = gitTopLevel(directory);
  if (top === undefined) return undefined;
  const output = git(directory, ['ls-files', '-z', '-t', '--cached', '--others', '--deleted', '--exclude-standard']);
  if (output === undefined) return undefined;
  const paths = new Set<string>();
  const deleted = new Set<string>();
  const untracked = new Set<string>();
  for (const line of output.toString('utf8').split('\0')) {
    const path = line.slice(2);
    // A directory here is another repository inside this one: not part of it.
    if (path === '' || path.endsWith('/')) continue;
    if (line.startsWith('R')) deleted.add(path);
    else paths.add(path);
    if (line.startsWith('?')) untracked.add(path);
  }
  for (const path of deleted) paths.delete(path);
  const isNested = realpathSync(top) !== realpathSync(directory);
  if (paths.size === 0 && isNested) return undefined;
  return { paths: [...paths], untracked: untracked.size === paths.size ? new Set() : untracked };
};
