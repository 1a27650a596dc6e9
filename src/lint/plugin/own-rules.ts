/** Rules of one's own, beside the built-in ones: plugins and expressions of a configuration. */
import type { Config } from '../../config/config.ts';
import { configError, fileAt } from '../../config/config-error.ts';
import type { Origin } from '../../model/origin.ts';
import type { Rule } from '../define-rule.ts';
import { categoryOf } from '../rule-meta.ts';
import { allSettings } from '../settings.ts';

export interface RulesInput {
  readonly builtIn: readonly Rule[];
  readonly config: Config;
  /** Whether code that the configuration names may run. */
  readonly runPlugins: boolean;
}

/**
 * Every rule there is, with the options of the configuration held against them. What only some configurations need is
 * loaded only for those.
 *
 * @throws UsageError with `path:line` for a plugin, an expression or options that are wrong
 */
export const allRules = async ({ builtIn, config, runPlugins }: RulesInput): Promise<readonly Rule[]> => {
  const rules = [...builtIn];
  const known = new Set(builtIn.map(({ id }) => id));
  const builtInCategories = new Set(builtIn.map(({ id }) => categoryOf(id)));
  const add = (rule: Rule, at: Origin) => {
    const category = categoryOf(rule.id);
    // A later release may well have a rule of that name.
    if (builtInCategories.has(category)) {
      throw configError(fileAt(config, at), {
        at,
        message: `the category of "${rule.id}" is one of flux-lint's own`,
        hint: `Call it something of yours, such as "acme/${rule.id.slice(category.length + 1)}".`,
      });
    }
    if (known.has(rule.id)) {
      throw configError(fileAt(config, at), { at, message: `there is a rule "${rule.id}" already`, hint: 'Give it another id.' });
    }
    known.add(rule.id);
    rules.push({ ...rule, isOwn: true });
  };
  if (runPlugins && config.plugins.length > 0) {
    const { loadPlugins } = await import('./load-plugins.ts');
    for (const { rule, at } of await loadPlugins(config)) add(rule, at);
  }
  if (config.expressions.length > 0) {
    const { expressionRule } = await import('./expressions.ts');
    for (const expression of config.expressions) add(expressionRule(expression, config), expression.at);
  }
  if (allSettings(config).some(({ optionsAt }) => optionsAt)) {
    const { checkOptions } = await import('./check-options.ts');
    checkOptions(config, rules);
  }
  return rules;
};
