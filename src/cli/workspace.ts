import type { Request } from '../workspace.ts';
import type { Context } from './context.ts';
import * as shared from './options.ts';
import { watchOf } from './terminal/progress.ts';

/** Options of every command that evaluates a repository. */
export const workspaceOptions = {
  ...shared.rootOption,
  ...shared.configOption,
  ...shared.repositoryOption,
  ...shared.trustOption,
  ...shared.terraformOptions,
} as const;

export interface WorkspaceArguments {
  readonly root?: string | undefined;
  readonly config?: string | undefined;
  readonly repository?: readonly string[] | undefined;
  readonly 'trust-config'?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly 'terraform-var-file'?: readonly string[] | undefined;
  readonly 'terraform-plan'?: readonly string[] | undefined;
}

export const workspaceRequest = (given: WorkspaceArguments, paths: readonly string[], context: Context): Request => ({
  cwd: context.io.cwd,
  paths,
  root: given.root,
  config: given.config,
  repositories: shared.pairs('--repository', given.repository, 'URL=DIR'),
  trustConfig: shared.trustsConfig(given, context.io.env),
  terraformVarFiles: given['terraform-var-file'],
  terraformPlans: given['terraform-plan'],
  watch: watchOf(given, context),
  needsBounds: true,
});
