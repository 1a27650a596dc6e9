import type { Config, Override, RuleSetting } from '../config/config.ts';
import { configError, fileAt } from '../config/config-error.ts';
import { pathGlobs } from '../config/path-globs.ts';
import { meantBy } from '../graph/clusters/select-clusters.ts';
import type { Graph } from '../graph/graph.ts';
import { isRuleId } from '../model/rule-id.ts';
import type { Severity } from '../model/severity.ts';
import { UsageError } from '../model/usage-error.ts';
import { anyGlob, globMatcher } from '../pattern/glob.ts';
import type { Rule } from './define-rule.ts';
import type { Place } from './hit.ts';
import { knownRule, unknownRuleHint } from './known-rule.ts';
import { categoryOf } from './rule-meta.ts';
import type { ActiveRule } from './walk.ts';

export interface SettingsInput {
  readonly rules: readonly Rule[];
  readonly config: Config;
  /** Globs of rule ids; when there are any, all other rules are off. */
  readonly only: readonly string[];
  /** Severities given on the command line: they win over the configuration. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** Plugins were not loaded: a rule that is not known here may be one of theirs. */
  readonly rulesMissing: boolean;
  /** A change is judged beside everything else, or in a hook: not for itself. */
  readonly isBesidesOthers?: boolean | undefined;
  /** Has the clusters that overrides may mean by longer names; absent: there are none. */
  readonly graph?: Pick<Graph, 'clusters'> | undefined;
}

/** Which rules run, with which options, and how severe each is in a file. */
export interface Settings {
  /** A rule stands here once for each set of options that overrides give it. */
  readonly active: readonly ActiveRule[];
  readonly severityOf: (ruleId: string, path: string, place?: Place) => Severity | 'off';
  /** Of a rule, where no override speaks. */
  readonly usualSeverity: (ruleId: string) => Severity | 'off';
  /** Of a rule that is on, in a file. */
  readonly optionsOf: (ruleId: string, path: string) => Readonly<Record<string, unknown>> | undefined;
}

/** @throws UsageError for a rule that does not exist, with the nearest one that does */
export const settingsOf = ({
  rules,
  config,
  only,
  severities: given,
  rulesMissing,
  isBesidesOthers = false,
  graph,
}: SettingsInput): Settings => {
  refuseUnknown({ config, rules, rulesMissing });
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const configured = settingsByRule(config.rules);
  const severities = new Map(Object.entries(given).map(([id, severity]) => [knownRule(id, rules).id, severity] as const));
  const isWanted = wantedBy(only, rules);
  const overrides: readonly PlaceSettings[] = config.overrides.map((override) => ({
    matches: matcherOf(override, graph),
    settings: settingsByRule(override.rules),
  }));

  const ruleSeverity = (rule: Rule): Severity | 'off' =>
    severities.get(rule.id) ?? configured.get(rule.id)?.severity ?? presetSeverity(rule, config, { isBesidesOthers });
  const severityOf: Settings['severityOf'] = (ruleId, path, place = nowhere) => {
    const rule = known.get(ruleId);
    if (!rule || !isWanted(ruleId)) return 'off';
    const override = overrides.findLast(({ settings, matches }) => settings.has(ruleId) && matches(path, place));
    return severities.get(ruleId) ?? override?.settings.get(ruleId)?.severity ?? ruleSeverity(rule);
  };
  // A rule that is off everywhere does not run; one that an override turns on for some files does.
  const isOn = (rule: Rule) =>
    isWanted(rule.id) &&
    (ruleSeverity(rule) !== 'off' ||
      (!severities.has(rule.id) && overrides.some(({ settings }) => (settings.get(rule.id)?.severity ?? 'off') !== 'off')));
  const active = rules.filter(isOn).flatMap((rule) => variantsOf(rule, configured.get(rule.id), overrides));
  return {
    active,
    severityOf,
    usualSeverity: (ruleId) => {
      const rule = known.get(ruleId);
      return rule ? ruleSeverity(rule) : 'off';
    },
    optionsOf: (ruleId, path) => active.find(({ rule, isFor }) => rule.id === ruleId && (isFor?.(path, nowhere) ?? true))?.options,
  };
};

/** Every setting of a rule that a configuration holds, those of its overrides too. */
export const allSettings = (config: Config): readonly RuleSetting[] => [
  ...config.rules,
  ...config.overrides.flatMap((override) => override.rules),
];

