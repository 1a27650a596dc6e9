/** The rules that `rules` and `explain` know: those that come with flux-lint, and a repository's own. */

import { resolve } from 'node:path';
import { findConfig } from '../../../config/find-config.ts';
import { findRoot } from '../../../config/find-root.ts';
import { isInside } from '../../../files/allowed.ts';
import type { RuleMeta } from '../../../lint/rule-meta.ts';
import type { Context } from '../../context.ts';
import * as shared from '../../options.ts';
import { ruleOptions } from '../../rule-options.ts';

export const catalogueOptions = {
  ...shared.rootOption,
  ...shared.configOption,
  ...shared.trustOption,
  plugins: ruleOptions.plugins,
} as const;

interface CatalogueArguments {
  readonly root?: string | undefined;
  readonly config?: string | undefined;
  readonly plugins?: boolean | undefined;
  readonly 'trust-config'?: boolean | undefined;
}

/**
 * Built-in rules, then those of the configuration that holds in the working directory, if there is one.
 *
 * @throws UsageError for a configuration, a plugin or an expression that is wrong
 */
export const everyRule = async (given: CatalogueArguments, { io, parts }: Pick<Context, 'io' | 'parts'>): Promise<readonly RuleMeta[]> => {
  const builtIn = await parts.rules();
  const root = findRoot({ cwd: io.cwd, paths: [], rootOption: given.root });
  const path = given.config === undefined ? findConfig(io.cwd, root) : resolve(io.cwd, given.config);
  if (path === undefined) return builtIn;
  const config = (await import('../../../config/read-config.ts')).readConfig(path, root);
  if (config.plugins.length === 0 && config.expressions.length === 0) return builtIn;
  const { builtInRules } = await import('../../../analyze.ts');
  const { allRules } = await import('../../../lint/plugin/own-rules.ts');
  // As for a run: code runs where the configuration that names it lies in the root, and is trusted.
  const runPlugins = given.plugins !== false && isInside(path, root) && shared.trustsConfig(given, io.env);
  const rules = await allRules({ builtIn: builtInRules, config, runPlugins });
  return [...builtIn, ...rules.filter(({ isOwn }) => isOwn)];
};
