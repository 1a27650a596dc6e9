/** A throwaway Flux repository whose commits and pushes the hooks of a revision of flux-lint judge. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fleet } from './fleet.ts';

export interface Ran {
  readonly code: number;
  /** What a terminal would show. */
  readonly output: string;
}

export interface World {
  /** Holds everything that is made. */
  readonly directory: string;
  /** Where flux-lint's own repository is, and the commit that is tested. */
  readonly checkout: string;
  readonly revision: string;
  /** What this pre-commit calls the stage before a push. */
  readonly pushStage: string;
}

export interface Repository {
  readonly directory: string;
  /** A text, or undefined for a file that goes. */
  readonly write: (texts: Readonly<Record<string, string | undefined>>) => void;
  readonly run: (command: string, ...args: readonly string[]) => Ran;
  readonly git: (...args: readonly string[]) => Ran;
  /** Stages everything and commits it under the hooks. */
  readonly commit: (...options: readonly string[]) => Ran;
  /** The same without hooks. */
  readonly accept: () => void;
}

/** Runs a command with an environment that depends on nobody's configuration. */
export const runIn = (world: Pick<World, 'directory'>, cwd: string, [command, ...args]: readonly [string, ...string[]]): Ran => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', env: environment(world) });
  if (error) return { code: 127, output: error.message };
  return { code: status ?? 1, output: `${stdout}${stderr}` };
};

/** What would change how git, pre-commit or the report behave, and what `npm run` tells the npm that it runs. */
const isLeftOut = /^(GIT_|PRE_COMMIT|GITHUB_|NO_COLOR$|FORCE_COLOR$|SKIP$|INIT_CWD$|npm_(?!config_)|npm_config_(local_|global_)?prefix$)/;

const environment = ({ directory }: Pick<World, 'directory'>): NodeJS.ProcessEnv => {
  const inherited = Object.entries(process.env).filter(([name]) => !isLeftOut.test(name));
  const settings = { 'safe.directory': '*', 'protocol.file.allow': 'always', 'init.defaultBranch': 'main' };
  return {
    ...Object.fromEntries(inherited),
    PATH: process.env.PATH?.split(delimiter)
      .filter((entry) => !entry.includes('node_modules'))
      .join(delimiter),
    PRE_COMMIT_HOME: join(directory, 'pre-commit'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: String(Object.keys(settings).length),
    ...Object.fromEntries(
      Object.entries(settings).flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@example.com',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@example.com',
  };
};

/** @param texts undefined: the fleet of these tests; it is not committed yet. */
export const newRepository = (world: World, texts: Readonly<Record<string, string>> = fleet): Repository => {
  const directory = mkdtempSync(join(world.directory, 'fleet-'));
  const run: Repository['run'] = (command, ...args) => runIn(world, directory, [command, ...args]);
  const git: Repository['git'] = (...args) => run('git', ...args);
  const must = (...args: readonly string[]) => {
    const { code, output } = git(...args);
    if (code !== 0) throw new Error(`git ${args.join(' ')}: ${output}`);
  };
  const write: Repository['write'] = (given) => {
    for (const [path, text] of Object.entries(given)) {
      const absolute = join(directory, path);
      if (text === undefined) {
        rmSync(absolute, { recursive: true });
        continue;
      }
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, text);
    }
  };
  const repository: Repository = {
    directory,
    write,
    run,
    git,
    commit: (...options) => {
      must('add', '-A');
      return git('commit', '-m', 'change', ...options);
    },
    accept: () => {
      must('add', '-A');
      must('commit', '--quiet', '--no-verify', '-m', 'accepted');
    },
  };
  must('init', '--quiet');
  write({ ...texts, '.pre-commit-config.yaml': configuration(world) });
  const installed = run('pre-commit', 'install', '--hook-type', 'pre-commit', '--hook-type', 'pre-push');
  if (installed.code !== 0) throw new Error(installed.output);
  return repository;
};

/** Hooks that pass say nothing by themselves; these tests want to see what they would say. */
const configuration = ({ checkout, revision, pushStage }: World): string => `repos:
  - repo: ${checkout}
    rev: ${revision}
    hooks:
      - id: flux-lint
        stages: [${pushStage === 'push' ? 'commit' : 'pre-commit'}, manual]
        verbose: true
      - id: flux-lint-impact
        stages: [${pushStage}]
`;
