import { hasUnstaged } from '../../files/changed-files.ts';
import { type Range, rangeBetween } from '../../files/range.ts';
import type { Io } from './io.ts';

/** Whether pre-commit runs this (https://pre-commit.com/#git-hook-environment-variables). */
export const isPreCommit = ({ PRE_COMMIT: flag }: Io['env']): boolean => flag !== undefined;

/**
 * What pre-commit says is pushed, or was asked to compare with `--from-ref` and `--to-ref`. Undefined where it does not,
 * and where one of them is not here: the zeros that git gives for a branch that is new are no commit.
 *
 * @param directory absolute
 */
export const refsRange = (directory: string, { PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to }: Io['env']): Range | undefined =>
  from && to ? rangeBetween(directory, from, to) : undefined;

/**
 * Whether the work tree is meant and not the index. Before it runs hooks for a commit, pre-commit puts away what is not
 * staged; what it leaves, it leaves for `--all-files` and `--files`, which mean the files as they are.
 *
 * @param directory absolute
 */
export const meansWorkTree = (directory: string, env: Io['env']): boolean => isPreCommit(env) && hasUnstaged(directory);
