import picomatch from 'picomatch';
import type { Config, RuleSetting } from '../config/config.ts';
import type { Severity } from '../model/severity.ts';
import type { Rule } from './define-rule.ts';
import { knownRule } from './known-rule.ts';
import type { ActiveRule } from './walk.ts';

export interface SettingsInput {
  readonly rules: readonly Rule[];
  readonly config: Config;
  /** Globs of rule ids; when there are any, all other rules are off. */
  readonly only: readonly string[];
  /** Severities given on the command line: they win over the configuration. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
}

/** Which rules run, with which options, and how severe each is in a file. */
export interface Settings {
  readonly active: readonly ActiveRule[];
  readonly severityOf: (ruleId: string, path: string) => Severity | 'off';
}

/** @throws UsageError for a rule that does not exist, with the nearest one that does */
export const settingsOf = ({ rules, config, only, severities }: SettingsInput): Settings => {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const configured = new Map(config.rules.map((setting) => [setting.rule, setting] as const));
  for (const id of [
    ...Object.keys(severities),
    ...configured.keys(),
    ...config.overrides.flatMap((override) => override.rules.map((setting) => setting.rule)),
  ]) {
    knownRule(id, rules);
  }
  const isWanted = wantedBy(only, rules);
  const overrides = config.overrides.map((override) => ({
    matches: picomatch([...override.files], { dot: true }),
    severities: new Map(override.rules.map((setting) => [setting.rule, setting.severity] as const)),
  }));

  const ruleSeverity = (rule: Rule): Severity | 'off' =>
    severities[rule.id] ?? configured.get(rule.id)?.severity ?? presetSeverity(rule, config);
  const severityOf: Settings['severityOf'] = (ruleId, path) => {
    const rule = known.get(ruleId);
    if (!rule || !isWanted(ruleId)) return 'off';
    if (severities[ruleId] !== undefined) return severities[ruleId];
    const override = overrides.findLast((candidate) => candidate.severities.has(ruleId) && candidate.matches(path));
    return override?.severities.get(ruleId) ?? ruleSeverity(rule);
  };
  // A rule that is off everywhere does not run; one that an override turns on for some files does.
  const isOn = (rule: Rule) =>
    isWanted(rule.id) &&
    (ruleSeverity(rule) !== 'off' || overrides.some((override) => (override.severities.get(rule.id) ?? 'off') !== 'off'));
  return {
    active: rules.filter(isOn).map((rule) => ({ rule, options: optionsOf(rule, configured.get(rule.id)) })),
    severityOf,
  };
};

const presetSeverity = (rule: Rule, config: Config): Severity =>
  config.extends === 'strict' && rule.severity === 'info' ? 'warning' : rule.severity;

const wantedBy = (only: readonly string[], rules: readonly Rule[]): ((id: string) => boolean) => {
  if (only.length === 0) return () => true;
  const matchers = only.map((glob) => {
    const matches = picomatch(glob);
    if (!rules.some(({ id }) => matches(id))) knownRule(glob, rules);
    return matches;
  });
  return (id) => matchers.some((matches) => matches(id));
};

/** Every option has a value: the one configured, else its default. */
const optionsOf = (rule: Rule, setting: RuleSetting | undefined): Readonly<Record<string, unknown>> => {
  const defaults = Object.entries(rule.options?.properties ?? {}).map(
    ([name, schema]) => [name, 'default' in schema ? schema.default : undefined] as const,
  );
  return { ...Object.fromEntries(defaults), ...setting?.options };
};
