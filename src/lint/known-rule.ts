import { didYouMean, nearest } from '../model/spelling.ts';
import { UsageError } from '../model/usage-error.ts';
import type { RuleMeta } from './rule-meta.ts';

/** The rule of that id; throws a UsageError that names the nearest where there is none. A bare name does where it is one rule's alone. */
export const knownRule = (id: string, rules: readonly RuleMeta[]): RuleMeta => {
  const found = rules.find((rule) => rule.id === id);
  if (found) return found;
  const [namesake, ...others] = rules.filter((rule) => nameOf(rule.id) === id);
  if (namesake && others.length === 0) return namesake;

  const hint = id.includes(',') ? 'Name one rule, and give the option once for each.' : unknownRuleHint(id, rules);
  throw new UsageError(`there is no rule "${id}"`, hint);
};

/** What to do about a rule that does not exist; names the nearest. */
export const unknownRuleHint = (id: string, rules: readonly RuleMeta[]): string => {
  const list = '"flux-lint rules" lists them.';
  const hint = didYouMean(nearestRule(id, rules));
  return hint === undefined ? list : `${hint} ${list}`;
};

/** The id that a person most likely meant: spelt almost the same, in its own category or in another. */
export const nearestRule = (id: string, rules: readonly RuleMeta[]): string | undefined => {
  const ids = rules.map((rule) => rule.id);
  return nearest(id, ids) ?? ids.find((known) => nameOf(known) === nearest(nameOf(id), ids.map(nameOf)));
};

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);
