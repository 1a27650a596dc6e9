import { firstRelease, pageOf, type RuleMeta } from '../../lint/rule-meta.ts';
import { prose } from './prose.ts';

/** `rules --format json`, version 1. */
export const jsonCatalogue = (rules: readonly RuleMeta[]): string => toText({ version: 1, rules: rules.map(ruleValue) });

/** `explain RULE --format json`: one entry of the catalogue. */
export const jsonPage = (rule: RuleMeta): string => toText(ruleValue(rule));

const toText = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

const ruleValue = (rule: RuleMeta) => ({
  id: rule.id,
  severity: rule.severity,
  fix: rule.fixable !== undefined,
  change: rule.change !== undefined,
  summary: rule.summary,
  why: prose(rule.why),
  hint: rule.hint === undefined ? undefined : prose(rule.hint),
  remedy: rule.remedy,
  unless: rule.unless,
  fluxVersion: rule.fluxVersion,
  reference: rule.reference,
  url: pageOf(rule),
  since: rule.since ?? firstRelease,
  options: rule.options,
  examples: rule.examples,
});