const refuseUnknown = ({ config, rules, rulesMissing }: Pick<SettingsInput, 'config' | 'rules' | 'rulesMissing'>): void => {
  const ids = new Set(rules.map(({ id }) => id));
  const own = new Set(config.expressions.map(({ id }) => id));
  const builtInCategories = new Set(rules.filter(({ id }) => !own.has(id)).map(({ id }) => categoryOf(id)));
  // No plugin has a rule in a category of the built-in ones.
  const mayBeMissing = (rule: string) => rulesMissing && isRuleId(rule) && !builtInCategories.has(categoryOf(rule));
  const unknown = allSettings(config).find(({ rule }) => !ids.has(rule) && !mayBeMissing(rule));
  if (!unknown) return;
  throw configError(fileAt(config, unknown.at), {
    at: unknown.at,
    message: `there is no rule "${unknown.rule}"`,
    hint: unknown.rule.includes('*') ? 'Name each rule; "flux-lint rules" lists them.' : unknownRuleHint(unknown.rule, rules),
  });
};

const settingsByRule = (settings: readonly RuleSetting[]): ReadonlyMap<string, RuleSetting> =>
  new Map(settings.map((setting) => [setting.rule, setting] as const));

const presetSeverity = (rule: Rule, config: Config, { isBesidesOthers }: { readonly isBesidesOthers: boolean }): Severity => {
  if (config.extends === 'strict') return rule.strict ?? (rule.severity === 'info' ? 'warning' : rule.severity);
  return isBesidesOthers ? (rule.besidesOthers ?? rule.severity) : rule.severity;
};

const wantedBy = (only: readonly string[], rules: readonly Rule[]): ((id: string) => boolean) => {
  if (only.length === 0) return () => true;
  const matchers = only.map((pattern) => {
    const matches = globMatcher(pattern);
    if (rules.some(({ id }) => matches(id))) return matches;
    const category = pattern.replace(/\/$/, '');
    if (rules.some(({ id }) => categoryOf(id) === category))
      throw new UsageError(`"${pattern}" is no rule`, `For all of them write --only '${category}/*'.`);
    return globMatcher(knownRule(pattern, rules).id);
  });
  return (id) => matchers.some((matches) => matches(id));
};

/** An override of clusters holds for none where a finding is in none. */
const nowhere: Place = { cluster: undefined, environment: undefined, tenant: undefined };

const matcherOf = (
  { files, clusters, environments, tenants }: Override,
  graph: SettingsInput['graph'],
): ((path: string, place: Place) => boolean) => {
  const isFile = files === undefined ? () => true : pathGlobs(files);
  const isOneOf = (globs: readonly string[] | undefined, matcher: typeof anyGlob = anyGlob) => {
    if (globs === undefined) return () => true;
    const matches = matcher(globs);
    return (name: string | undefined) => name !== undefined && matches(name);
  };
  const isCluster = isOneOf(clusters, graph && ((globs) => meantBy([graph.clusters], globs)));
  const [isEnvironment, isTenant] = [isOneOf(environments), isOneOf(tenants)];
  return (path, place) => isFile(path) && isCluster(place.cluster) && isEnvironment(place.environment) && isTenant(place.tenant);
};

/** What an override says where it holds. */
interface PlaceSettings {
  readonly matches: (path: string, place: Place) => boolean;
  readonly settings: ReadonlyMap<string, RuleSetting>;
}

/** A rule with its own options, and once more for each override that gives it others: those hold where it does alone. */
const variantsOf = (rule: Rule, setting: RuleSetting | undefined, overrides: readonly PlaceSettings[]): readonly ActiveRule[] => {
  const withOptions = overrides.filter(({ settings }) => settings.get(rule.id)?.optionsAt !== undefined);
  if (withOptions.length === 0) return [{ rule, options: withDefaults(rule, setting) }];
  const holding = (path: string, place: Place) => withOptions.findLast(({ matches }) => matches(path, place));
  return [undefined, ...withOptions].map((override) => ({
    rule,
    options: { ...withDefaults(rule, setting), ...override?.settings.get(rule.id)?.options },
    isFor: (path: string, place: Place) => holding(path, place) === override,
  }));
};

/** Every option has a value: the one configured, else its default. */
const withDefaults = (rule: Rule, setting: RuleSetting | undefined): Readonly<Record<string, unknown>> => {
  const defaults = Object.entries(rule.options?.properties ?? {}).map(
    ([name, schema]) => [name, 'default' in schema ? schema.default : undefined] as const,
  );
  return { ...Object.fromEntries(defaults), ...setting?.options };
};
