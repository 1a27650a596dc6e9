import type { Request } from '../analyze.ts';
import type { Io } from './io.ts';
import * as shared from './options.ts';

/** Options of every command that evaluates a repository. */
export const workspaceOptions = { ...shared.rootOption, ...shared.configOption, ...shared.repositoryOption } as const;

export interface WorkspaceArguments {
  readonly root?: string | undefined;
  readonly config?: string | undefined;
  readonly repository?: readonly string[] | undefined;
}

export const workspaceRequest = (given: WorkspaceArguments, paths: readonly string[], io: Io): Request => ({
  cwd: io.cwd,
  paths,
  root: given.root,
  config: given.config,
  repositories: shared.pairs('--repository', given.repository, 'URL=DIR'),
});
